"""Pieces: a track cut where one element of an SVG could no longer draw it.

An element keeps its place among the others, its kind of paint and the number of its points. Where a
track changes one of these, another element takes over; all else about it can be animated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.publish.page.stills import PAINTS, SHAPES, row_at, rows_of

__all__ = ["Piece", "held", "pieces_of"]

_SIMPLE = 3  # paths of a shape, as a glyph has, at most; as in article/painter.js


@dataclass(frozen=True)
class Piece:
    """A track from a time to another, in thousandths of a second.

    Attributes:
        depth: how far in front it lies; place: its track's among all, where depths are equal.
        forms: rows (n, 6) of time, shape, x, y, width, height, between which all is linear.
        looks: rows of time, fill, its opacity, stroke, its opacity, width, perhaps of what is
            beneath; of an image, (1, 4) of time, the image, the one for the dark, its opacity.
        ends: the numbers of how its strokes end and turn.
    """

    start: float
    end: float
    depth: float
    place: int
    forms: NDArray
    looks: NDArray
    is_image: bool
    ends: tuple[int, int]


def pieces_of(
    told: Mapping[str, Any], shapes: Sequence[Sequence[Any]], length: float, place: int
) -> Iterator[Piece]:
    """The pieces of a track, as the reel tells it.

    Args:
        shapes: the reel's outlines.
        length: of the whole, which closes what is there to the end.
    """
    forms = rows_of(told["f"], 6)
    is_image = "i" in told
    if is_image:
        looks = np.array(told["i"]).reshape(-1, 4)
        cuts = looks[:, 0].tolist()  # images follow each other without a way between
    else:
        looks = rows_of(told["l"], 9 if "u" in told else 6)
        cuts = _paints_change(looks)
    turns = _points_change(forms, shapes)
    stands = {time for time, shape in turns.items() if not _is_simple(shapes[shape])}
    cuts += [*turns, *told["d"][::2]]
    depths = np.array(told["d"], float).reshape(-1, 2)
    turns = np.cumsum(told["t"]).tolist()
    for begin, end in zip(turns[::2], [*turns[1::2], length], strict=False):
        inner = sorted({cut for cut in cuts if begin < cut < end})
        for start, stop in pairwise([begin, *inner, end]):
            at = max(0, int(np.searchsorted(depths[:, 0], start, side="right")) - 1)
            yield Piece(
                start,
                stop,
                float(depths[at, 1]),
                place,
                _unbent(held(forms, start, stop, SHAPES), stop in stands),
                held(looks, start, stop, (1, 2, 3) if is_image else PAINTS),
                is_image,
                tuple(told.get("e", (0, 0))),
            )


def held(rows: NDArray, start: float, stop: float, kinds: Sequence[int] = ()) -> NDArray:
    """What holds from a time to another: the rows between, and one at either end.

    Args:
        kinds: columns that are numbers of something, which have no way between.

    >>> held(np.array([[0, 0], [10, 100], [30, 100]]), 5, 20)
    array([[  5.,  50.],
           [ 10., 100.],
           [ 20., 100.]])
    """
    inside = rows[(rows[:, 0] > start) & (rows[:, 0] < stop)].astype(float)
    first, last = row_at(rows, start, kinds), row_at(rows, stop, kinds, side="left")
    first[0], last[0] = start, stop
    return np.concatenate([first[np.newaxis], inside, last[np.newaxis]])


def _is_simple(shape: Sequence[Any]) -> bool:
    """Whether it glides on its way to another shape, as a digit does."""
    return len(shape) - 1 <= _SIMPLE and all(closed for closed, *_ in shape[1:])


def _unbent(rows: NDArray, stands: bool) -> NDArray:
    """Rows of forms; one that stands until another shape does is not stretched to its box."""
    if stands:
        rows[-1, 1:] = rows[-2, 1:]
    return rows


def _paints_change(looks: NDArray) -> list[float]:
    """When a gradient comes or goes: colours alone have a way between them."""
    paints = [column for column in PAINTS if column < looks.shape[1]]
    gradients = np.minimum(looks[:, paints], -1)
    changed = (gradients[1:] != gradients[:-1]).any(axis=1)
    told: list[float] = looks[1:, 0][changed].tolist()
    return told


def _points_change(forms: NDArray, shapes: Sequence[Sequence[Any]]) -> dict[float, int]:
    """When an outline cannot turn into the next, point by point; which it is until then."""
    numbers = forms[:, 1].astype(int).tolist()
    return {
        time: one
        for time, one, other in zip(forms[1:, 0].tolist(), numbers, numbers[1:], strict=False)
        if one != other and _points(shapes[one]) != _points(shapes[other])
    }


def _points(shape: Sequence[Any]) -> list[int]:
    points, *paths = shape
    return [points, *(number for closed, *away in paths for number in (closed, len(away)))]
