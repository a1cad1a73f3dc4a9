"""The cache: finished segments and films in the user's cache folder, each under its address.

A file's name ends in the checksum of its content, or the content begins with it, so that what was
cut short or damaged is never delivered. Files come and go by renaming: any number of renders may
share the folder. What is fetched is a copy: whoever writes to it changes nothing here. A cache
that cannot be written, or is full, only means that nothing is kept.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mlanim.cache_place import cache_place
from mlanim.errors import UsageError
from mlanim.sealed import (
    checksum,
    discard,
    partial,
    put,
    read_sealed,
    remove_partial,
    write_sealed,
)

__all__ = ["Cache", "CacheInfo"]

_LIMIT = "MLANIM_CACHE_LIMIT"
_DEFAULT_LIMIT = 2_000_000_000  # bytes
_UNITS = {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}
_CLONE = 0x40049409  # FICLONE of Linux: blocks are shared until either file is written to


@dataclass(frozen=True)
class CacheInfo:
    """What a cache holds, in files and bytes, and what it may hold."""

    folder: Path
    files: int
    bytes: int
    limit: int


class Cache:
    """Files by address, the least recently used ones removed above a limit.

    Args:
        folder: of the cache; made when something is kept.
        limit: in bytes; None reads MLANIM_CACHE_LIMIT (such as 500M or 4G), else 2 GB.
    """

    def __init__(self, folder: Path | None = None, limit: int | None = None) -> None:
        self.folder = folder or cache_place()
        self.limit = _limit() if limit is None else limit

    def fetch(self, address: str, target: Path, digest: str | None = None) -> bool:
        """Put a copy of what is kept under an address at `target`; whether there was any.

        With `digest`, only what has this checksum: others may have kept theirs there as well.
        """
        for path in self._files_of(address):
            kept = path.name.split("-")[1].partition(".")[0]
            if digest is not None and kept != digest:
                continue
            try:
                _copy(path, target)
                if checksum(target) == kept:
                    with suppress(OSError):
                        os.utime(path)  # used just now
                    return True
                discard(path)  # damaged
            except OSError:
                pass
            with suppress(OSError):
                target.unlink()
        return False

    def store(self, address: str, source: Path) -> str | None:
        """Keep a copy of a file; its checksum, or None where the cache cannot be written."""
        with suppress(OSError), partial(self.folder) as temporary:
            _copy(source, temporary)
            digest = checksum(temporary)
            name = f"{address}-{digest}{source.suffix}"
            put(self.folder, temporary, self._room(address) / name)
            return digest
        return None

    def write(self, path: Path, text: str) -> None:
        """Write a small file of the cache, whole or not at all."""
        write_sealed(self.folder, path, text.encode())

    def read(self, path: Path) -> str | None:
        """What was written there; None if it is not there, or damaged."""
        content = read_sealed(path)
        return None if content is None else content.decode()

    def opening(self, opening: str) -> Path:
        """Where it is written which segment a play with this opening began."""
        return self.folder / "openings" / opening

    def info(self) -> CacheInfo:
        """Count what is there."""
        sizes = [size for _, size, _ in self._all()]
        return CacheInfo(self.folder, len(sizes), sum(sizes), self.limit)

    def prune(self, limit: int | None = None) -> int:
        """Remove the least recently used files above the limit; the bytes that this freed."""
        remove_partial(self.folder)
        files = sorted(self._all())
        excess = sum(size for _, size, _ in files) - (self.limit if limit is None else limit)
        freed = 0
        for _, size, path in files:
            if freed >= excess:
                break
            with suppress(OSError):
                path.unlink()
                freed += size
        return freed

    def clear(self) -> int:
        """Remove everything, whoever left it there; the bytes that this freed."""
        freed = sum(size for _, size, _ in self._all())
        with suppress(OSError):
            for path in self.folder.iterdir():
                discard(path)
        return freed - sum(size for _, size, _ in self._all())

    def _room(self, address: str) -> Path:
        return self.folder / "films" / address[:2]

    def _files_of(self, address: str) -> list[Path]:
        try:
            return sorted(self._room(address).glob(f"{address}-*"))
        except OSError:
            return []

    def _all(self) -> Iterator[tuple[float, int, Path]]:
        """All files below the folder; links are not followed."""
        for folder, _, names in os.walk(self.folder):
            for path in (Path(folder, name) for name in names):
                with suppress(OSError):
                    status = path.lstat()
                    yield status.st_mtime, status.st_size, path


def _copy(source: Path, target: Path) -> None:
    """A file of its own with the same content; where the disk can, it takes no room at first.

    Raises:
        OSError: the disk is full, or either cannot be opened.
    """
    with suppress(ImportError, OSError), source.open("rb") as content, target.open("wb") as copy:
        from fcntl import ioctl  # not on Windows

        ioctl(copy, _CLONE, content.fileno())
        return
    shutil.copyfile(source, target)


def _limit() -> int:
    text = os.environ.get(_LIMIT, "").strip()
    if not text:
        return _DEFAULT_LIMIT
    match = re.fullmatch(r"([0-9]{1,18}(?:\.[0-9]{1,9})?)\s*([kmg]?)b?", text.lower())
    if not match:
        raise UsageError(f"{_LIMIT}={text}", "write a number of bytes, such as 500M or 4G")
    return int(float(match[1]) * _UNITS[match[2]])
