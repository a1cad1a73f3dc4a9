"""What a mobject is, told at once: there are thousands, with twenty attributes each."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from enum import Enum
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
from manim import ManimColor, Mobject

from mlanim.render.known.dict_versions import version_of

__all__ = ["ToldMobjects"]

# Where a mobject comes from, in names that are another process's.
_WHENCE = frozenset({"original_id", "file_name", "path_obj", "id_to_vgroup_dict"})
_NUMBERS = np.dtype(float)
_WAYS = {
    **dict.fromkeys((float, int, bool, type(None), str, bytes, complex), "plain"),
    np.ndarray: "arrays",
    ManimColor: "colours",
    list: "lists",
}
_dtype, _shape, _name, _values = map(attrgetter, ("dtype", "shape", "_name_", "_internal_value"))

_Get = Callable[[dict[str, Any]], tuple[Any, ...]]


class ToldMobjects:
    """Tells what mobjects are, and keeps of those it met last what no longer has to be looked up.

    A mobject to which nothing was assigned since has the same plain attributes, and the same
    arrays and lists, whose content may be another. CPython counts the assignments; where it does
    not, everything is looked up each time.
    """

    def __init__(self) -> None:
        self._before: dict[int, _Known] = {}
        self._now: dict[int, _Known] = {}

    def begin(self) -> None:
        """Go through all once more: those that are met no more are forgotten."""
        self._before, self._now = self._now, {}

    def told(self, mobject: Mobject) -> tuple[list[bytes], list[Any]]:
        """What its plain attributes, arrays and colours are, and those others that have an inside.

        Each of them as bytes, and as things to be gone through.
        """
        held, place = vars(mobject), id(mobject)
        known = self._before.get(place)
        if known is None or not known.holds(held):
            known = _Known(mobject, held)
        if known.counted is not None:
            self._now[place] = known
        arrays = [*known.arrays, *map(_values, known.colours)]
        others = known.others
        if list(map(_dtype, arrays)).count(_NUMBERS) < len(arrays):
            others, arrays = (*others, *arrays), []
        sizes = [*map(_shape, arrays), *map(len, known.lists)]
        told = [known.about, marshal.dumps(sizes, 2), *[array.tobytes() for array in arrays]]
        return told, [*filter(None, known.lists), *others]


class _Known:
    """What a mobject holds, as long as nothing is assigned to it.

    Attributes:
        held: its attributes, which are somebody else's when it is gone.
        about: what is plain among them.
        count: of the assignments when it was looked up, as `counted` tells it.
    """

    __slots__ = ("about", "arrays", "colours", "count", "counted", "held", "lists", "others")

    def __init__(self, mobject: Mobject, held: dict[str, Any]) -> None:
        ours = type(mobject).__module__.startswith("mlanim.")
        plan = _plan(tuple(held), tuple(map(type, held.values())), ours)
        about = plan.plain(held), tuple(map(_name, plan.members(held)))
        self.about = marshal.dumps(about, 2)  # of this version: it depends on what is told alone
        self.arrays, self.colours = plan.arrays(held), plan.colours(held)
        self.lists, self.others = plan.lists(held), plan.others(held)
        self.held, self.counted = held, version_of(held)
        self.count = self.counted() if self.counted is not None else 0

    def holds(self, held: dict[str, Any]) -> bool:
        """Whether this is still what a mobject holds that holds these attributes."""
        return self.held is held and self.counted is not None and self.counted() == self.count


class _Plan:
    """A mobject's attributes by how they are told; what is in `others` has to be gone through.

    Each gives those of its kind, of what a mobject holds.
    """

    def __init__(self, ways: dict[str, list[str]]) -> None:
        self.plain, self.members, self.arrays, self.colours, self.lists, self.others = (
            _getter(ways.get(way, []))
            for way in ("plain", "members", "arrays", "colours", "lists", "others")
        )


def _getter(names: list[str]) -> _Get:
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda held: (held[names[0]],)) if names else (lambda held: ())


@cache
def _plan(names: tuple[str, ...], kinds: tuple[type, ...], ours: bool) -> _Plan:
    """Of those attributes that tell something, in an order of their own.

    What a noun of mlanim's own notes for itself is seen in what it shows.
    """
    ways: dict[str, list[str]] = {}
    for name, kind in sorted(zip(names, kinds, strict=True), key=itemgetter(0)):
        if name in _WHENCE or (ours and name[0] == "_"):
            continue
        way = _WAYS.get(kind, "members" if issubclass(kind, Enum) else "others")
        ways.setdefault(way, []).append(name)
    return _Plan(ways)
