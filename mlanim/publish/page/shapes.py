"""Shapes: outlines without their place and size, each kept once.

A mobject's points are told relative to the box around them, in whole steps of a fine grid. A glyph
is then the same shape wherever and however large it stands, and so is every rectangle.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRID", "Box", "ShapeTable", "outline"]

GRID = 8192  # steps from a box's middle to its side
_FLAT = 1e-7  # units: a box that is no wider is a line
_STRAIGHT = 3.0  # steps by which a straight curve's handles may lie beside it

Box = tuple[float, float, float, float]  # its middle, its width and its height


class ShapeTable:
    """Outlines by content.

    >>> table = ShapeTable()
    >>> square = np.array([[0, 0], [1, 0], [2, 0], [3, 0.0]])
    >>> table.place(square), table.place(square * 2 + 1)
    ((0, (1.5, 0.0, 3.0, 0.0)), (0, (4.0, 1.0, 6.0, 0.0)))
    """

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}
        self.outlines: list[list[Any]] = []

    def place(self, points: NDArray) -> tuple[int, Box]:
        """The number of the shape that cubic curves (4 n, 2 or more) draw, and the box it fills.

        A path that has only begun has points, but no curve: it draws nothing, where it begins.

        >>> ShapeTable().place(np.array([[1.0, 2.0, 0.0]]))
        (0, (1.0, 2.0, 0.0, 0.0))
        """
        flat = points[: len(points) // 4 * 4, :2]
        if not len(flat):
            x, y = points[0, :2].tolist()
            return self._number(flat.astype(np.int16)), (x, y, 0.0, 0.0)
        low, high = flat.min(axis=0), flat.max(axis=0)
        middle, size = (low + high) / 2, high - low
        half = np.where(size > _FLAT, size / 2, 1.0)
        steps = np.rint((flat - middle) / half * GRID).astype(np.int16)
        steps[:, size <= _FLAT] = 0
        x, y = middle.tolist()
        width, height = size.tolist()
        return self._number(steps), (x, y, width, height)

    def _number(self, steps: NDArray) -> int:
        key = steps.tobytes()
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.outlines)
            self.outlines.append(outline(steps))
        return number


def outline(steps: NDArray) -> list[Any]:
    """Curves (4 n, 2) as a page tells them: the points of a curve (3) or line (1), then sub-paths.

    Each sub-path begins with 1 if it is closed, else 0; then come its points, x and y in turn, each
    as its distance from the one before.

    >>> line = np.array([[-8192, 0], [-2731, 0], [2731, 0], [8192, 0]])
    >>> outline(line)
    [1, [0, -8192, 0, 16384, 0]]
    """
    curves = steps.reshape(-1, 4, 2).astype(int)
    points = 1 if _is_straight(curves) else 3
    starts = np.flatnonzero((curves[1:, 0] != curves[:-1, 3]).any(axis=1)) + 1
    told: list[Any] = [points]
    for run in np.split(curves, starts) if len(curves) else ():
        kept = run[:, 3:] if points == 1 else run[:, 1:]
        path = np.concatenate([run[0, :1], kept.reshape(-1, 2)])
        closed = int((path[0] == path[-1]).all())
        away = np.diff(path, axis=0, prepend=np.zeros((1, 2), int))
        told.append([closed, *away.ravel().tolist()])
    return told


def _is_straight(curves: NDArray) -> bool:
    """Whether all handles lie on the lines between their curve's ends."""
    along = (curves[:, 3] - curves[:, 0]).astype(float)
    length = np.hypot(*along.T)[:, np.newaxis]
    for handle in (curves[:, 1], curves[:, 2]):
        away = (handle - curves[:, 0]).astype(float)
        beside = np.abs(away[:, :1] * along[:, 1:] - away[:, 1:] * along[:, :1])
        onward = (away * along).sum(axis=1, keepdims=True)
        if (beside > _STRAIGHT * np.maximum(length, 1)).any():
            return False
        if (onward < -_STRAIGHT * length).any() or (onward > length * (length + _STRAIGHT)).any():
            return False
    return True
