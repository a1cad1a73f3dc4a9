"""Which functions were given other code or other defaults, as Python tells it before it happens."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter, is_
from types import FunctionType
from typing import Any
from weakref import WeakKeyDictionary

from mlanim.render.known.behalf import EARS, caller, importing, is_readers
from mlanim.render.known.hearing import listen

__all__ = ["changed_functions", "take_as_it_is"]

EARS.add(__file__)

_WITHIN = ("__code__", "__defaults__", "__kwdefaults__")
_inside = attrgetter(*_WITHIN)
_first: WeakKeyDictionary[FunctionType, tuple[Any, ...]] = WeakKeyDictionary()


def changed_functions() -> Iterator[FunctionType]:
    """A library's that no longer do what they first did, in whatever way that was changed.

    >>> from colorsys import rgb_to_hls
    >>> rgb_to_hls.__defaults__ = (0,)
    >>> rgb_to_hls in list(changed_functions())
    True
    >>> rgb_to_hls.__defaults__ = None
    >>> rgb_to_hls in list(changed_functions())
    False
    """
    return (one for one, first in list(_first.items()) if not all(map(is_, _inside(one), first)))


def take_as_it_is(function: FunctionType) -> None:
    """What it has by now is what it begins with: whoever made it has come to the end."""
    if _first:
        _first.pop(function, None)


def _keep(event: str, about: tuple[Any, ...]) -> None:
    function, name = about[:2]
    if name not in _WITHIN or type(function) is not FunctionType or function in _first:
        return
    if not is_readers(function.__code__.co_filename) and not _is_its_own_doing(function):
        _first[function] = _inside(function)


def _is_its_own_doing(function: FunctionType) -> bool:
    """Whether a library changes itself, as one that puts a function together at its first call."""
    if importing():
        return True
    changing = caller()
    if changing is None or is_readers(changing.f_code.co_filename):
        return False
    homes = [changing.f_globals.get("__name__"), function.__module__]
    return len({str(home).partition(".")[0] for home in homes}) == 1


listen(("object.__setattr__", "object.__delattr__"), _keep)
