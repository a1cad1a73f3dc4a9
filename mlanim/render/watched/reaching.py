"""Going through things and all that can be reached from them, to one digest.

The order follows from the things alone, and so does what is told of each: the same in every process
in which they are the same. The digest is Python's own hash, which takes a quarter of the time of a
cryptographic one and is keyed: only processes that were forked from one another can compare it.
"""

from __future__ import annotations

import marshal
import random
import struct
import sys
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache, partial
from itertools import chain
from types import (
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
)
from typing import Any

import numpy as np
from manim import Animation, Camera, ManimColor, Mobject, Scene
from manim.renderer.cairo_renderer import CairoRenderer

from mlanim.render.watched.readers_module import STDLIB, is_readers_module
from mlanim.render.watched.told_mobject import ToldMobjects

__all__ = ["Walk", "variables_of"]

_MOST = 400_000  # things that are looked at; what lies behind them is left out on both sides
_OUTLINES = "svgelements"  # of which mobjects were made, and which no picture shows
_TOLD = frozenset({"datetime", "decimal", "fractions", "pathlib", "uuid", "ipaddress"})


def variables_of(frame: FrameType) -> dict[str, Any]:
    """The local variables of running code, by name.

    Python gives them in an order that depends on when it was asked for them before.
    """
    return dict(sorted(frame.f_locals.items()))


class Walk:
    """Goes through things in an order that follows from them alone.

    Args:
        mobjects: tells those that are met, and may know them from the walk before.
    """

    def __init__(self, mobjects: ToldMobjects | None = None) -> None:
        self._mobjects = mobjects or ToldMobjects()
        self._mobjects.begin()
        self._digest = 0
        self._told: list[bytes] = []
        self._places: dict[int, int] = {}  # of what was met, by id
        self._kept: list[Any] = []  # so that no id is given away meanwhile
        self._looked = 0

    def take(self, thing: Any) -> None:
        """Go through a thing and all that can be reached from it."""
        told, pending = self._told, [thing]
        while pending and self._looked < _MOST:
            self._looked += 1
            one = pending.pop()
            kind = type(one)
            plain = _PLAIN.get(kind)
            if plain is not None:
                told.append(plain(one))
            elif not self._met(one):
                if kind in _HOLDERS and _holds_plain(one):
                    told.append(marshal.dumps(one, 2))  # of this version by value alone
                elif inside := self._inside(one, kind):
                    pending += inside[::-1]
        self._digest = hash((self._digest, b"".join(told)))
        told.clear()

    def digest(self) -> str:
        """Of all that was taken in."""
        return f"{self._digest:x}"

    def _met(self, thing: Any) -> bool:
        place = self._places.setdefault(id(thing), len(self._places))
        if place < len(self._places) - 1:
            self._told.append(b"@%d" % place)
            return True
        self._kept.append(thing)
        return False

    def _inside(self, thing: Any, kind: type) -> Sequence[Any]:
        """Tell what a thing is, and give what it consists of."""
        told = self._told
        if kind is np.ndarray and thing.dtype is _NUMBERS:
            told.append(b"a%r" % (thing.shape,) + thing.tobytes())
            return ()
        told.append(_heading(kind))
        if isinstance(thing, Mobject):
            at_once, rest = self._mobjects.told(thing)
            told += at_once
            return rest
        for base, parts in _PARTS:
            if isinstance(thing, base):
                return parts(thing)
        return _of_object(thing, kind)


@cache
def _heading(kind: type) -> bytes:
    return f"<{kind.__module__}.{kind.__qualname__}".encode()


def _holds_plain(holder: Any) -> bool:
    """Whether a list, tuple or dictionary is a table: plain things alone, or rows of them."""
    values = holder
    if type(holder) is dict:
        if not _TOLD_AT_ONCE.issuperset(map(type, holder)):
            return False
        values = holder.values()
    others = set(map(type, values)) - _TOLD_AT_ONCE
    if not others <= _ROWS:
        return False
    rows = (row for row in values if type(row) in _ROWS)
    return not others or _TOLD_AT_ONCE.issuperset(map(type, chain.from_iterable(rows)))


def _of_array(array: np.ndarray) -> list[Any]:
    if array.dtype.hasobject:
        return [array.shape, *array.ravel().tolist()]
    return [array.shape, array.dtype.str, array.tobytes()]


def _of_mapping(mapping: dict) -> list[Any]:
    return [len(mapping), *(part for pair in mapping.items() for part in pair), *_own(mapping)]


def _of_sequence(sequence: Any) -> list[Any]:
    return [len(sequence), *sequence, *_own(sequence)]


def _of_set(things: Any) -> list[Any]:
    """Sets have no order; of what is no number or text, only the kinds are told."""
    plain = (str, int, float, bytes)
    told = [repr(one) if isinstance(one, plain) else type(one).__qualname__ for one in things]
    return [*sorted(told), *_own(things)]


