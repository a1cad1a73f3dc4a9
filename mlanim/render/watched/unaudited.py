"""Hearing what no audit event tells of: sizes and times of files, chance, clocks, variables.

While a render is watched, Python's own functions for these are replaced by ones that tell of who
asks. They are looked up where the reader's code finds them, so mlanim and Manim, which were there
before, hardly notice.
"""

# ruff: noqa: PTH109, PTH117, PTH118
from __future__ import annotations

import functools
import importlib.util
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from mlanim.render.known.behalf import (
    EARS,
    MLANIM,
    PYTHON,
    READER,
    asker,
    caller,
    kind_of,
    passes,
)
from mlanim.render.twins.replaced import replaced
from mlanim.render.watched.reads import Reads
from mlanim.render.watched.surroundings import IDLE

__all__ = ["listening_in"]

EARS.add(__file__)
# Python's own questions about a path: a folder's times do not matter to them.
_WHETHER = ("exists", "is_dir", "is_file", "isdir", "isfile")
_CLOCKS = [
    "clock_gettime",
    "clock_gettime_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "thread_time",
    "thread_time_ns",
    "time",
    "time_ns",
]
_NOW_UNLESS_GIVEN = {"ctime": 0, "gmtime": 0, "localtime": 0, "asctime": 0, "strftime": 1}
# What the system says of this process and of the machine just now; of the first two, Python's own
# modules keep books by themselves.
_STANDINGS = ("getpid", "getppid", "fstatvfs", "getlogin", "isatty", "statvfs", "times")
_OF_THE_BOOKS = _STANDINGS[:2]
_NAMES_FILES = "tempfile"  # by chance, which changes nothing of what is in them
_SETS = ("supports_dir_fd", "supports_fd", "supports_follow_symlinks", "supports_effective_ids")


@contextmanager
def listening_in(reads: Reads) -> Iterator[None]:
    """Tell a collection of what is asked for while the block runs."""
    with ExitStack() as stack:
        for owner, name, instead in _replacements(reads):
            original = vars(owner)[name]
            functools.update_wrapper(instead, original)
            stack.enter_context(replaced(owner, name, instead))
            if owner is os:
                stack.enter_context(_as_able(original, instead))
        yield


@contextmanager
def _as_able(original: Any, instead: Any) -> Iterator[None]:
    """Python asks by these sets what its functions can do."""
    sets = [able for name in _SETS if original in (able := getattr(os, name))]
    for able in sets:
        able.add(instead)
    try:
        yield
    finally:
        for able in sets:
            able.discard(instead)


def _replacements(reads: Reads) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    for name in ("stat", "lstat", "access", "readlink"):
        yield os, name, _asking(reads, getattr(os, name), follow=name in ("stat", "access"))
    yield os, "open", _opening(reads, os.open)
    for owner, name in ((os, "urandom"), (os, "getrandom"), (random, "_urandom")):
        if hasattr(owner, name):
            yield owner, name, _drawing(reads, getattr(owner, name))
    yield random.Random, "seed", _seeding(reads, random.Random.seed, 1)
    yield random, "seed", _seeding(reads, random.seed, 0)
    for name in _CLOCKS:
        if hasattr(time, name):
            yield time, name, _timing(reads, getattr(time, name), None)
    for name, given in _NOW_UNLESS_GIVEN.items():
        yield time, name, _timing(reads, getattr(time, name), given)
    for name in _STANDINGS:
        if hasattr(os, name):
            yield os, name, _standing(reads, getattr(os, name), direct=name in _OF_THE_BOOKS)
    kind = type(os.environ)
    yield kind, "__getitem__", _looking_up(reads, kind.__getitem__)
    yield kind, "__iter__", _going_through(reads, kind.__iter__)
    yield importlib.util, "find_spec", _finding(reads, importlib.util.find_spec)


