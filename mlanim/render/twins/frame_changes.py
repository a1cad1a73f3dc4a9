"""Where two frames differ, and where the next one may: rectangles and tiles of pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TILE = 16  # pixels


class Rectangle(NamedTuple):
    """A rectangle of pixels: its left upper corner and its size."""

    x: int
    y: int
    width: int
    height: int


def around_both(one: Rectangle, other: Rectangle) -> Rectangle:
    """The smallest rectangle that holds both.

    >>> around_both(Rectangle(0, 0, 2, 2), Rectangle(3, 1, 2, 2))
    Rectangle(x=0, y=0, width=5, height=3)
    """
    x, y = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Rectangle(x, y, right - x, bottom - y)


def changed_rectangle(previous: NDArray, current: NDArray) -> Rectangle | None:
    """The smallest rectangle outside of which two RGBA frames (height, width, 4) are the same.

    changed_rectangle(frame, frame)  ->  None
    """
    differ = _words(previous) != _words(current)
    rows = np.flatnonzero(differ.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(differ[top:bottom].any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return Rectangle(left, top, right - left, bottom - top)


def same_pixels(one: NDArray, other: NDArray) -> bool:
    """Whether two frames (height, width, 4) are equal; four bytes at a time, which is sooner."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    words, others = (np.ascontiguousarray(frame).view(np.uint32) for frame in (one, other))
    return bool(np.array_equal(words, others))


def _words(frame: NDArray) -> NDArray:
    """A frame (height, width, 4) of bytes as one number per pixel."""
    return np.ascontiguousarray(frame).view(np.uint32)[..., 0]


class Tiles:
    """A frame cut into squares of 16 pixels, some of which are marked.

    Boxes are integer arrays (n, 4) of left, top, right, bottom in tiles, the last two exclusive.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.columns, self.rows = -(-width // TILE), -(-height // TILE)
        self.marked = np.zeros((self.rows, self.columns), bool)

    def boxes(self, low: NDArray, high: NDArray) -> NDArray:
        """The tiles that rectangles between two corners (n, 2) in pixels may touch."""
        limit = (self.columns, self.rows)
        first = np.clip(np.floor(low / TILE), 0, limit)
        last = np.clip(np.floor(high / TILE) + 1, 0, limit)
        return np.concatenate([first, np.maximum(first, last)], axis=1).astype(np.intp)

    def mark(self, boxes: NDArray) -> None:
        """Mark all tiles of some boxes."""
        for left, top, right, bottom in boxes.tolist():
            self.marked[top:bottom, left:right] = True

    def share(self) -> float:
        """How much of the frame is marked, 0 to 1."""
        return np.count_nonzero(self.marked) / self.marked.size

    def counts(self, boxes: NDArray) -> NDArray:
        """How many marked tiles each box has."""
        sums = np.zeros((self.rows + 1, self.columns + 1), np.intp)
        np.cumsum(np.cumsum(self.marked, axis=0), axis=1, out=sums[1:, 1:])
        left, top, right, bottom = boxes.T
        return sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]

    def copy(self, source: NDArray, target: NDArray) -> None:
        """Copy the marked tiles of one frame (height, width, 4) into another."""
        source, target = source.view(np.uint32)[..., 0], target.view(np.uint32)[..., 0]
        for rows, columns in self._runs():
            target[rows, columns] = source[rows, columns]

    def _runs(self) -> Iterator[tuple[slice, slice]]:
        edges = np.diff(np.pad(self.marked, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        begins, ends = np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1).tolist()
        for (row, begin), (_, end) in zip(begins, ends, strict=True):
            yield slice(row * TILE, (row + 1) * TILE), slice(begin * TILE, end * TILE)

    def bounds(self) -> Rectangle | None:
        """The rectangle of pixels around all marked tiles."""
        rows, columns = (
            np.flatnonzero(self.marked.any(axis=1)),
            np.flatnonzero(self.marked.any(axis=0)),
        )
        if not len(rows):
            return None
        left, top = int(columns[0]) * TILE, int(rows[0]) * TILE
        right = min(self.width, (int(columns[-1]) + 1) * TILE)
        bottom = min(self.height, (int(rows[-1]) + 1) * TILE)
        return Rectangle(left, top, right - left, bottom - top)
