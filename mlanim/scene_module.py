"""Running a scene file, and telling in one line where it fails."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from zlib import crc32

from mlanim.errors import UsageError

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["SCENES", "problem_of", "run_file", "scene_classes", "shown"]


_PYTHONS_AND_OURS = (Path(os.__file__).parent, Path(__file__).parent)
SCENES = "mlanim_scene_"  # begins the names of modules that are scene files


def run_file(path: Path) -> ModuleType:
    """Run a scene file as a module of its own, whose neighbours it can import."""
    _look_at_sources()
    path = path.resolve()
    name = f"{SCENES}{crc32(str(path).encode()):08x}_{path.stem}"  # two folders, one stem
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{shown(path)} is not a Python file", "a scene is a .py file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickle look their module up by name
    with _neighbours_of(path):
        spec.loader.exec_module(module)
    return module


def _look_at_sources() -> None:
    """From now on this process compiles what is not installed, whatever was compiled before.

    Python takes a compilation for that of a source with the same size and second. A helper that was
    saved twice in a second would be drawn as it was, and no digest of its source would be true.
    """
    SourceFileLoader.get_code = _code_of  # type: ignore[assignment, method-assign]


_PYTHONS_WAY = SourceFileLoader.get_code


def _code_of(loader: Any, name: str) -> Any:
    path = Path(loader.get_filename(name))
    installed = not {"site-packages", "dist-packages"}.isdisjoint(path.parts)
    if installed or any(path.is_relative_to(place) for place in _PYTHONS_AND_OURS):
        return _PYTHONS_WAY(loader, name)
    return loader.source_to_code(loader.get_data(str(path)), str(path))


@contextmanager
def _neighbours_of(path: Path) -> Iterator[None]:
    """Let a file import the files beside it, first of all while it runs, last of all later.

    Last of all, because a scene may be called numpy.py, and a process that is spawned inherits
    this path before it has imported NumPy.
    """
    folder = str(path.parent)
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        if folder not in sys.path:
            sys.path.append(folder)


def problem_of(path: Path | None, error: BaseException) -> str:
    """Say where and what in one line: `scenes/a.py:3: ValueError: message`."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError):
        where, line = Path(error.filename or ""), error.lineno
        if error.filename in (None, "<unknown>"):
            where = path or where
        return f"{shown(where)}:{line}: {type(error).__name__}: {error.msg}"
    if isinstance(error, OSError) and error.strerror:
        what = error.strerror
    frames = traceback.extract_tb(error.__traceback__)
    folder = path.resolve().parent if path else None
    for frame in reversed(frames):
        if folder is not None and Path(frame.filename).resolve().parent == folder:
            return f"{shown(Path(frame.filename))}:{frame.lineno}: {what}"
    return f"{shown(path)}: {what}" if path else what


def shown(path: Path) -> str:
    """Shorten a path below the working folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def scene_classes(module: ModuleType) -> dict[str, type[Scene]]:
    """Give the scene classes that a module defines itself, by name, in the order of the file."""
    from manim import Scene

    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Scene)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }
