"""What stood in classes and modules at some moment, and whether the very same stands there now."""

from __future__ import annotations

import builtins
import dis
from collections.abc import Callable, Iterable, Iterator
from functools import partialmethod
from itertools import pairwise
from types import CodeType, FunctionType, ModuleType
from typing import Any

__all__ = [
    "Namespace",
    "can_change",
    "codes_in",
    "does",
    "functions_in",
]

_HEAP, _FIXED = 1 << 9, 1 << 8  # flags of a class: made by code, not to be changed

# Python writes these by itself, when somebody asks for them or warns.
_OF_PYTHON = frozenset(
    {"__annotations__", "__abstractmethods__", "__warningregistry__", "__builtins__"}
)
# What says something about a class, or keeps the books of its kind, and does nothing.
_ABOUT = _OF_PYTHON | {
    "__doc__",
    "__module__",
    "__qualname__",
    "__dict__",
    "__weakref__",
    "__file__",
    "__path__",
    "__spec__",
    "__loader__",
    "__parameters__",
    "__orig_bases__",
    "__match_args__",
    "__slotnames__",
    "__dataclass_params__",
    "__dataclass_fields__",
    "_abc_impl",
    "_original__init__",
    "animation_overrides",
}
_BUILTINS = frozenset(vars(builtins))


class Namespace:
    """The objects in a class or module, by their names.

    Args:
        owner: the class or module.
        names: which of its names count; None: all.

    Attributes:
        values: what stood there, in the order of `names`.
        whole: whether no others may be added.
        changes: how often other objects were expected in it.
    """

    def __init__(self, owner: Any, names: Iterable[str] | None = None) -> None:
        self.owner, self.held = owner, vars(owner)
        self.whole = names is None
        self.names = [
            name for name in (self.held if names is None else names) if name not in _ABOUT
        ]
        self.values = [self.held[name] for name in self.names]
        self._first = list(self.values)
        self.changes = 0
        self._concerned: list[Callable[[], None]] = []
        self._places = {name: place for place, name in enumerate(self.names)}

    @property
    def home(self) -> str:
        """The name of the module that it is, or lies in."""
        owner = self.owner
        return str(owner.__name__ if isinstance(owner, ModuleType) else owner.__module__)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def found(self, name: str) -> Any:
        """What stood at a name."""
        return self.values[self._places[name]]

    def every(self, name: str) -> tuple[Any, Any]:
        """What stands at a name, and what stood there first: either may come to be called."""
        return self.found(name), self._first[self._places[name]]

    def expect(self, name: str, value: Any) -> None:
        """Another object belongs there from now on."""
        self.values[self._places[name]] = value
        self.changes += 1
        for tell in self._concerned:
            tell()

    def whenever_expecting(self, tell: Callable[[], None]) -> None:
        """Have it told when another object belongs somewhere."""
        self._concerned.append(tell)

    def differing(self, names: Iterable[str]) -> list[str]:
        """Which of these do not have their very objects, and which could be seen in addition."""
        changed = [name for name in names if self.held.get(name) is not self.found(name)]
        return changed + list(self.added()) if self.whole else changed

    def added(self) -> set[str]:
        """The names that came and could matter: of a module's, those of Python's own."""
        new = self.held.keys() - self._places.keys() - _ABOUT
        return set(new if isinstance(self.owner, type) else new & _BUILTINS)

    def keeps(self, name: str) -> bool:
        """Whether the class's own code writes there, such as what it made once and uses again."""
        if name.startswith("__"):
            return False
        homes = ("cls", getattr(self.owner, "__name__", None))
        codes = (code for one in functions_in(self.values) for code in codes_in(one.__code__))
        return any(
            holder.argval in homes and (step.opname, step.argval) == ("STORE_ATTR", name)
            for code in codes
            if name in code.co_names
            for holder, step in pairwise(dis.get_instructions(code))
        )

    def defaults(self) -> tuple[Any, ...] | None:
        """What Manim's `set_default` put into `__init__`; None if that was done in another way."""
        told, method = [], self.held.get("__init__")
        while type(method) is partialmethod or hasattr(method, "_partialmethod"):
            partial = method if type(method) is partialmethod else method._partialmethod
            told.append((partial.args, partial.keywords))
            method = partial.func
        original = self.held.get("_original__init__")
        return tuple(told) if method is self.found("__init__") or method is original else None


def functions_in(values: Iterable[Any]) -> Iterator[FunctionType]:
    """The functions among some values, also those within properties and decorators."""
    waiting, seen = list(values), set[FunctionType]()
    while waiting:
        value = waiting.pop()
        if isinstance(value, staticmethod | classmethod):
            value = value.__func__
        if isinstance(value, property):
            waiting += [value.fget, value.fset, value.fdel]
        elif type(value) is FunctionType and value not in seen:
            seen.add(value)
            yield value
            waiting += [_held_by(cell) for cell in value.__closure__ or ()]


def _held_by(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # nothing yet
        return None


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the functions that it makes."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def can_change(value: Any) -> bool:
    """Whether it is a module or class into which somebody can put another function."""
    if isinstance(value, type):
        return bool(value.__flags__ & _HEAP and not value.__flags__ & _FIXED)
    return type(value) is ModuleType


def does(value: Any) -> bool:
    """Whether something can be called, or asked."""
    return callable(value) or isinstance(value, property | staticmethod | classmethod | ModuleType)