def _of_function(function: Any) -> list[Any]:
    cells = [_content(cell) for cell in function.__closure__ or ()]
    code = function.__code__
    return [
        function.__module__,
        code.co_qualname,
        code.co_firstlineno,
        cells,
        function.__defaults__,
        function.__kwdefaults__,
        dict(vars(function)),
    ]


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # nothing yet
        return None


def _of_generator(generator: Any) -> list[Any]:
    frame = generator.gi_frame
    return [] if frame is None else [frame.f_lasti, variables_of(frame)]


def _of_class(kind: type) -> list[Any]:
    """Of the reader's own class all that it holds; of others their name."""
    names: list[Any] = [kind.__module__, kind.__qualname__]
    module = sys.modules.get(kind.__module__)
    if not is_readers_module(kind.__module__, getattr(module, "__file__", None)):
        return names
    held = {k: v for k, v in vars(kind).items() if not k.startswith(("__", "_abc_"))}
    return [*names, held]


def _of_object(thing: Any, kind: type) -> list[Any]:
    """Of the reader's objects and of libraries' what they hold."""
    top = kind.__module__.partition(".")[0]
    if top in _TOLD:
        return [repr(thing)]
    if top == "itertools" or kind.__name__.endswith("iterator"):
        return _of_iterator(thing)
    if top in (*STDLIB, _OUTLINES) or kind.__module__.startswith("mlanim.render"):
        return []
    return _own(thing)


def _own(thing: Any) -> list[Any]:
    """The attributes of a thing, in slots too."""
    slots = [name for base in type(thing).__mro__ for name in _slots(base)]
    own: list[Any] = [getattr(thing, name, None) for name in slots]
    try:
        held = object.__getattribute__(thing, "__dict__")
    except AttributeError:
        return own
    return [*own, dict(held)]


@cache
def _slots(base: type) -> tuple[str, ...]:
    slots = vars(base).get("__slots__", ())
    names = (slots,) if isinstance(slots, str) else tuple(slots)
    return tuple(name for name in names if name not in ("__dict__", "__weakref__"))


def _of_iterator(iterator: Any) -> list[Any]:
    """Of those that can say how far they are."""
    try:
        made: Any = iterator.__reduce__()
    except (TypeError, ValueError, AttributeError, RuntimeError):
        return []
    return list(made[1:]) if isinstance(made, tuple) else []


def _of_random(generator: Any) -> list[Any]:
    bits = getattr(generator, "bit_generator", generator)
    return [bits.state]


def _of_enum(member: Enum) -> list[Any]:
    return [member.name]


def _nothing(thing: Any) -> list[Any]:
    return []


def _of_scalar(number: Any) -> list[Any]:
    return [number.dtype.str, number.tobytes()]


def _of_colour(colour: Any) -> list[Any]:
    return [colour._internal_value.tobytes()]


_NUMBERS = np.dtype(float)
# How plain things are told, by their very kind.
_PLAIN: dict[type, Callable[[Any], bytes]] = {
    float: lambda x: b"f" + struct.pack("<d", x),
    int: lambda x: b"i" + hex(x).encode(),
    bool: lambda x: b"b1" if x else b"b0",
    type(None): lambda x: b"n",
    str: lambda x: b"s%d:" % len(x) + x.encode("utf-8", "surrogatepass"),
    bytes: lambda x: b"y%d:" % len(x) + x,
    complex: lambda x: b"c" + struct.pack("<dd", x.real, x.imag),
    type(...): lambda x: b".",
    range: lambda x: repr(x).encode(),
}
_ROWS = frozenset({list, tuple})
_HOLDERS = _ROWS | {dict}
_TOLD_AT_ONCE = frozenset({float, int, bool, type(None), str, bytes, complex})
# What things consist of, by what they are; the first one that fits.
_PARTS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (np.ndarray, _of_array),
    (ManimColor, _of_colour),
    (np.generic, _of_scalar),
    (Enum, _of_enum),
    ((Scene, Camera, CairoRenderer, Animation, CodeType), _nothing),
    (dict, _of_mapping),
    ((list, tuple, deque), _of_sequence),
    ((set, frozenset), _of_set),
    (FunctionType, _of_function),
    (MethodType, lambda method: [method.__func__, method.__self__]),
    (partial, lambda made: [made.func, made.args, made.keywords]),
    (BuiltinFunctionType, lambda function: [function.__qualname__]),
    (GeneratorType, _of_generator),
    (ModuleType, lambda module: [module.__name__]),
    (type, _of_class),
    (property, lambda one: [one.fget, one.fset]),
    ((staticmethod, classmethod), lambda one: [one.__func__]),
    (weakref.ref, lambda reference: [reference()]),
    ((np.random.Generator, np.random.BitGenerator), _of_random),
    (np.random.RandomState, lambda generator: list(generator.get_state())),
    (random.Random, lambda generator: [generator.getstate()]),
)
