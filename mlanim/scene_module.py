"""Running a scene file, and telling in one line where it fails."""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from zlib import crc32

from mlanim.errors import UsageError

if TYPE_CHECKING:
    from manim import Scene

__all__ = [
    "SCENES",
    "line_of",
    "problem_of",
    "readers_line",
    "run_file",
    "scene_classes",
    "shown",
]


_PYTHONS_AND_OURS = (Path(os.__file__).parent, Path(__file__).parent)
_OF_CODINGS = ("encoding", "codec", "null bytes")  # in what Python says of an undecodable source
SCENES = "mlanim_scene_"  # begins the names of modules that are scene files


def run_file(path: Path, source: bytes | None = None) -> ModuleType:
    """Run a scene file as a module of its own, whose neighbours it can import.

    These are the files beside it, beside what it links to, and those of the package it lies in.

    Args:
        source: what the file held, where it is to be run as it was before it changed.
    """
    _look_at_sources()
    path = path.absolute()  # a link's neighbours are those of the link, as for Manim
    name = f"{SCENES}{crc32(str(path).encode()):08x}_{path.stem}"  # two folders, one stem
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{shown(path)} is not a Python file", "a scene is a .py file")
    module = importlib.util.module_from_spec(spec)
    folders = [path.parent, path.resolve().parent]
    if package := _package_of(path.parent):
        module.__package__ = package
        folders.append(path.parents[package.count(".") + 1])
    sys.modules[name] = module  # dataclasses and pickle look their module up by name
    with _neighbours_in(folders):
        if source is None:
            spec.loader.exec_module(module)
        else:
            exec(compile(source, path, "exec"), module.__dict__)
    return module


def _package_of(folder: Path) -> str:
    """The package that a folder is, "" if it is none."""
    if not (folder / "__init__.py").is_file() or not folder.name.isidentifier():
        return ""
    outer = _package_of(folder.parent)
    return f"{outer}.{folder.name}" if outer else folder.name


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
def _neighbours_in(places: Iterable[Path]) -> Iterator[None]:
    """Let a file import the files of folders, first of all while it runs, last of all later.

    Last of all, because a scene may be called numpy.py, and a process that is spawned inherits
    this path before it has imported NumPy.
    """
    folders = list(dict.fromkeys(str(place) for place in places))
    sys.path[:0] = folders
    try:
        yield
    finally:
        for folder in folders:
            sys.path.remove(folder)
        sys.path += [folder for folder in folders if folder not in sys.path]


def problem_of(path: Path | None, error: BaseException) -> str:
    """Say where and what in one line: `scenes/a.py:3: ValueError: message`."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError):
        file = Path(error.filename or "")
        if error.filename in (None, "<unknown>"):
            file = path or file
        line = f":{error.lineno}" if error.lineno else ""  # an encoding has none
        hint = ": save it as UTF-8" if any(word in error.msg for word in _OF_CODINGS) else ""
        return f"{shown(file)}{line}: {type(error).__name__}: {error.msg}{hint}"
    if isinstance(error, OSError) and error.strerror:
        what = error.strerror
    if where := readers_line(error, path):
        return f"{where}: {what}"
    return f"{shown(path)}: {what}" if path else what


def readers_line(error: BaseException, path: Path | None) -> str:
    """Where in the reader's own code an error was met: `scenes/a.py:3`, or "" if nowhere.

    It is the innermost line of the scene's folder or the working folder, or of a notebook's cell,
    that belongs to no library.
    """
    roots = [Path.cwd(), *([path.resolve().parent] if path else [])]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if _cell_of(frame.filename):
            return line_of(frame.filename, frame.lineno)
        file = Path(frame.filename)
        if frame.filename.startswith("<") or not file.is_absolute():
            continue
        if _is_installed(file) or _is_installed(file.resolve()):
            continue
        if any(folder in roots for folder in (*file.parents, *file.resolve().parents)):
            return line_of(frame.filename, frame.lineno)
    return ""


def line_of(filename: str, line: int | None) -> str:
    """A line of code as a reader finds it: `scenes/a.py:3`, or that of a notebook's cell."""
    if cell := _cell_of(filename):
        return f"{cell}, line {line}"
    return f"{shown(Path(filename))}:{line}"


def _is_installed(file: Path) -> bool:
    """Whether a file is Python's, a library's or mlanim's own."""
    places = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    places.add(str(Path(__file__).parent))
    return any(file.is_relative_to(place) for place in places)


def _cell_of(filename: str) -> str:
    """A notebook's name of the cell that a code's file name stands for, "" for another file."""
    get_shell = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell = get_shell() if get_shell else None
    numbers = getattr(getattr(shell, "compile", None), "_filename_map", {})
    return f"In [{numbers[filename]}]" if filename in numbers else ""


def shown(path: Path) -> str:
    """Shorten a path below the working folder."""
    here = Path.cwd()
    for place in (path.absolute(), path.resolve()):
        if place.is_relative_to(here):
            return str(place.relative_to(here))
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
