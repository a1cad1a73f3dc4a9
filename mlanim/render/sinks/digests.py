"""What a film's frames are, without their pixels: how `verify` looks at a film as it is delivered.

A file is a run of entries, one for each picture: how often it is shown, its digest, and, in the
format "pictures", its RGBA pixels, deflated. Files of one film are joined by joining their bytes.
No reader can ask for these formats.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from mlanim.render.sinks.port import Ending, Film

__all__ = ["DigestWriter", "digest_of", "digests", "join_digests", "picture"]

_ENTRY = struct.Struct("<I16sHHI")  # repeats, digest, height, width, bytes of the pixels


def digest_of(rgba: np.ndarray) -> bytes:
    """A digest of a frame (height, width, 4) uint8."""
    return blake2b(np.ascontiguousarray(rgba).data, digest_size=16).digest()


class DigestWriter:
    """Writes what a segment shows, as an encoder would see it: only changed rows are looked at."""

    def __init__(self, path: Path, film: Film) -> None:
        self.path = path
        self._keeps = film.format == "pictures"
        self._file = path.open("wb")
        self._shown: np.ndarray | None = None

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None = None) -> None:
        """Append a frame; outside of `rows` it is taken to be as the last one."""
        if rows is None or self._shown is None:
            self._shown = rgba.copy()
        else:
            self._shown[rows.start : rows.stop] = rgba[rows.start : rows.stop]
        pixels = zlib.compress(self._shown.tobytes(), 1) if self._keeps else b""
        height, width = self._shown.shape[:2]
        digest = digest_of(self._shown)
        self._file.write(_ENTRY.pack(repeat, digest, height, width, len(pixels)) + pixels)

    def close(self) -> None:
        """Complete the file."""
        self._file.close()

    def abort(self) -> None:
        """Close and remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def join_digests(segments: Sequence[Path], target: Path, film: Film, ending: Ending) -> None:
    """Write the entries of all segments into one file."""
    with target.open("wb") as output:
        for segment in segments:
            with segment.open("rb") as source:
                shutil.copyfileobj(source, output)


def digests(path: Path) -> list[bytes]:
    """A digest for each frame of a film."""
    return [digest for repeat, digest, _, _ in _entries(path) for _ in range(repeat)]


def picture(path: Path, frame: int) -> np.ndarray | None:
    """The pixels of a frame, (height, width, 4) uint8; None where they are not there."""
    for repeat, _, size, pixels in _entries(path):
        frame -= repeat
        if frame < 0:
            return np.frombuffer(zlib.decompress(pixels), np.uint8).reshape(*size, 4)
    return None


def _entries(path: Path) -> Iterator[tuple[int, bytes, tuple[int, int], bytes]]:
    with path.open("rb") as file:
        while head := file.read(_ENTRY.size):
            repeat, digest, height, width, length = _ENTRY.unpack(head)
            yield repeat, digest, (height, width), file.read(length)
