"""Many objects compared at once with those that stood there, before each play."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import call, is_, itemgetter
from types import FunctionType
from typing import Any

import numpy as np

from mlanim.render.known.functions_heard import changed_functions
from mlanim.render.known.namespaces import Namespace, functions_in

__all__ = ["Comparison"]


class _Part:
    """What stood at some names of a namespace, laid out to be compared at once."""

    def __init__(self, namespace: Namespace, names: Sequence[str]) -> None:
        self.namespace, self.names = namespace, names
        # of one name a getter gives the object itself, of two a tuple
        self.getter: Any = itemgetter(*names, names[0]) if names else None
        self._look()

    def look_anew(self) -> None:
        """Other objects may be expected by now."""
        if self._as_of != self.namespace.changes:
            self._look()

    def _look(self) -> None:
        self._as_of = self.namespace.changes
        names = (*self.names, self.names[0]) if self.names else ()
        self.values = [self.namespace.found(name) for name in names]
        self.functions = {id(one): one for one in functions_in(self.values)}
        self.contents = {
            id(value): value for value in self.values if type(value) in (np.ndarray, dict, list)
        }


class Comparison:
    """Compares many objects with those that stood there, quickly as long as none has changed.

    Args:
        parts: namespaces with those of their names that count.
    """

    def __init__(self, parts: Sequence[tuple[Namespace, Sequence[str]]]) -> None:
        self._parts = [_Part(namespace, names) for namespace, names in parts]
        self._is_outdated = True

    def outdate(self) -> None:
        """Other objects are expected somewhere: with those it compares from now on."""
        self._is_outdated = True

    def _look_anew(self) -> None:
        self._is_outdated = False
        named = [part for part in self._parts if part.names]
        for part in named:
            part.look_anew()
        self._getters = [part.getter for part in named]
        self._held = [part.namespace.held for part in named]
        self._values = list(chain.from_iterable([part.values for part in named]))
        self._whole = [p.namespace.held for p in self._parts if p.namespace.whole]
        self._sizes = list(map(len, self._whole))
        functions: dict[int, FunctionType] = {}
        contents: dict[int, Any] = {}
        for part in named:
            functions.update(part.functions)
            contents.update(part.contents)
        self._contents = [(value, _content(value)) for value in contents.values()]
        self._functions = functions

    def differing(self) -> list[tuple[Namespace, list[str]]] | None:
        """Where other objects stand now; None if something was changed within one of them."""
        if self._is_outdated:
            self._look_anew()
        if not all(_has_content(value, content) for value, content in self._contents):
            return None
        if any(id(function) in self._functions for function in changed_functions()):
            return None
        try:
            now = chain.from_iterable(map(call, self._getters, self._held))
            same = all(map(is_, now, self._values))
        except KeyError:
            same = False
        sizes = list(map(len, self._whole))
        if same and sizes == self._sizes:
            return []
        looked_at = ((p.namespace, p.namespace.differing(p.names)) for p in self._parts)
        differing = [(namespace, names) for namespace, names in looked_at if names]
        if not differing:  # but for books of Python's own, as after a first copy of an object
            self._sizes = sizes
        return differing


def _content(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        return value.tobytes()
    if kind is dict:
        return list(value), list(value.values())
    return list(value)


def _has_content(value: Any, content: Any) -> bool:
    if type(value) is np.ndarray:
        return bool(value.tobytes() == content)
    if type(value) is dict:
        keys, values = content
        return len(value) == len(keys) and all(map(is_, map(value.get, keys), values))
    return len(value) == len(content) and all(map(is_, value, content))
