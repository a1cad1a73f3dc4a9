"""The cache: finished segments and films in the user's cache folder, each under its address.

A file's name ends in the checksum of its content, so that what was cut short or damaged is never
delivered. Files come and go by renaming: any number of renders may share the folder. A cache that
cannot be written, or is full, only means that nothing is kept.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from mlanim.cache_place import cache_place
from mlanim.errors import UsageError

__all__ = ["Cache", "CacheInfo", "checksum"]

_LIMIT = "MLANIM_CACHE_LIMIT"
_DEFAULT_LIMIT = 2_000_000_000  # bytes
_UNITS = {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}
_LEFT_BEHIND = 3600  # seconds after which a half-written file has no writer any more


def checksum(path: Path) -> str:
    """A digest of a file's content."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


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

    def fetch(self, address: str, target: Path) -> bool:
        """Put a copy of what is kept under an address at `target`; whether there was any."""
        for path in self._files_of(address):
            try:
                _link_or_copy(path, target)
                if checksum(target) == path.name.split("-")[1].partition(".")[0]:
                    with suppress(OSError):
                        os.utime(path)  # used just now
                    return True
                target.unlink()
                path.unlink()  # damaged
            except OSError:
                with suppress(OSError):
                    target.unlink()
        return False

    def store(self, address: str, source: Path) -> None:
        """Keep a copy of a file; nothing happens where the cache cannot be written."""
        temporary = self._room(address) / f".{secrets.token_hex(8)}.part"
        try:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, temporary)
            name = f"{address}-{checksum(temporary)}{source.suffix}"
            temporary.replace(temporary.with_name(name))
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def write(self, path: Path, text: str) -> None:
        """Write a small file of the cache, whole or not at all."""
        temporary = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def opening(self, opening: str) -> Path:
        """Where it is written which segment a play with this opening began."""
        return self.folder / "openings" / opening

    def info(self) -> CacheInfo:
        """Count what is kept."""
        sizes = [size for _, size, _ in self._all()]
        return CacheInfo(self.folder, len(sizes), sum(sizes), self.limit)

    def prune(self, limit: int | None = None) -> int:
        """Remove the least recently used files above the limit; the bytes that this freed."""
        files = sorted(self._all())
        excess = sum(size for _, size, _ in files) - (self.limit if limit is None else limit)
        freed = 0
        newest = files[-1][0] if files else 0.0
        for used, size, path in files:
            left_behind = path.suffix == ".part" and used < newest - _LEFT_BEHIND
            if freed < excess or left_behind:
                with suppress(OSError):
                    path.unlink()
                    freed += size
        return freed

    def _room(self, address: str) -> Path:
        return self.folder / "films" / address[:2]

    def _files_of(self, address: str) -> list[Path]:
        try:
            return sorted(self._room(address).glob(f"{address}-*"))
        except OSError:
            return []

    def _all(self) -> Iterator[tuple[float, int, Path]]:
        for kept in ("films/*/*", "fits/*", "openings/*", "renders/*"):
            for path in self.folder.glob(kept):
                with suppress(OSError):
                    status = path.stat()
                    yield status.st_mtime, status.st_size, path


def _link_or_copy(source: Path, target: Path) -> None:
    """A second name survives the removal of the first, and costs nothing."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _limit() -> int:
    text = os.environ.get(_LIMIT, "").strip()
    if not text:
        return _DEFAULT_LIMIT
    match = re.fullmatch(r"([0-9]{1,18}(?:\.[0-9]{1,9})?)\s*([kmg]?)b?", text.lower())
    if not match:
        raise UsageError(f"{_LIMIT}={text}", "write a number of bytes, such as 500M or 4G")
    return int(float(match[1]) * _UNITS[match[2]])
