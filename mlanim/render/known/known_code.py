"""What is known of the code behind mobjects and animations: that it is Manim's or mlanim's own.

A class of the reader's may add to Manim's whatever no code of Manim's ever asks for; what it puts
in the place of something there, and what Manim could come upon, nobody knows.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Sequence
from functools import cache, partial
from types import FunctionType, MethodType
from typing import Any

from manim import Animation, Mobject, Square, VMobject

from mlanim.render.known.as_imported import (
    drawing_names,
    is_watched_class,
    is_watched_function,
    mentioned_names,
)
from mlanim.render.known.proven import proven

__all__ = ["is_drawn_plainly", "is_known", "is_others", "is_plain", "shadows"]

_OTHERS = frozenset({"numpy", "PIL", *sys.stdlib_module_names})
_MAKE = (type, ABCMeta, type(Mobject), type(VMobject), type(Square))
# What Python and Manim put into each class, and what only ran when the thing was made.
_OF_ANY_CLASS = frozenset(
    {
        "__init__",
        "__doc__",
        "__module__",
        "__dict__",
        "__weakref__",
        "__annotations__",
        "__firstlineno__",
        "__static_attributes__",
        "__abstractmethods__",
        "__parameters__",
        "__orig_bases__",
        "_abc_impl",
        "_original__init__",
        "animation_overrides",
        "starts_anew",  # a reader's word that is taken: see `fast_forward`
    }
)


def is_plain(kind: type) -> bool:
    """Whether a class does what its libraries say.

    It is one of theirs, or a mobject or animation of the reader's that replaces nothing of theirs.
    """
    return all(
        _is_theirs(base)
        or (issubclass(kind, Mobject | Animation) and type(base) in _MAKE and _adds_only(base))
        for base in kind.__mro__
    )


def is_drawn_plainly(kind: type) -> bool:
    """Whether a class of mobjects leaves all that drawing could come to as its library made it."""
    return all(
        _is_theirs(base)
        or (
            type(base) in _MAKE
            and drawing_names().isdisjoint(new := vars(base).keys() - _OF_ANY_CLASS)
            and not any(name.startswith("__") for name in new)
        )
        for base in kind.__mro__
    )


def shadows(thing: Any) -> bool:
    """Whether an object has something of its own where its class has a function."""
    kind: Any = type(thing)
    return _shadows(kind, tuple(vars(thing)))


def is_known(function: Any, *, of_mobjects: bool = False) -> bool:
    """Whether a function gives the same whenever it is asked the same, and changes nothing.

    It is Manim's or mlanim's, over known functions and plain things, or proven to be so. One that
    is given to an animation which `starts_anew` may write what it is told into mobjects.
    """
    return _is_known(function, (), of_mobjects)


def is_others(thing: Any) -> bool:
    """Whether a class or function is that of NumPy, Pillow or Python that its name says."""
    module, _, _ = (getattr(thing, "__module__", None) or "").partition(".")
    if module not in _OTHERS:
        return False
    found: Any = sys.modules.get(thing.__module__)
    for name in thing.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is thing


@cache
def _is_theirs(kind: Any) -> bool:
    return is_watched_class(kind) or is_others(kind)


def _adds_only(kind: type) -> bool:
    """Whether a class of the reader's has only names that no library asks for."""
    new = vars(kind).keys() - _OF_ANY_CLASS
    return not new or (
        not any(name.startswith("__") for name in new) and mentioned_names().isdisjoint(new)
    )


@cache
def _shadows(kind: type, names: tuple[str, ...]) -> bool:
    return any(
        isinstance(
            getattr(base, "__dict__", {}).get(name), FunctionType | classmethod | staticmethod
        )
        for base in kind.__mro__
        for name in names
    )


def _is_known(function: Any, above: tuple[Any, ...], of_mobjects: bool) -> bool:
    if function is None:
        return True
    if any(function is one for one in above):
        return False
    above = (*above, function)
    held: Sequence[Any]
    if type(function) is partial:
        held = function.func, *function.args, *function.keywords.values()
    elif type(function) is MethodType:
        held = function.__func__, function.__self__
    elif type(function) is not FunctionType:
        return False
    elif not is_watched_function(function):
        return proven(function) is not None
    else:
        held = [cell.cell_contents for cell in function.__closure__ or ()]
    return all(_holds_known(thing, above, of_mobjects) for thing in held)


def _holds_known(held: Any, above: tuple[Any, ...], of_mobjects: bool) -> bool:
    if isinstance(held, Mobject):
        return of_mobjects and is_plain(type(held))  # others may move it
    if isinstance(held, list | tuple):
        return all(_holds_known(element, above, of_mobjects) for element in held)
    if isinstance(held, type) or not callable(held):
        return True
    return _is_known(held, above, of_mobjects)
