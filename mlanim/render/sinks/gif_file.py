"""The GIF format: a file of pictures that store only what changed. LZW is Pillow's."""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy as np
from PIL import Image

from mlanim.render.sinks.palette import Palette

__all__ = ["GifFile"]

_KEEP, _CLEAR = 1, 2  # what becomes of a picture's rectangle when its time is over
_LONGEST_DELAY = 0xFFFF  # ticks
_MORE_RUNS = 1.5  # times: of 600 pictures none was shorter with so many more
_END_OF_BLOCKS, _END_OF_FILE = b"\0", b";"


class GifFile:
    """Writes a GIF picture by picture; times are in ticks, hundredths of a second.

    A picture that looks like the one before it only lasts longer. Of two ways to store a
    rectangle the shorter is taken: as it is, or with everything transparent that did not change.

    Args:
        plays: how often it is shown; 0 is for ever.
    """

    def __init__(
        self, file: BinaryIO, width: int, height: int, palette: Palette, plays: int
    ) -> None:
        self._file, self._bits = file, palette.bits
        self._transparent = np.uint8(palette.transparent)
        self._canvas = np.full((height, width), self._transparent)
        self._waiting: tuple[np.ndarray, int] | None = None
        self._written = 0
        colours = np.zeros((1 << self._bits, 3), np.uint8)
        colours[: len(palette.rgb)] = palette.rgb
        flags = 0x80 | 0x70 | (self._bits - 1)  # a table for all, of 8 bits a channel, so large
        file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0))
        file.write(colours.tobytes())
        if plays != 1:
            repeats = max(0, plays - 1)
            file.write(b"!\xff\x0bNETSCAPE2.0" + struct.pack("<BBHB", 3, 1, repeats, 0))

    def picture(self, indices: np.ndarray, begins: int) -> None:
        """Append a picture (height, width) uint8; a copy waits until the next one is known.

        One that begins when the one before it does takes its place.
        """
        if self._waiting is not None and begins > self._waiting[1]:
            shown, began = self._waiting
            if np.array_equal(shown, indices):
                return
            vanishing = (indices == self._transparent) & (shown != self._transparent)
            self._store(shown, begins - began, vanishing)
        self._waiting = indices.copy(), begins

    def end(self, ends: int) -> None:
        """Store the last picture, which is shown until `ends`."""
        assert self._waiting is not None
        shown, began = self._waiting
        self._store(shown, ends - began, np.zeros_like(shown, bool))
        self._file.write(_END_OF_FILE)

    def _store(self, indices: np.ndarray, delay: int, vanishing: np.ndarray) -> None:
        """Write a picture. What the next one no longer has lies in its rectangle and is cleared."""
        if delay > _LONGEST_DELAY:
            self._store(indices, _LONGEST_DELAY, np.zeros_like(vanishing))
            delay -= _LONGEST_DELAY
            self._store(indices, delay, vanishing)
            return
        clears = bool(vanishing.any())
        changed = indices != self._canvas
        rectangle = _bounds(changed | vanishing) if self._written else _bounds(changed | True)
        disposal = (_CLEAR if clears else _KEEP) << 2
        rows, columns = rectangle
        left, top = columns.start, rows.start
        width, height = columns.stop - left, rows.stop - top
        control = struct.pack("<BBHBB", 4, disposal | 1, delay, self._transparent, 0)
        self._file.write(b"!\xf9" + control)
        self._file.write(b"," + struct.pack("<HHHHB", left, top, width, height, 0))
        self._file.write(bytes([self._bits]))
        self._file.write(self._shorter(indices[rectangle], changed[rectangle]) + _END_OF_BLOCKS)
        self._written += 1
        self._canvas = indices
        if clears:
            self._canvas = indices.copy()
            self._canvas[rectangle] = self._transparent

    def _shorter(self, indices: np.ndarray, changed: np.ndarray) -> bytes:
        """LZW of the rectangle as it is or with transparency; what has many more runs is longer."""
        if changed.all():
            return self._compressed(indices)
        sparse = np.where(changed, indices, self._transparent)
        if _runs(indices) > _MORE_RUNS * _runs(sparse):
            return self._compressed(sparse)
        return min(self._compressed(sparse), self._compressed(indices), key=len)

    def _compressed(self, indices: np.ndarray) -> bytes:
        image = Image.fromarray(np.ascontiguousarray(indices))
        return image.tobytes("gif", "L", self._bits, 0)


def _bounds(pixels: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns that hold every true pixel; one pixel when there is none."""
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _runs(indices: np.ndarray) -> int:
    """How many runs of one index there are, in reading order.

    >>> _runs(np.array([[5, 5, 5, 7], [7, 7, 5, 5]]))
    3
    """
    flat = indices.ravel()
    return 1 + int(np.count_nonzero(flat[1:] != flat[:-1]))
