"""A digit drawn with a pen, as a camera sees it, and how it becomes what a network reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError

__all__ = ["PAGE", "STROKES", "Prepared", "begun", "prepare", "rastered"]

PAGE = 96  # pixels of the camera's picture, on each side
_BITMAP, _BLOCK = 32, 4  # pixels, as the digits of scikit-learn were scanned
_SPARE = 0.04  # of the cut, on each side

#: A three, from above to below: points (x to the right, y downwards) of a page of side 1.
STROKES: tuple[tuple[tuple[float, float], ...], ...] = (
    (
        (0.30, 0.27),
        (0.36, 0.20),
        (0.45, 0.165),
        (0.55, 0.17),
        (0.63, 0.21),
        (0.66, 0.28),
        (0.64, 0.35),
        (0.57, 0.41),
        (0.46, 0.44),
        (0.57, 0.455),
        (0.66, 0.51),
        (0.69, 0.60),
        (0.66, 0.69),
        (0.58, 0.75),
        (0.47, 0.77),
        (0.36, 0.745),
        (0.28, 0.68),
    ),
)
_PEN = 0.042  # its radius


@dataclass(frozen=True)
class Prepared:
    """page: what the camera sees (PAGE, PAGE), 0 to 1. box: (top, left, side) of what is cut out.

    bitmap: (32, 32) of 0 and 1. counts: (8, 8), inked pixels in each block of 4 by 4, 0 to 16.
    inputs: (64,), the counts divided by 16.
    """

    page: NDArray
    box: tuple[float, float, float]
    bitmap: NDArray
    counts: NDArray
    inputs: NDArray


def rastered(strokes: Sequence[ArrayLike], size: int = PAGE, pen: float = _PEN) -> NDArray:
    """Ink (size, size) from 0 to 1: strokes are polylines of points on a page of side 1.

    >>> round(float(rastered([[(0.5, 0.2), (0.5, 0.8)]], size=10)[5, 5]), 2)
    0.42
    """
    middles = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(middles, middles)
    nearest = np.full(x.shape, np.inf)
    for stroke in strokes:
        points = np.asarray(stroke, float)
        for start, end in pairwise(points):
            along = end - start
            square = float(along @ along) or 1.0  # a point is a stroke too
            share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / square
            share = np.clip(share, 0, 1)
            away = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])
            nearest = np.minimum(nearest, away)
    return np.clip(0.5 + (pen - nearest) * size, 0, 1)


def begun(strokes: Sequence[Sequence[tuple[float, float]]], share: float) -> list[NDArray]:
    """The strokes as far as the pen has come: a share of their length, from 0 to 1.

    >>> begun([[(0.0, 0.0), (1.0, 0.0)]], 0.25)[0].tolist()
    [[0.0, 0.0], [0.25, 0.0]]
    """
    lines = [np.asarray(stroke, float) for stroke in strokes]
    lengths = [np.hypot(*np.diff(line, axis=0).T) for line in lines]
    left = share * sum(length.sum() for length in lengths)
    drawn = []
    for line, length in zip(lines, lengths, strict=True):
        if left <= 0:
            break
        along = np.concatenate([[0.0], np.cumsum(length)])
        end = min(left, float(along[-1]))
        tip = [np.interp(end, along, line[:, axis]) for axis in (0, 1)]
        drawn.append(np.vstack([line[along < end], tip]))
        left -= float(along[-1])
    return drawn


def prepare(page: NDArray) -> Prepared:
    """Cut the ink out, scale it to 32 x 32 bits, count them in blocks, divide by 16.

    That is how the digits of scikit-learn were made of their scans (its `load_digits`).

    >>> prepare(rastered(STROKES)).counts.shape
    (8, 8)
    """
    inked = page > 0.5
    if not inked.any():
        raise UsageError("nothing is drawn on the page", "draw a digit")
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    high, wide = rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]
    side = max(high, wide) * (1 + 2 * _SPARE)
    top, left = (rows[0] + high / 2) - side / 2, (columns[0] + wide / 2) - side / 2
    steps = (np.arange(_BITMAP) + 0.5) / _BITMAP * side
    y, x = np.floor(top + steps).astype(int), np.floor(left + steps).astype(int)
    framed = np.zeros((_BITMAP, _BITMAP), bool)
    down, across = (y >= 0) & (y < len(page)), (x >= 0) & (x < len(page))
    framed[np.ix_(down, across)] = inked[np.ix_(y[down], x[across])]
    bitmap = framed.astype(float)
    blocks = bitmap.reshape(_BITMAP // _BLOCK, _BLOCK, _BITMAP // _BLOCK, _BLOCK)
    counts = blocks.sum(axis=(1, 3))
    return Prepared(page, (top, left, side), bitmap, counts, counts.ravel() / _BLOCK**2)
