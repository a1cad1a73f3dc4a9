"""What stands at a path, noted so that a look can tell later whether it is still the same.

A file is told by its inode, size and times, which one `stat` gives. Where these differ its content
decides; where they are so fresh that another change could hide behind them, the content is
digested at once, as Git does with its index.
"""

# ruff: noqa: PTH118
from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from importlib.machinery import all_suffixes
from pathlib import Path
from time import time
from typing import Any

from mlanim.sealed import checksum

__all__ = [
    "Look",
    "RealPaths",
    "content",
    "digest_of_all",
    "listing",
    "look",
    "mode_and_times",
    "resolves",
    "same_file",
    "settled",
    "tell_file",
]

Look = list[Any]  # plain values, for JSON: what it is, then what tells it from another one

_SETTLED = 100_000_000  # ns after which no second change can have the same time, on any file system
_IMPORTABLE = ("", *all_suffixes())
# As they were before anybody replaced them in order to hear of them.
_stat, _lstat, _readlink, _listdir = os.stat, os.lstat, os.readlink, os.listdir


def look(path: str) -> Look:
    """What is at a path: a file, a folder, something else, or nothing, and why."""
    try:
        status = _stat(path)
    except (OSError, ValueError) as error:
        return ["nothing", getattr(error, "errno", 0)]
    if stat.S_ISREG(status.st_mode):
        return ["file", status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    return ["folder"] if stat.S_ISDIR(status.st_mode) else ["special", status.st_mode]


def settled(seen: Look) -> bool:
    """Whether a file changed last so long ago that its times would tell of another change."""
    return seen[0] != "file" or max(seen[3], seen[4]) < time() * 1e9 - _SETTLED


def content(path: str) -> str | None:
    """The digest of a file; None for what is no readable file, which counts as an answer too."""
    try:
        return checksum(Path(path))
    except (OSError, ValueError):
        return None


class RealPaths:
    """`os.path.realpath` of many paths, which looks at each folder once and tells nobody."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {os.sep: os.sep}

    def of(self, path: str) -> str:
        """Where a path leads."""
        folder, _, name = path.rpartition(os.sep)
        return self._real(self.of_folder(folder), name, path)

    def of_folder(self, folder: str) -> str:
        """Where a folder lies; "" is the first of all."""
        folder = folder or os.sep
        known = self._known.get(folder)
        if known is None:
            above, _, name = folder.rpartition(os.sep)
            known = self._real(self.of_folder(above), name, folder)
            self._known[folder] = known
        return known

    def _real(self, folder: str, name: str, path: str) -> str:
        if path[:1] != os.sep or name in ("", ".", ".."):
            return os.path.realpath(path)
        whole = os.path.join(folder, name)
        try:
            links = stat.S_ISLNK(_lstat(whole).st_mode)
        except (OSError, ValueError):
            links = False
        return os.path.realpath(whole) if links else whole


def tell_file(path: str, seen: Look, places: RealPaths) -> Look:
    """A look that outlasts this moment: with the content, and where the links on the way lead."""
    if seen[0] != "file":
        return seen
    told = [*seen, content(path), places.of(path)]
    return told if settled(seen) else ["content", *told[1:]]


def same_file(path: str, told: Look, places: RealPaths) -> bool:
    """Whether what stands at a path is what was told of it."""
    now = look(path)
    if told[0] not in ("file", "content"):
        return now == told
    if now[0] != "file" or places.of(path) != told[6]:
        return False
    return (told[0] == "file" and now == told[:5]) or content(path) == told[5]


def mode_and_times(path: str, *, follow: bool = True) -> Look | None:
    """What a scene learns from `os.stat`; of a link itself, where it leads."""
    try:
        status = _stat(path) if follow else _lstat(path)
        if stat.S_ISLNK(status.st_mode):
            return ["link", _readlink(path)]
    except (OSError, ValueError):
        return None
    return [status.st_mode, status.st_size, status.st_mtime_ns]


def listing(folder: str) -> str | None:
    """A digest of what a folder lists, in its order, with kinds, sizes and times."""
    try:
        names = _listdir(folder)
    except OSError:
        return None
    inside = [(name, mode_and_times(os.path.join(folder, name))) for name in names]
    return blake2b(repr(inside).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def resolves(folder: str, names: Iterable[str]) -> str | None:
    """A digest of what Python could import by these names from a folder, or a file such as a zip.

    None where there is no such folder.
    """
    try:
        entries = _listdir(folder)
    except OSError:
        return None
    wanted = set(names)
    found = sorted(entry for entry in entries if _stem(entry) in wanted)
    return blake2b(repr(found).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _stem(entry: str) -> str:
    stem, dot, suffix = entry.partition(".")
    return stem if dot + suffix in _IMPORTABLE else ""


def digest_of_all(values: Sequence[Any]) -> str:
    """A digest of plain values."""
    return blake2b(repr(values).encode(errors="surrogateescape"), digest_size=16).hexdigest()
