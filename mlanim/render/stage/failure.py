"""What went wrong in a reader's scene, in one line that names the reader's own file and line."""

from __future__ import annotations

import inspect
import traceback
from pathlib import Path

from mlanim.catalogue import bundled_folder
from mlanim.errors import MlanimError, UsageError
from mlanim.scene_module import readers_line

__all__ = ["FULLER", "failure_told", "scene_failure"]

FULLER = "--debug shows the whole traceback"

_WINDOWS = {"embed", "interactive_embed", "interact", "check_interactive_embed_is_valid"}
_WATCH = "leave it out; `mlanim watch SCENE` follows a scene while it is written"
_LATEX_PROGRAMS = {"latex", "pdflatex", "xelatex", "lualatex", "luatex", "dvisvgm"}


def scene_failure(error: BaseException, scene_class: type) -> MlanimError:
    """The error to show: `scenes/a.py:12: ValueError: message`.

    The line is the innermost one of the reader's own; without one, the class is named. An error of
    mlanim's own that a reader's line has caused names the line before what it says.
    """
    where = readers_line(error, _file_of(scene_class))
    if isinstance(error, MlanimError):
        if not where or _is_bundled(scene_class) or str(error).startswith(where):
            return error
        return failure_told(f"{where}: {error}", error.exit_code)
    if window := _window_asked(error):
        return UsageError(where, f"{window} needs a window, and mlanim has none", _WATCH)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return MlanimError(where or scene_class.__name__, what, _remedy(error))


def failure_told(line: str, exit_code: int) -> MlanimError:
    """The error that another process met and told."""
    error = UsageError(line) if exit_code == UsageError.exit_code else MlanimError(line)
    error.exit_code = exit_code
    return error


def _remedy(error: BaseException) -> str:
    """What to do: Manim names a missing LaTeX by nothing but its program."""
    program = getattr(error, "filename", None) if isinstance(error, FileNotFoundError) else None
    if program in _LATEX_PROGRAMS:
        return "LaTeX is not installed: MathTypst sets formulas without it"
    return FULLER


def _window_asked(error: BaseException) -> str:
    """The call of Manim's that only works in its OpenGL window, "" if it was none."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames if isinstance(error, AssertionError) else ():
        if frame.name in _WINDOWS and Path(frame.filename).match("manim/scene/scene.py"):
            return f"self.{frame.name}()"
    return ""


def _file_of(scene_class: type) -> Path | None:
    try:
        return Path(inspect.getfile(scene_class))
    except (OSError, TypeError):
        return None


def _is_bundled(scene_class: type) -> bool:
    """Whether a scene is one of mlanim's: then what is wrong is what it was given."""
    file = _file_of(scene_class)
    return file is not None and file.resolve().is_relative_to(bundled_folder().resolve())
