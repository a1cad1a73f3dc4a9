"""Replacing Manim's functions for a while, and knowing where that is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import attrgetter, methodcaller
from pathlib import Path
from typing import Any, TypeVar

import manim

from mlanim.render.known.as_imported import expected, of_class
from mlanim.render.twins.replaced import replaced

Result = TypeVar("Result")
_OURS = str(Path(manim.__file__).parent), str(Path(__file__).parents[2])


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """``functools.cache`` for questions about classes, which keeps the answer's type."""
    return cache(function)


@contextmanager
def patched(owner: Any, name: str, replacement: Any) -> Iterator[None]:
    """`replaced`, by one of the engine's own, which is known to be no scene's doing.

    with patched(Camera, "capture_mobjects", mine): ...
    """
    with (
        replaced(owner, name, replacement) as original,
        expected(owner, name, original, replacement),
    ):
        yield


def is_manims_own(owner: type, names: tuple[str, ...]) -> bool:
    """Whether these methods of a class of Manim's are Manim's (or ours), not a scene file's."""
    return all(map(_is_manims_code, (vars(owner)[name] for name in names)))


def _is_manims_code(method: Any) -> bool:
    """Not what it says of itself, which `functools.wraps` copies: where its code is."""
    if isinstance(method, property):
        return all(_is_manims_code(part) for part in (method.fget, method.fset) if part)
    function = getattr(method, "__func__", method)
    code = getattr(function, "__code__", None)
    return code is not None and code.co_filename.startswith((*_OURS, "<"))


class Unaltered:
    """A question about a class: are these methods of its the very ones that Manim gave to `base`?

    A scene may replace a method at any moment, of its own class, of Manim's, or of one object:
    so the answer is never kept. It takes as long as drawing a hundredth of a glyph.

    >>> from manim import Square, VMobject
    >>> plain = Unaltered(VMobject, ("get_fill_rgbas", "get_stroke_rgbas"))
    >>> plain(Square)
    True
    """

    def __init__(self, base: type, names: tuple[str, ...]) -> None:
        self.names = frozenset(names)
        self._base, self._order = base, (*names, names[0])  # of two names a getter gives a tuple
        self._get = attrgetter(*self._order)
        homes = {name: next(k for k in base.__mro__ if name in vars(k)) for name in names}
        self._belong = {name: of_class(home) for name, home in homes.items()}
        self._manims = all(is_manims_own(home, (name,)) for name, home in homes.items())
        for belong in set(self._belong.values()):
            belong.whenever_expecting(self._look_up)
        self._apart = methodcaller("isdisjoint", self.names)
        self._look_up()

    def _look_up(self) -> None:
        found = [self._belong[name].found(name) for name in self._order]
        self._own = tuple(method.__get__(None, self._base) for method in found)

    def __call__(self, kind: type) -> bool:
        """Whether a class has them."""
        same: bool = self._get(kind) == self._own
        return same and self._manims

    def of(self, thing: Any) -> bool:
        """Whether that is so of an object, which may have a method of its own."""
        return self.has_none_in(thing.__dict__) and self(type(thing))

    def has_none_in(self, held: dict[str, Any]) -> bool:
        """Whether none of the methods is among what an object holds itself."""
        return held.keys().isdisjoint(self.names)

    def none_have(self, things: Iterable[Any]) -> bool:
        """Whether none of the methods is among what any of some objects holds itself."""
        return all(map(self._apart, map(dict.keys, map(vars, things))))  # type: ignore[arg-type]
