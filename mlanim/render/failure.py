"""What went wrong in a reader's scene, in one line that names the reader's own file and line."""

from __future__ import annotations

import inspect
import traceback
from pathlib import Path

from mlanim.errors import MlanimError

__all__ = ["FULLER", "failure_told", "scene_failure"]

FULLER = "--debug shows the whole traceback"

_LATEX_PROGRAMS = {"latex", "pdflatex", "xelatex", "lualatex", "luatex", "dvisvgm"}


def scene_failure(error: BaseException, scene_class: type) -> MlanimError:
    """The error to show: `scenes/a.py:12: ValueError: message`.

    The line is the innermost one in the scene's own folder; without one, the class is named.
    """
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    where = _readers_line(error, scene_class) or scene_class.__name__
    return MlanimError(where, what, _remedy(error))


def failure_told(line: str, exit_code: int) -> MlanimError:
    """The error that another process met and told."""
    error = MlanimError(line)
    error.exit_code = exit_code
    return error


def _remedy(error: BaseException) -> str:
    """What to do: Manim names a missing LaTeX by nothing but its program."""
    program = getattr(error, "filename", None) if isinstance(error, FileNotFoundError) else None
    if program in _LATEX_PROGRAMS:
        return "LaTeX is not installed: MathTypst sets formulas without it"
    return FULLER


def _readers_line(error: BaseException, scene_class: type) -> str:
    try:
        folder = Path(inspect.getfile(scene_class)).resolve().parent
    except (OSError, TypeError):
        return ""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename).resolve()
        if path.parent == folder:
            shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
            return f"{shown}:{frame.lineno}"
    return ""
