"""What a scene does to the world: told before it happens, so that it can happen once.

A file that is written, a row that is inserted, a program that is started: in processes that share
a film the same code runs more than once. What mlanim writes for itself is not the scene's doing.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from mlanim.render.known import hearing
from mlanim.render.known.behalf import EARS, MANIM, MLANIM, asker, importing, passes, readers_frame
from mlanim.scene_module import line_of, shown

__all__ = ["held_open", "in_readers_code", "on_effect"]

EARS.add(__file__)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Events in words, with the places of the paths among what they tell.
_PATHS = {
    "os.mkdir": ("makes the folder", (0,)),
    "os.rename": ("moves", (0, 1)),
    "os.remove": ("removes", (0,)),
    "os.rmdir": ("removes", (0,)),
    "os.link": ("makes the link", (1,)),
    "os.symlink": ("makes the link", (1,)),
    "os.truncate": ("writes", (0,)),
    "os.chmod": ("changes", (0,)),
    "os.chown": ("changes", (0,)),
    "os.utime": ("changes", (0,)),
    "os.setxattr": ("changes", (0,)),
    "sqlite3.connect": ("opens the database", (0,)),
}
_DOINGS = {
    "builtins.input": "asks for input",
    "os.exec": "starts a program",
    "os.fork": "forks",
    "os.forkpty": "forks",
    "os.posix_spawn": "starts a program",
    "os.spawn": "starts a program",
    "os.system": "starts a program",
    "subprocess.Popen": "starts a program",
    "socket.bind": "uses the network",
    "socket.connect": "uses the network",
    "socket.sendmsg": "uses the network",
    "socket.sendto": "uses the network",
}
_EVENTS = ("open", *_PATHS, *_DOINGS)
_NOWHERE = ("/dev/null", "/dev/zero", "/dev/tty")


def on_effect(ours: Iterable[Path], tell: Callable[[str], None]) -> Callable[[], None]:
    """Call `tell` before anything of the world is changed: "writes out/a.log at scene.py:3".

    Args:
        ours: folders in which mlanim and Manim write for themselves.

    Returns:
        What to call to hear no more.
    """
    folders = tuple(f"{os.path.abspath(folder)}{os.sep}" for folder in ours)  # noqa: PTH100
    others = {thread.ident for thread in threading.enumerate()} - {_main}

    def hear(event: str, about: tuple[Any, ...]) -> None:
        words = _effect(event, about, folders)
        if words is not None and threading.get_ident() not in others:
            tell(words + in_readers_code())

    return hearing.listen(_EVENTS, hear)


def _effect(event: str, about: tuple[Any, ...], ours: tuple[str, ...]) -> str | None:
    if event == "open":
        path, _, flags = about
        if not flags & _WRITES or isinstance(path, int):
            return None
        words = _changed("writes", [path], ours)
    elif event in _PATHS:
        verb, places = _PATHS[event]
        words = _changed(verb, [about[place] for place in places], ours)
    else:
        words = _DOINGS[event]
    if words is None or importing():
        return None
    return None if asker() in (MANIM, MLANIM) else words  # formulas, narration, fits, a cluster


def in_readers_code() -> str:
    """Where the reader's own code does it: " at scene.py:3"; "" if that cannot be told."""
    frame = readers_frame()
    return f" at {line_of(frame.f_code.co_filename, frame.f_lineno)}" if frame else ""


def _changed(verb: str, paths: list[Any], ours: tuple[str, ...]) -> str | None:
    """The first of the paths that is not ours, in words; one of a random name by its kind."""
    for path in paths:
        try:
            whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  no file access
        except (TypeError, ValueError):  # the number of an open file
            return f"{verb} a file"
        if whole not in _NOWHERE and not f"{whole}{os.sep}".startswith(ours):
            if passes("tempfile"):
                return "makes a temporary folder" if "folder" in verb else "writes a temporary file"
            return f"{verb} {shown(Path(whole))}"
    return None


def held_open() -> str | None:
    """Which file the reader's own code holds open for writing, in words; None if there is none.

    Sockets do not count: who began to speak on one before the scene ran cannot be told.
    """
    for number, place in _open_ends():
        if (number, place) not in _at_first:
            with suppress(OSError, ValueError):
                words = _word(number)
                if words is not None:
                    return words
    return None


def _open_ends() -> list[tuple[int, tuple[int, int]]]:
    """Open files by their numbers, with what tells them from others of that number."""
    found = []
    with suppress(OSError):
        for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
            with suppress(OSError):
                status = os.fstat(int(name))
                found.append((int(name), (status.st_dev, status.st_ino)))
    return found


def _word(number: int) -> str | None:
    status = os.fstat(number)
    kind = status.st_mode
    flags = int(Path(f"/proc/self/fdinfo/{number}").read_text().split("flags:")[1].split()[0], 8)
    # Without a name it is nobody else's, such as that in which workers tell what they read.
    if stat.S_ISREG(kind) and status.st_nlink and flags & (os.O_WRONLY | os.O_RDWR):
        path = Path(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
        return f"{shown(path)} is open for writing"
    return None


_at_first = set(_open_ends())
_main = threading.main_thread().ident
