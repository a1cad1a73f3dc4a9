"""Hearing what is read: the doors of which Python tells an audit hook.

with watch_reads() as reads:
    ...  # import Manim, load the scene, render it
record.keep(result, reads)
"""

# ruff: noqa: PTH109, PTH117, PTH118
from __future__ import annotations

import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from mlanim.render.known import hearing
from mlanim.render.known.behalf import (
    EARS,
    IMPORTS,
    MANIM,
    MLANIM,
    PYTHON,
    READER,
    asker,
    caller,
    importing,
    kind_of,
)
from mlanim.render.watched.opaque import TRUSTED, Opaque
from mlanim.render.watched.reads import Reads
from mlanim.render.watched.unaudited import listening_in

__all__ = ["watch_reads", "watching_now"]

EARS.add(__file__)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_readlink = os.readlink  # as it is while nobody listens
_NAMELESS = getattr(os, "O_TMPFILE", 0)
_CHANGES = [
    "os.chflags",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.removexattr",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.symlink",
    "os.truncate",
    "os.utime",
]
# Behind these, things happen of which nobody here is told.
_EXITS = [
    "builtins.input",
    "ctypes.dlopen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.spawn",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.gethostname",
    "socket.sendto",
    "sqlite3.connect",
    "subprocess.Popen",
    "syslog.openlog",
    "urllib.Request",
    "webbrowser.open",
]
_ELSEWHERE = "mlanim.render.workers.replay_task"  # has interpreters draw

_watches: list[Reads] = []  # those that are open: one inside of another


@contextmanager
def watch_reads() -> Iterator[Reads]:
    """Collect what is read while the block runs; begin before Manim is imported."""
    reads = Reads()
    ear = _Ear(reads)
    with ExitStack() as stack:
        stack.callback(reads.close)
        stack.callback(hearing.listen(ear.events, ear.hear))
        stack.enter_context(listening_in(reads))
        _watches.append(reads)
        stack.callback(_watches.remove, reads)
        yield reads


def watching_now() -> tuple[Reads, ...]:
    """Those who must know what a film depends on that is only recalled."""
    return tuple(_watches)


class _Ear:
    """Puts what an audit hook is told into a collection."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._opaque = Opaque(reads)
        reads.before_the_end(self._opaque.look_again)
        self._here = threading.local()
        self._searched: dict[tuple[str, ...], set[str]] = {}
        self._ways: dict[str, Callable[..., None]] = {
            "open": self._opened,
            "os.listdir": self._listed,
            "os.scandir": self._listed,
            "import": self._imported,
            "compile": self._compiled,
            "exec": self._opaque.runs,
            "tempfile.mkdtemp": self._made,
            "tempfile.mkstemp": self._made,
            **dict.fromkeys(_CHANGES, self._changed),
        }
        self.events = (*self._ways, *_EXITS)

    def hear(self, event: str, about: tuple[Any, ...]) -> None:
        """Take one event in; what that opens itself is nobody's."""
        if getattr(self._here, "busy", False):
            return
        self._here.busy = True
        try:
            self._take(event, about)
        finally:
            self._here.busy = False

    def _take(self, event: str, about: tuple[Any, ...]) -> None:
        way = self._ways.get(event)
        if way is not None:
            way(*about)
        elif self._counts():
            self._reads.leaves(f"{event} {about[0] if about else ''}")

    def _counts(self) -> bool:
        """Whether the scene wanted it, and not a library as it is imported."""
        frame = caller()
        if frame is not None and frame.f_globals.get("__name__") == _ELSEWHERE:
            return True
        who = asker()
        known = importing() and (who == MANIM or _direct_top() in TRUSTED)
        return who != MLANIM and not known

    def _opened(self, path: Any, mode: str | None, flags: int) -> None:
        place = _absolute(path)
        if place is None:
            return
        frame = caller()
        by_import = frame is not None and frame.f_code.co_filename.startswith(IMPORTS)
        writing = bool(flags & _WRITING) or any(letter in "wax+" for letter in mode or "")
        if _NAMELESS and flags & _NAMELESS == _NAMELESS:
            return
        if by_import:
            if not writing:
                self._reads.source(_source_of(place))
        elif writing:
            self._reads.writes(place)
        else:
            self._reads.file(place)

    def _listed(self, path: Any) -> None:
        frame = caller()
        if frame is None or frame.f_code.co_filename.startswith(IMPORTS) or asker() != READER:
            return
        if isinstance(path, int):
            with suppress(OSError):
                self._reads.folder(_readlink(f"/proc/self/fd/{path}"))
            return
        place = _absolute("." if path is None else path)
        if place is not None:
            self._reads.folder(place)

    def _imported(self, name: str, file: str | None, search: Any, *rest: Any) -> None:
        if file is not None:
            self._opaque.extension(name)
            self._reads.source(file)
            return
        folder, _, last = name.rpartition(".")
        places: Any = getattr(sys.modules.get(folder), "__path__", ()) if folder else search
        if places:
            key: tuple[str, ...] = tuple(map(str, places))
            known = self._searched.setdefault(key, set())
            if last not in known:
                known.add(last)
                self._reads.names(key, last)

    def _compiled(self, source: Any, filename: Any) -> None:
        self._opaque.compiled(source, filename)

    def _made(self, path: Any) -> None:
        made = _absolute(path)
        if made is not None:
            self._reads.owns(made)

    def _changed(self, *about: Any) -> None:
        frame = caller()
        if frame is not None and frame.f_code.co_filename.startswith(IMPORTS):
            return  # an import that keeps what it compiled
        paths = [path for path in about if isinstance(path, str | bytes | os.PathLike)]
        for path in paths:
            changed = _below(about[-1], path)
            if changed is not None:
                self._reads.writes(changed)


def _absolute(path: Any) -> str | None:
    """As seen from the folder in which it is asked for; links are left as they are."""
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    try:
        text = os.fsdecode(path)
        return text if text[:1] == os.sep else os.path.join(os.getcwd(), text)
    except OSError:  # the working folder is gone
        return None


def _below(folder: Any, path: Any) -> str | None:
    """The same, seen from a folder that is open, where the last argument is its number."""
    text = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0 and not text.startswith(os.sep):
        with suppress(OSError):
            opened = _readlink(f"/proc/self/fd/{folder}")
            if os.path.isabs(opened):
                return os.path.join(opened, text)
    return _absolute(text)


def _source_of(path: str) -> str:
    """Of what was compiled, where there is a source."""
    if path.endswith(".pyc"):
        with suppress(ValueError, NotImplementedError):
            return importlib.util.source_from_cache(path)
    return path


def _direct_top() -> str:
    frame = caller()
    while frame is not None and kind_of(frame.f_code.co_filename) == PYTHON:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")).partition(".")[0] if frame else ""
