"""What a mobject is, told at once: there are thousands, with twenty attributes each."""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any

import numpy as np
from manim import ManimColor, Mobject

__all__ = ["told_of_mobject"]

# Where a mobject comes from, in names that are another process's.
_WHENCE = frozenset({"original_id", "file_name", "path_obj", "id_to_vgroup_dict"})
_NUMBERS = np.dtype(float)
_WAYS = {
    **dict.fromkeys((float, int, bool, type(None), str, bytes, complex), "plain"),
    np.ndarray: "arrays",
    ManimColor: "colours",
    list: "lists",
}


def told_of_mobject(mobject: Mobject) -> tuple[list[bytes], list[Any]]:
    """What its plain attributes, arrays and colours are, and those others that have an inside."""
    held = vars(mobject)
    ours = type(mobject).__module__.startswith("mlanim.")
    plan = _plan(tuple(held), tuple(map(type, held.values())), ours)
    arrays = [held[name] for name in plan.arrays]
    arrays += [held[name]._internal_value for name in plan.colours]
    lists = [held[name] for name in plan.lists]
    others = [held[name] for name in plan.others]
    if not all(array.dtype is _NUMBERS for array in arrays):
        others, arrays = others + arrays, []
    about: list[Any] = [held[name] for name in plan.plain]
    about.append([held[name].name for name in plan.members])
    about.append([[array.shape for array in arrays], list(map(len, lists))])
    told = [marshal.dumps(about, 2)]  # of this version: it depends on what is told alone
    return told + [array.tobytes() for array in arrays], [*filter(None, lists), *others]


@dataclass(frozen=True)
class _Plan:
    """A mobject's attributes by how they are told; what is in `others` has to be gone through."""

    plain: tuple[str, ...]
    members: tuple[str, ...]  # of enumerations
    arrays: tuple[str, ...]
    colours: tuple[str, ...]
    lists: tuple[str, ...]
    others: tuple[str, ...]


@cache
def _plan(names: tuple[str, ...], kinds: tuple[type, ...], ours: bool) -> _Plan:
    """Of those attributes that tell something, in an order of their own.

    What a noun of mlanim's own notes for itself is seen in what it shows.
    """
    ways: dict[str, list[str]] = {way: [] for way in _Plan.__dataclass_fields__}
    for name, kind in sorted(zip(names, kinds, strict=True), key=itemgetter(0)):
        if name in _WHENCE or (ours and name[0] == "_"):
            continue
        ways[_WAYS.get(kind, "members" if issubclass(kind, Enum) else "others")].append(name)
    return _Plan(**{way: tuple(found) for way, found in ways.items()})
