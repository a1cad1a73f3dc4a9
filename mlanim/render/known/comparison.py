"""Many objects compared at once with those that stood there, before each play."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_, itemgetter
from types import FunctionType
from typing import Any

from mlanim.render.known.dict_versions import versions_of
from mlanim.render.known.functions_heard import changed_functions
from mlanim.render.known.namespaces import Namespace, functions_in
from mlanim.render.known.within import Within

__all__ = ["Comparison"]


class _Part:
    """What stood at some names of a namespace, laid out to be compared at once."""

    def __init__(self, namespace: Namespace, names: Sequence[str]) -> None:
        self.namespace, self.names = namespace, names
        # of one name a getter gives the object itself, of two a tuple
        self._getter: Any = itemgetter(*names, names[0]) if names else None
        self._size = -1  # whether some have come before is not known yet
        self._look()

    def look_anew(self) -> bool:
        """Other objects may be expected by now; whether they are."""
        if self._as_of == self.namespace.changes:
            return False
        self._look()
        return True

    def _look(self) -> None:
        self._as_of = self.namespace.changes
        names = (*self.names, self.names[0]) if self.names else ()
        self._values = [self.namespace.found(name) for name in names]
        self.functions = set(functions_in(self._values))

    def differing(self) -> list[str]:
        """The names at which other objects stand now, or where some have come."""
        held = self.namespace.held
        if (not self.namespace.whole or len(held) == self._size) and self._holds_the_same():
            return []
        names = self.namespace.differing(self.names)
        if not names:  # but for books of Python's own, as after a first copy of an object
            self._size = len(held)
        return names

    def _holds_the_same(self) -> bool:
        try:
            return not self.names or all(map(is_, self._getter(self.namespace.held), self._values))
        except KeyError:
            return False


class Comparison:
    """Compares many objects with those that stood there, quickly as long as none has changed.

    Args:
        parts: namespaces with those of their names that count.
        within: what must not have changed within either.
    """

    def __init__(
        self, parts: Sequence[tuple[Namespace, Sequence[str]]], within: Within | None = None
    ) -> None:
        parts = [(space, names) for space, names in parts if names or space.whole]
        self._parts = [_Part(namespace, names) for namespace, names in parts]
        self._versions = versions_of([namespace.held for namespace, _ in parts])
        self._within = within or Within()
        self._same_as_of: list[int | None] = [None] * len(self._parts)
        self._is_outdated = True

    def outdate(self) -> None:
        """Other objects are expected somewhere: with those it compares from now on."""
        self._is_outdated = True

    def _look_anew(self) -> None:
        self._is_outdated = False
        for place, part in enumerate(self._parts):
            if part.look_anew():
                self._same_as_of[place] = None
        functions = (part.functions for part in self._parts)
        self._functions: set[FunctionType] = self._within.functions.union(*functions)

    def differing(self) -> list[tuple[Namespace, list[str]]] | None:
        """Where other objects stand now; None if something was changed within one of them."""
        if self._is_outdated:
            self._look_anew()
        if not self._within.same():
            return None
        if any(function in self._functions for function in changed_functions()):
            return None
        if self._versions is None:
            looked_at = [(part.namespace, part.differing()) for part in self._parts]
            return [(namespace, names) for namespace, names in looked_at if names]
        now = self._versions()
        if now == self._same_as_of:
            return []
        differing = []
        for place, (version, same) in enumerate(zip(now, self._same_as_of, strict=True)):
            if version == same:
                continue
            part = self._parts[place]
            if names := part.differing():
                differing.append((part.namespace, names))
            else:
                self._same_as_of[place] = version
        return differing
