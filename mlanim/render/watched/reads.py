"""What was read for a render, each thing as it was when it was read, and what left our sight."""

# ruff: noqa: PTH100, PTH117, PTH118
from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from time import time
from typing import Any

from mlanim.cache_place import cache_place
from mlanim.render.known.behalf import EARS, MLANIM, READER, asker, is_installed
from mlanim.render.watched.stamps import (
    Look,
    RealPaths,
    content,
    listing,
    look,
    mode_and_times,
    resolves,
    same_file,
    settled,
    tell_file,
)
from mlanim.render.watched.surroundings import IDLE
from mlanim.scene_module import SCENES

__all__ = ["Reads", "unchanged"]

EARS.add(__file__)
Inputs = dict[str, Any]  # plain values, as a record keeps them

_KERNELS = ("/proc/", "/sys/")  # files that are made as they are read
_FRESH = 100_000_000  # ns in which a folder may change again without a new time
_FOLLOWED, _ITSELF = "=", "@"  # before a path: what it leads to, or a link itself
_getpid = os.getpid  # as it is while nobody listens
_BEGAN = time() * 1e9  # what changed later is not what this process has imported before


class Reads:
    """Collects what is read from now on; iterating gives the paths of the files.

    A forked child writes what it hears into a file that both have open, so that what only a child
    reads is known here, however it ends.

    Attributes:
        unseen: why nobody can know all that was read; "" if all of it is known.
    """

    def __init__(self) -> None:
        self.unseen = ""
        self._files: dict[str, Look] = {}  # by path: as it was at the first look
        self._fresh: dict[str, str | None] = {}  # digests of those that had only just changed
        self._installed: set[str] = set()  # modules of packages: told by size and time
        self._statuses: dict[str, Look | None] = {}
        self._listed: dict[str, str | None] = {}
        self._names: dict[str, set[str]] = {}  # folder: what was imported, or looked for, there
        self._variables: dict[str, str | None] = {}
        self._environment = {name: os.environ.get(name) for name in IDLE}
        self._made: set[str] = set()
        self._own = {os.path.realpath(cache_place())}
        self._places = RealPaths()
        self._process = _getpid()
        self._last_looks: list[Callable[[], None]] = []
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115  as long as this lives
        self._began = time() * 1e9
        for name, module in list(sys.modules.items()):
            if not name.startswith(SCENES):  # of earlier scenes, which this one does not meet
                self.module(name, module, before=_BEGAN)

    def __iter__(self) -> Iterator[str]:
        self._gather()
        return iter([path for path in self._files if path not in self._made])

    def file(self, path: str) -> None:
        """A file is opened, or asked about: what is there now?"""
        if path in self._files or self.is_own(path):
            return
        seen = look(path)
        if seen[0] == "special" or self._real(path).startswith(_KERNELS):
            if path != os.devnull and asker() == READER:
                self.leaves(f"reads {path}")
            return
        self._keep("file", path, seen, None if settled(seen) else content(path))

    def module(self, name: str, module: Any, before: float | None = None) -> None:
        """A module was imported; if `before` a time, it must not have changed since."""
        spec = getattr(module, "__spec__", None)
        for path in {getattr(module, "__file__", None), getattr(spec, "origin", None)}:
            if isinstance(path, str) and os.path.isabs(path):
                self.source(path, before)
        folder, _, last = name.rpartition(".")
        parent = sys.modules.get(folder)
        self.names(getattr(parent, "__path__", ()) if folder else sys.path, last)

    def source(self, path: str, before: float | None = None) -> None:
        """A module's file is loaded."""
        if path in self._files or self.is_own(path):
            return
        seen = look(path)
        if before is not None and seen[0] == "file" and max(seen[3:5]) > before:
            self.leaves(f"has imported {path} before that changed")
        if is_installed(path):
            self._keep("installed", path, seen, None)
        else:
            self._keep("file", path, seen, None if settled(seen) else content(path))

    def names(self, folders: Iterable[str], name: str) -> None:
        """A module is looked for by its name."""
        for place in folders:
            folder = place if place[:1] == os.sep else os.path.abspath(place)
            if name not in self._names.get(folder, ()):
                self._keep("name", folder, name)

    def status(self, path: str, *, follow: bool) -> None:
        """Somebody wants to know a file's size or times, or what a link is."""
        way = _FOLLOWED if follow else _ITSELF
        if way + path not in self._statuses and not self.is_own(path):
            self._keep("status", way + path, _status(way + path))

    def folder(self, path: str) -> None:
        """A folder is listed."""
        if path not in self._listed and not self.is_own(path):
            self._keep("listed", path, listing(path))

    def variable(self, name: str) -> None:
        """A variable of the environment is read that counts for nobody else."""
        if name in IDLE and name not in self._variables:
            self._keep("variable", name, self._environment[name])

    def writes(self, path: str) -> None:
        """A file is written: by mlanim, into a place of its own, or by the scene into the world."""
        if self.is_own(path) or path == os.devnull:
            return
        if asker() == MLANIM:
            self.makes(path)
        else:
            self.leaves(f"writes {path}")

    def makes(self, path: str) -> None:
        """A file that the render makes is no input."""
        self._keep("made", path)

    def owns(self, place: str) -> None:
        """A file or folder that was made for this render alone."""
        self._keep("own", self._real(place))

    def leaves(self, why: str) -> None:
        """Something was read, or done, of which no more can be known."""
        if not self.unseen:
            self._keep("unseen", why)

    def is_own(self, path: str) -> bool:
        """Whether it lies in the cache or in a folder that the render made for itself."""
        real = self._real(path)
        return any(real == own or real.startswith(own + os.sep) for own in self._own)

    def before_the_end(self, look: Callable[[], None]) -> None:
        """Have something looked at when all has been read."""
        self._last_looks.append(look)

    def inputs(self) -> Inputs | None:
        """All of it, if it is as it was when it was read; else None."""
        began = time() * 1e9
        for last_look in self._last_looks:
            last_look()
        for name, module in list(sys.modules.items()):
            if not name.startswith(SCENES):  # it was heard as it was loaded
                self.module(name, module, before=self._began)
        self._gather()
        files, installed, places = {}, {}, RealPaths()
        for path, seen in self._files.items():
            if path in self._made:
                continue
            if look(path) != seen:
                return None
            if path in self._installed:
                installed[path] = seen[2:4]
                continue
            files[path] = told = tell_file(path, seen, places)
            if seen[0] == "file" and (path in self._fresh) and self._fresh[path] != told[5]:
                return None
            if seen[0] == "file" and max(seen[3:5]) > began:
                return None
        names = {folder: _search(folder, sorted(names)) for folder, names in self._names.items()}
        made: Inputs = {
            "files": files,
            "installed": installed,
            "names": names,
            "statuses": self._statuses,
            "listed": self._listed,
            "variables": self._variables,
        }
        return made if not self.unseen and unchanged(made) else None

    def adopt(self, inputs: Mapping[str, Any]) -> None:
        """Take over what was read for a film that is recalled in the course of this work."""
        for path, told in inputs["files"].items():
            self.file(path) if told[0] != "nothing" else self._keep("file", path, told, None)
        for path in inputs["installed"]:
            self.source(path)
        for folder, (_, names, _) in inputs["names"].items():
            for name in names:
                self.names([folder], name)
        for path, seen in inputs["statuses"].items():
            self._keep("status", path, seen)
        for path, seen in inputs["listed"].items():
            self._keep("listed", path, seen)
        for name in inputs["variables"]:
            self.variable(name)

    def close(self) -> None:
        """Nothing more is heard; children that end later tell nobody."""
        self._gather()
        self._spool.close()

    def _keep(self, kind: str, *what: Any) -> None:
        """Here at once; from a forked child through the file."""
        self._take(kind, *what)
        if _getpid() != self._process:
            line = json.dumps([kind, *what]).encode() + b"\n"
            os.write(self._spool.fileno(), line)

    def _take(self, kind: str, *what: Any) -> None:
        key = what[0]
        if kind in ("file", "installed"):
            known = self._files.setdefault(key, what[1])
            if known != what[1]:
                self.unseen = self.unseen or f"changed {key}"
            if what[2] is not None:
                self._fresh.setdefault(key, what[2])
            if kind == "installed":
                self._installed.add(key)
        elif kind == "name":
            self._names.setdefault(key, set()).add(what[1])
        elif kind == "status":
            self._statuses.setdefault(key, what[1])
        elif kind == "listed":
            self._listed.setdefault(key, what[1])
        elif kind == "variable":
            self._variables.setdefault(key, what[1])
        elif kind == "unseen":
            self.unseen = self.unseen or key
        else:
            (self._made if kind == "made" else self._own).add(key)

    def _gather(self) -> None:
        """Read what children have heard."""
        if self._spool.closed or _getpid() != self._process:
            return
        size = os.fstat(self._spool.fileno()).st_size
        told = os.pread(self._spool.fileno(), size, 0)  # children go on writing where they are
        for line in told.splitlines():
            self._take(*json.loads(line))

    def _real(self, path: str) -> str:
        """The path with the links of its folder followed, which are looked up once."""
        folder, _, name = path.rpartition(os.sep)
        real = self._places.of_folder(folder)
        return os.path.join(real, name) if name else real


def unchanged(inputs: Mapping[str, Any]) -> bool:
    """Whether all that was read is as it was; a stat for each file, if nothing was touched."""
    kinds = (
        ("variables", os.environ.get),
        ("installed", lambda path: look(path)[2:4]),
        ("statuses", _status),
        ("listed", listing),
    )
    places = RealPaths()
    return (
        all(same_file(path, told, places) for path, told in inputs["files"].items())
        and all(_finds_the_same(folder, *told) for folder, told in inputs["names"].items())
        and all(now(key) == told for kind, now in kinds for key, told in inputs[kind].items())
    )


def _status(path: str) -> Look | None:
    return mode_and_times(path[1:], follow=path[0] == _FOLLOWED)


def _search(folder: str, names: list[str]) -> Look:
    """What imports find in a folder, and how to see that nothing came or went."""
    seen = mode_and_times(folder)
    if seen and seen[2] > time() * 1e9 - _FRESH:
        seen = None
    return [seen, names, resolves(folder, names)]


def _finds_the_same(folder: str, seen: Look | None, names: list[str], found: str | None) -> bool:
    if seen is not None and mode_and_times(folder) == seen:
        return True
    return resolves(folder, names) == found
