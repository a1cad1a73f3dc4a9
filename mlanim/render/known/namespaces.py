"""What stood in classes and modules at some moment, and whether the very same stands there now."""

from __future__ import annotations

import builtins
import dis
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partialmethod
from itertools import chain
from operator import attrgetter, call, is_, itemgetter
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

__all__ = [
    "Comparison",
    "Namespace",
    "can_change",
    "codes_in",
    "does",
    "functions_in",
    "globals_written",
    "names_reached",
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
_WRITES = dis.opmap["STORE_GLOBAL"]
_BUILTINS = frozenset(vars(builtins))
_inside = attrgetter("__code__", "__defaults__", "__kwdefaults__")


class Namespace:
    """The objects in a class or module, by their names.

    Args:
        owner: the class or module.
        names: which of its names count; None: all.

    Attributes:
        values: what stood there, in the order of `names`.
        whole: whether no others may be added.
    """

    def __init__(self, owner: Any, names: Iterable[str] | None = None) -> None:
        self.owner, self.held = owner, vars(owner)
        self.whole = names is None
        self.names = [
            name for name in (self.held if names is None else names) if name not in _ABOUT
        ]
        self.values = [self.held[name] for name in self.names]
        self._first = list(self.values)
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

    def defaults(self) -> tuple[Any, ...] | None:
        """What Manim's `set_default` put into `__init__`; None if that was done in another way."""
        told, method = [], self.held.get("__init__")
        while type(method) is partialmethod or hasattr(method, "_partialmethod"):
            partial = method if type(method) is partialmethod else method._partialmethod
            told.append((partial.args, partial.keywords))
            method = partial.func
        original = self.held.get("_original__init__")
        return tuple(told) if method is self.found("__init__") or method is original else None


class Comparison:
    """Compares many objects with those that stood there, quickly as long as none has changed.

    Args:
        parts: namespaces with those of their names that count.
    """

    def __init__(self, parts: Sequence[tuple[Namespace, Sequence[str]]]) -> None:
        self._parts = parts
        named = [(namespace, names) for namespace, names in parts if names]
        # of one name a getter gives the object itself, of two a tuple
        self._getters = [itemgetter(*names, names[0]) for _, names in named]
        self._held = [namespace.held for namespace, _ in named]
        values = [[n.found(name) for name in (*names, names[0])] for n, names in named]
        self._values = list(chain.from_iterable(values))
        self._whole = [namespace.held for namespace, _ in parts if namespace.whole]
        self._sizes = list(map(len, self._whole))
        contents = {id(value): (value, _content(value)) for value in self._values}
        self._contents = [pair for pair in contents.values() if pair[1] is not None]
        self._functions = list({id(f): f for f in functions_in(self._values)}.values())
        self._codes = list(chain.from_iterable(map(_inside, self._functions)))

    def differing(self) -> list[tuple[Namespace, list[str]]] | None:
        """Where other objects stand now; None if something was changed within one of them."""
        if not all(_has_content(value, content) for value, content in self._contents):
            return None
        if not all(map(is_, chain.from_iterable(map(_inside, self._functions)), self._codes)):
            return None
        try:
            now = chain.from_iterable(map(call, self._getters, self._held))
            same = all(map(is_, now, self._values))
        except KeyError:
            same = False
        if same and list(map(len, self._whole)) == self._sizes:
            return []
        differing = ((namespace, namespace.differing(names)) for namespace, names in self._parts)
        return [(namespace, names) for namespace, names in differing if names]


def _content(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        return value.tobytes()
    if kind is dict:
        return list(value), list(value.values())
    if kind is list:
        return list(value)
    return None


def _has_content(value: Any, content: Any) -> bool:
    if type(value) is np.ndarray:
        return bool(value.tobytes() == content)
    if type(value) is dict:
        keys, values = content
        return len(value) == len(keys) and all(map(is_, map(value.get, keys), values))
    return len(value) == len(content) and all(map(is_, value, content))


def functions_in(values: Iterable[Any]) -> Iterator[FunctionType]:
    """The functions among some values, also those within properties and decorators."""
    waiting, seen = list(values), set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, staticmethod | classmethod):
            value = value.__func__
        if isinstance(value, property):
            waiting += [value.fget, value.fset, value.fdel]
        elif type(value) is FunctionType and id(value) not in seen:
            seen.add(id(value))
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


def globals_written(code: CodeType) -> set[str]:
    """The globals that code itself writes, such as what it remembers of its last answers."""
    if _WRITES not in code.co_code[::2]:
        return set()
    steps = dis.get_instructions(code)
    return {step.argval for step in steps if step.opname == "STORE_GLOBAL"}


def can_change(value: Any) -> bool:
    """Whether it is a module or class into which somebody can put another function."""
    if isinstance(value, type):
        return bool(value.__flags__ & _HEAP and not value.__flags__ & _FIXED)
    return type(value) is ModuleType


def does(value: Any) -> bool:
    """Whether something can be called, or asked."""
    return callable(value) or isinstance(value, property | staticmethod | classmethod | ModuleType)


def names_reached(
    start: Iterable[str], parts: Iterable[tuple[Namespace, Sequence[str]]]
) -> frozenset[str]:
    """The names that code mentions which stands at some names, that at those, and so on."""
    by_name: dict[str, list[Any]] = {}
    for namespace, names in parts:
        for name in names:
            by_name.setdefault(name, []).extend(namespace.every(name))
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            for function in functions_in(by_name.get(name, ())):
                for code in codes_in(function.__code__):
                    waiting += code.co_names
    return frozenset(reached)