def _asking(reads: Reads, original: Any, *, follow: bool) -> Callable[..., Any]:
    def ask(path: Any, *args: Any, **more: Any) -> Any:
        who = asker()
        place = _place(path, more.get("dir_fd")) if who != MLANIM else None
        if place is not None:
            link = not (follow and more.get("follow_symlinks", True))
            frame = caller()
            whether = (
                frame is not None
                and frame.f_code.co_name in _WHETHER
                and kind_of(frame.f_code.co_filename) == PYTHON
            )
            reads.file(place)
            if who == READER and (link or not whether):
                reads.status(place, follow=not link)
        return original(path, *args, **more)

    return ask


def _opening(reads: Reads, original: Any) -> Callable[..., Any]:
    """An audit hook hears of it, but not in which folder a `dir_fd` is."""

    def open_below(path: Any, flags: int, *args: Any, **more: Any) -> int:
        if more.get("dir_fd") is not None:
            place = _place(path, more["dir_fd"])
            if place is None:
                reads.leaves("opens a file below one that is open")
            elif flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                reads.writes(place)
            else:
                reads.file(place)
        descriptor: int = original(path, flags, *args, **more)
        return descriptor

    return open_below


def _place(path: Any, folder: int | None) -> str | None:
    """Where a path is, seen from a folder that is open or from the working one."""
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    text = os.fsdecode(path)
    if os.path.isabs(text):
        return text
    with suppress(OSError):
        here = os.getcwd() if folder is None else _READLINK(f"/proc/self/fd/{folder}")
        return os.path.join(here, text)
    return None


_READLINK = os.readlink


def _drawing(reads: Reads, original: Any) -> Callable[..., Any]:
    def draw(*args: Any, **more: Any) -> Any:
        if asker() == READER and not passes(_NAMES_FILES):
            reads.leaves("draws random numbers from the system")
        return original(*args, **more)

    return draw


def _seeding(reads: Reads, original: Any, place: int) -> Callable[..., Any]:
    def seed(*args: Any, **more: Any) -> Any:
        given = args[place] if len(args) > place else more.get("a")
        if given is None and asker() == READER and not passes(_NAMES_FILES):
            reads.leaves("draws a seed from the system")
        return original(*args, **more)

    return seed


def _timing(reads: Reads, original: Any, given: int | None) -> Callable[..., Any]:
    """A clock; with `given`, one only if fewer arguments than that come before the moment."""

    def tell(*args: Any, **more: Any) -> Any:
        frame = caller()
        direct = frame is not None and kind_of(frame.f_code.co_filename) != PYTHON
        if direct and (given is None or len(args) <= given) and asker() == READER:
            reads.leaves("asks for the time")
        return original(*args, **more)

    return tell


def _standing(reads: Reads, original: Any, *, direct: bool) -> Callable[..., Any]:
    """What only holds now and here; `direct`: if it is not Python's own code that asks."""

    def tell(*args: Any, **more: Any) -> Any:
        frame = caller()
        counts = not direct or (frame is not None and kind_of(frame.f_code.co_filename) != PYTHON)
        if counts and asker() == READER:
            reads.leaves(f"asks for {original.__name__}")
        return original(*args, **more)

    return tell


def _looking_up(reads: Reads, original: Any) -> Callable[..., Any]:
    def look_up(self: Any, name: Any) -> Any:
        text = os.fsdecode(name) if isinstance(name, bytes) else name
        if text in IDLE and asker() == READER:
            reads.variable(text)
        return original(self, name)

    return look_up


def _going_through(reads: Reads, original: Any) -> Callable[..., Any]:
    def go_through(self: Any) -> Any:
        if asker() == READER:
            for name in IDLE:
                reads.variable(name)
        return original(self)

    return go_through


def _finding(reads: Reads, original: Any) -> Callable[..., Any]:
    def find(name: str, *args: Any, **more: Any) -> Any:
        folder, _, last = name.rpartition(".")
        if not folder and not name.startswith("."):
            import sys

            reads.names(list(sys.path), last)
        return original(name, *args, **more)

    return find
