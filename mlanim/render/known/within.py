"""What can be changed within things without putting another object in their place.

Of such a change Python tells nobody: an element of a list, a function's named default, what a
closure holds, an attribute of a colour.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import partial
from types import CellType, FunctionType
from typing import Any

import numpy as np

from mlanim.render.known.dict_versions import Held, Versions, held_in, versions_of
from mlanim.render.known.namespaces import functions_in

__all__ = ["Within"]

_AROUND_FUNCTIONS = (property, staticmethod, classmethod)
_NOTHING_WITHIN = (type, type(None), bool, int, float, str)  # most of what there is
_LISTS = (list, deque, set)
_ROWS = (*_LISTS, tuple, frozenset)  # what has elements
# Whose objects are looked into; what the engine holds is its own business, and so are settings.
_OURS = ("manim.", "mlanim.")
_NOT_LOOKED_INTO = ("mlanim.render.", "manim._config.")
_ITS_CLASS = "__class__"  # what super() looks up


class Within:
    """The contents of all that can be changed within, of what some values hold at any depth.

    Attributes:
        functions: those that were come upon.
    """

    def __init__(self) -> None:
        self.functions: set[FunctionType] = set()
        self._seen: dict[int, Any] = {}
        self._tables: list[dict[Any, Any]] = []
        self._rows: list[tuple[list[Any], list[Any]]] = []
        self._contents: list[tuple[Any, Any]] = []
        self._cells: list[tuple[CellType, list[Any]]] = []
        self._held: tuple[Held, list[int | None]] | None = None
        self._versions: Versions | None = None
        self._same_as_of: list[int] | None = None

    def take(self, values: Iterable[Any]) -> None:
        """Remember what these are now: functions, tables, lists, arrays, colours and the like."""
        for thing in self._changeable(values):
            if type(thing) is dict:
                self._tables.append(thing)
                self._rows.append((list(thing), list(thing.values())))
            elif type(thing) is CellType:
                self._cells.append((thing, _content(thing)))
            else:
                self._contents.append((thing, _content(thing)))
        self._versions = self._same_as_of = self._held = None

    def same(self) -> bool:
        """Whether the very objects are still there."""
        return (
            self._tables_same()
            and self._cells_same()
            and all(_has_content(thing, content) for thing, content in self._contents)
        )

    def _tables_same(self) -> bool:
        self._versions = self._versions or versions_of(self._tables)
        now = self._versions() if self._versions else None
        if now is not None and now == self._same_as_of:
            return True
        for table, (keys, values) in zip(self._tables, self._rows, strict=True):
            if len(table) != len(keys) or not _are(map(table.get, keys), values):
                return False
        self._same_as_of = now
        return True

    def _cells_same(self) -> bool:
        if self._held is None and (held := held_in([cell for cell, _ in self._cells])):
            self._held = held, [id(content[0]) if content else None for _, content in self._cells]
        if self._held is not None:
            return self._held[0]() == self._held[1]
        return all(_has_content(cell, content) for cell, content in self._cells)

    def _changeable(self, values: Iterable[Any]) -> Iterator[Any]:
        waiting = list(values)
        while waiting:
            thing = waiting.pop()
            kind = type(thing)
            if kind in _NOTHING_WITHIN:
                continue
            if kind is FunctionType:
                if thing not in self.functions:
                    self.functions.add(thing)
                    waiting += [thing.__kwdefaults__, *(thing.__defaults__ or ()), *_cells(thing)]
                continue
            if id(thing) in self._seen:
                continue
            self._seen[id(thing)] = thing
            if kind in _AROUND_FUNCTIONS:
                waiting += functions_in([thing])
            elif kind is partial:
                waiting += [thing.func, thing.args, thing.keywords]
            elif kind is dict:
                yield thing
                waiting += thing.values()
            elif kind in _ROWS:
                if kind in _LISTS:
                    yield thing
                waiting += thing
            elif kind is CellType:
                yield thing
                waiting += _content(thing)
            elif kind is np.ndarray:
                yield thing
            elif _is_looked_into(thing):
                waiting.append(vars(thing))


def _cells(function: FunctionType) -> list[Any]:
    if function.__closure__ is None:
        return []
    cells = zip(function.__code__.co_freevars, function.__closure__, strict=True)
    return [cell for name, cell in cells if name != _ITS_CLASS]


def _is_looked_into(thing: Any) -> bool:
    module = type(thing).__module__
    return (
        module.startswith(_OURS)
        and not module.startswith(_NOT_LOOKED_INTO)
        and not isinstance(thing, type | Enum)
        and hasattr(thing, "__dict__")
    )


def _content(thing: Any) -> Any:
    if type(thing) is np.ndarray:
        return thing.tobytes()
    if type(thing) is CellType:
        try:
            return [thing.cell_contents]
        except ValueError:  # nothing yet
            return []
    return list(thing)


def _has_content(thing: Any, content: Any) -> bool:
    now = _content(thing)
    if type(thing) is np.ndarray:
        return bool(now == content)
    return len(now) == len(content) and _are(now, content)


def _are(some: Iterable[Any], others: Iterable[Any]) -> bool:
    return all(one is other for one, other in zip(some, others, strict=True))
