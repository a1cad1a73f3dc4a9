"""Whether a namespace was written to since, as CPython itself counts it (PEP 509).

To fetch thousands of objects from the namespaces where they stand takes milliseconds, and in a
process that has forked it copies the memory that they lie in. A dict's version is one number in it,
another after each write and each deletion. Python 3.14 no longer keeps it.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from types import CellType, MappingProxyType, ModuleType
from typing import Any

__all__ = ["Held", "Version", "Versions", "held_in", "version_of", "versions_of"]

_PLACE = object.__basicsize__ + ctypes.sizeof(ctypes.c_ssize_t)  # after the number of items
_value = attrgetter("value")

Version = Callable[[], int]
Versions = Callable[[], list[int]]
Held = Callable[[], list[int | None]]


def versions_of(namespaces: Iterable[Mapping[str, Any]]) -> Versions | None:
    """What tells the versions of some namespaces by now; None where Python keeps none.

    Args:
        namespaces: what `vars` gives of modules and classes, which must stay for as long.

    >>> versions = versions_of([vars(gc)])
    >>> versions is None or versions() == versions()
    True
    """
    if not _ARE_KEPT:
        return None
    numbers = [_number_of(_dict_of(one)) for one in namespaces]
    return lambda: list(map(_value, numbers))


def version_of(held: dict[str, Any]) -> Version | None:
    """What tells the version of one namespace by now, as `versions_of` does.

    >>> version = version_of(vars(gc))
    >>> version is None or version() == version()
    True
    """
    return partial(_value, _number_of(held)) if _ARE_KEPT else None


def held_in(cells: Iterable[CellType]) -> Held | None:
    """What tells the identities of what closures hold by now, None for nothing, and touches none.

    None where they do not lie as in CPython.
    """
    if not _LIE_IN_CELLS:
        return None
    places = [_place_in(cell) for cell in cells]
    return lambda: list(map(_value, places))


def _number_of(namespace: Mapping[str, Any]) -> ctypes.c_uint64:
    return ctypes.c_uint64.from_address(id(namespace) + _PLACE)


def _place_in(cell: CellType) -> ctypes.c_void_p:
    return ctypes.c_void_p.from_address(id(cell) + object.__basicsize__)


def _dict_of(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """A class shows its own dict through another object."""
    if type(namespace) is MappingProxyType:
        dict_behind: Mapping[str, Any]
        (dict_behind,) = gc.get_referents(namespace)
        return dict_behind
    return namespace


def _are_kept() -> bool:
    """Whether each kind of write, and it alone, gives another number at that place."""
    module, kind = ModuleType("tried"), type("Tried", (), {"act": 1})
    for owner in (module, kind, kind()):
        owner.act = 1  # type: ignore[union-attr]
        number = _number_of(_dict_of(vars(owner)))
        seen = [number.value, number.value]
        vars(owner).get("act"), owner.act  # type: ignore[union-attr]
        seen.append(number.value)
        if len(set(seen)) > 1:
            return False
        for act in (
            lambda owner: setattr(owner, "act", 2),
            lambda owner: setattr(owner, "more", 3),
            lambda owner: delattr(owner, "more"),
            lambda owner: setattr(owner, "act", 1),
        ):
            act(owner)
            seen.append(number.value)
        if len(set(seen)) != 5:
            return False
    return True


def _lie_in_cells() -> bool:
    """Whether a cell has there what it holds."""
    first, second = object(), object()
    cell, seen = CellType(first), []
    for content in (first, second):
        cell.cell_contents = content
        seen.append(_place_in(cell).value)
    del cell.cell_contents
    return [*seen, _place_in(cell).value] == [id(first), id(second), None]


_ARE_KEPT = _are_kept()
_LIE_IN_CELLS = sys.implementation.name == "cpython" and _lie_in_cells()
