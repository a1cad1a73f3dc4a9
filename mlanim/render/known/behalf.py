"""On whose behalf something happens: the reader's code, Manim's, or ours.

A thread acts for whoever began it, however little of them is on its own stack.
"""

# ruff: noqa: PTH100, PTH206
from __future__ import annotations

import os
import sys
import sysconfig
import threading
from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from types import FrameType
from weakref import WeakKeyDictionary

from mlanim.render.known import hearing

__all__ = [
    "EARS",
    "IMPORTS",
    "LIBRARY",
    "MANIM",
    "MLANIM",
    "PYTHON",
    "READER",
    "UNKNOWN",
    "asker",
    "caller",
    "importing",
    "is_installed",
    "is_readers",
    "kind_of",
    "passes",
    "readers_frame",
]

MLANIM, MANIM, READER, LIBRARY, PYTHON, UNKNOWN = (
    "mlanim",
    "manim",
    "reader",
    "library",
    "python",
    "unknown",
)
IMPORTS = ("<frozen importlib", "<frozen zipimport")  # begin the names of what imports modules
_TYPED = ("<ipython", "<stdin>")  # begin the names of what belongs to no file
# The files of those who listen, whose frames lie above what they hear.
EARS = {__file__, hearing.__file__}

_PACKAGE = str(Path(__file__).parents[2]) + os.sep
_SCENES = _PACKAGE + "scenes" + os.sep  # in the wheel: scenes like a reader's
_STDLIB = tuple(
    {os.path.realpath(sysconfig.get_path(name)) + os.sep for name in ("stdlib", "platstdlib")}
)
_INSTALLED = tuple(
    {os.path.realpath(sysconfig.get_path(name)) + os.sep for name in ("purelib", "platlib")}
)
_kinds: dict[str, str] = {}  # by file name: they are asked for at each event
_beginners: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()  # who began a thread


def is_installed(path: str) -> bool:
    """Whether a file came with Python or a package that was installed."""
    return kind_of(path) in (LIBRARY, PYTHON, MANIM)


def is_readers(filename: str) -> bool:
    """Whether code is the reader's: of a file, of a notebook's cell, or typed."""
    return kind_of(filename) == READER or filename.startswith(_TYPED)


def kind_of(filename: str) -> str:
    """Whose code a file is."""
    kind = _kinds.get(filename)
    if kind is None:
        kind = _kinds[filename] = _kind_of(filename)
    return kind


def _kind_of(filename: str) -> str:
    if filename.startswith("<"):
        return PYTHON if filename.startswith("<frozen") else UNKNOWN
    path = os.path.abspath(filename)
    if path.startswith(_PACKAGE) and not path.startswith(_SCENES):
        return MLANIM
    parts = path.split(os.sep)
    for place in ("site-packages", "dist-packages"):
        if place in parts:
            rest = parts[parts.index(place) + 1 :]
            return MANIM if rest[:1] == ["manim"] else LIBRARY
    for candidate in (path, os.path.realpath(path)):
        if candidate.startswith(_INSTALLED):
            return LIBRARY
        if candidate.startswith(_STDLIB):
            return PYTHON
    manim = getattr(sys.modules.get("manim"), "__file__", None)
    if manim and path.startswith(str(Path(manim).parent) + os.sep):
        return MANIM
    return READER


def _frames() -> Iterator[FrameType]:
    """From the one in which something happens outwards."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename in EARS:
        frame = frame.f_back
    while frame is not None:
        yield frame
        frame = frame.f_back


def asker() -> str:
    """Who wanted it: the nearest of the reader's code, Manim's and ours; who began the thread."""
    for frame in _frames():
        kind = kind_of(frame.f_code.co_filename)
        if kind in (READER, MANIM, MLANIM):
            return kind
    thread = threading._active.get(threading.get_ident())  # type: ignore[attr-defined]
    return UNKNOWN if thread is None else _beginners.get(thread, UNKNOWN)


_start = threading.Thread.start


@wraps(_start)
def _started(thread: threading.Thread) -> None:
    _beginners[thread] = asker()
    _start(thread)


# For good, so that it is the same for whoever looks; no audit event tells of threads everywhere.
setattr(threading.Thread, "start", _started)  # noqa: B010


def caller() -> FrameType | None:
    """The very code that did it."""
    return next(_frames(), None)


def readers_frame() -> FrameType | None:
    """Where in the reader's own code it happens; None if nowhere."""
    return next((f for f in _frames() if is_readers(f.f_code.co_filename)), None)


def importing() -> bool:
    """Whether it happens while a module is imported that the asker wanted."""
    for frame in _frames():
        name = frame.f_code.co_filename
        if name.startswith(IMPORTS):
            return True
        if kind_of(name) in (READER, MANIM, MLANIM):
            return False
    return False


def passes(module: str) -> bool:
    """Whether a module of Python's stands between what happens and the code that called it."""
    for frame in _frames():
        if frame.f_globals.get("__name__") == module:
            return True
        if kind_of(frame.f_code.co_filename) != PYTHON:
            return False
    return False
