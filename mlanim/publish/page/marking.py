"""Marking: which part of a drawn thing shows what of an array, which a page can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.plane_view import PlaneView
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["ALONG", "WHOLE", "marks_of", "row_mark"]

WHOLE = -1  # in place of an index: the thing shows all of its array
ALONG = -2  # it runs through the rows, a corner or a closed shape each; one shape is at the last
_PARTS = ("numbers", "cells", "bars", "arrows", "dots", "rows", "columns", "curves", "lines")
_DRAWN_AS = {"weights": "arrows", "losses": "curve"}


def row_mark(row: int) -> int:
    """In place of an index: the thing shows this row of its array.

    >>> row_mark(0), row_mark(2)
    (-3, -5)
    """
    return ALONG - 1 - row


def marks_of(
    chain: tuple[Mobject, ...], part: str, array: NDArray
) -> Iterator[tuple[Mobject, int]]:
    """The parts that stand for single numbers or rows, then the whole thing.

    A thing may tell as `drawn_parts` which of its parts shows what of an array that it draws: a
    list with one for each number, or for each row (None for what is not drawn), or any other list
    for those that show all of it. A mobject alone runs through its rows; of a pair of them the
    second stands where the last row does.
    """
    thing: Any = chain[-1]
    shown = getattr(thing, "drawn_parts", {}).get(part)
    if not part and isinstance(getattr(thing, "plane_view", None), PlaneView):
        shown = thing  # its points are the data
    if isinstance(shown, tuple):
        shown, head = shown
        yield head, ALONG
    if isinstance(shown, Mobject):
        yield shown, ALONG
    if isinstance(shown, list):
        yield from _told_parts(shown, array)
    elif array.size > 1 and not isinstance(thing, HeatImage):
        yield from _parts(thing, part, array)
    elif array.size == 1:
        yield from _single(thing, part)
    if array.size > 1:
        yield thing, WHOLE


def _told_parts(shown: list[Mobject | None], array: NDArray) -> Iterator[tuple[Mobject, int]]:
    for i, one in enumerate(shown):
        if one is not None:
            rows = row_mark(i) if len(shown) == len(array) else WHOLE
            yield one, i if len(shown) == array.size else rows


def _single(thing: Any, part: str) -> Iterator[tuple[Mobject, int]]:
    """A number of its own: the thing is it, or one of the thing's parts, by its name's place."""
    if not part:
        yield thing, 0
        return
    names = list(thing.drawn_data)
    groups = [members for name in _PARTS if (members := _members(getattr(thing, name, None)))]
    for members in groups:
        if len(members) == len(names):
            yield members[names.index(part)], 0
    if len(names) == 1:
        yield thing, 0


def _parts(thing: Any, part: str, array: NDArray) -> Iterator[tuple[Mobject, int]]:
    places: NDArray | None = None
    if isinstance(thing, TensorBox):
        shown = thing.shown_values.shape
        at = np.unravel_index(np.arange(int(np.prod(shown))), shown)
        places = np.ravel_multi_index(at, array.shape)
    names = (part.replace(" ", "_"), f"{part}s", _DRAWN_AS.get(part, "")) if part else _PARTS
    for name in names:
        group = getattr(thing, name, None) if name and name != "points" else None
        members = _members(group)
        if places is not None:
            count = len(places)
            if members and len(members) <= count:
                yield from zip(members, places.tolist(), strict=False)
        elif members and len(members) == array.size:
            yield from zip(members, range(array.size), strict=True)
        elif name in ("rows", "columns"):  # of which none is a single number
            continue
        elif members and array.ndim > 1 and len(members) == len(array):
            yield from ((member, row_mark(i)) for i, member in enumerate(members))


def _members(group: Any) -> list[Mobject]:
    if isinstance(group, Mobject):
        return list(group.submobjects)
    if isinstance(group, list | tuple) and all(isinstance(one, Mobject) for one in group):
        return list(group)
    return []
