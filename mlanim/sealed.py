"""Files of the cache: whole or not there, and sealed with a checksum of their content.

Whatever a disk, a crash or a reader did to such a file shows when it is read; then it counts as if
it were not there, and the next one that is kept takes its place. Where nothing can be written,
nothing is kept.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from mlanim.left_behind import part_name, remove_left_behind

__all__ = [
    "checksum",
    "discard",
    "partial",
    "put",
    "read_sealed",
    "remove_partial",
    "write_sealed",
]

_PARTIAL = "partial"  # one folder for all that is unfinished, so that it is found at once
_SIZE = 16  # bytes of a checksum
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def checksum(path: Path) -> str:
    """A digest of a file's content.

    Raises:
        OSError: it cannot be read, or is no file but a pipe or device, which could wait for ever.
    """
    digest = blake2b(digest_size=_SIZE)
    with _open(path) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def read_sealed(path: Path) -> bytes | None:
    """The content that `write_sealed` wrote; None if that is not there, or not as it was."""
    try:
        with _open(path) as file:
            seal, _, content = file.read().partition(b"\n")
    except OSError:
        return None
    return content if seal == _seal(content) else None


def write_sealed(root: Path, path: Path, content: bytes) -> None:
    """Write a file of the cache whose folder is `root`; nothing happens where that cannot be."""
    with suppress(OSError), partial(root) as temporary:
        temporary.write_bytes(_seal(content) + b"\n" + content)
        put(root, temporary, path)


@contextmanager
def partial(root: Path) -> Iterator[Path]:
    """A name for a file of the cache that is not finished; what is left of it is removed."""
    temporary = root / _PARTIAL / part_name("")
    _make_folder(root, temporary.parent)
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def put(root: Path, temporary: Path, path: Path) -> None:
    """Give a finished file its name, whatever is in the way there.

    Raises:
        OSError: the cache cannot be written.
    """
    _make_folder(root, path.parent)
    try:
        temporary.replace(path)
    except OSError:
        discard(path)
        temporary.replace(path)


def discard(path: Path) -> None:
    """Remove a damaged thing of the cache, a folder too, if that is possible."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remove_partial(root: Path) -> None:
    """Remove what was left unfinished by processes that are gone."""
    remove_left_behind(root / _PARTIAL)


def _make_folder(root: Path, folder: Path) -> None:
    """Make a folder of the cache; a file where one should be has no business there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for place in (*reversed(folder.parents), folder):
            if place.is_relative_to(root) and place != root and not place.is_dir():
                discard(place)
        folder.mkdir(parents=True, exist_ok=True)


def _open(path: Path) -> BinaryIO:
    """Open a file to read; a pipe, which might never be written, is none."""
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is no file")
    return os.fdopen(descriptor, "rb")


def _seal(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIZE).hexdigest().encode()
