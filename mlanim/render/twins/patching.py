"""Replacing Manim's functions for a while, and knowing where that is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from mlanim.render.known.as_imported import expected
from mlanim.render.twins.replaced import replaced

Result = TypeVar("Result")


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
    modules = [vars(owner)[name].__module__ for name in names]
    return all(module == owner.__module__ or module.startswith("mlanim.") for module in modules)


@remembered
def overrides_nothing(kind: type, base: type, names: tuple[str, ...]) -> bool:
    """Whether a class takes all these methods from ``base`` unchanged."""
    return all(getattr(kind, name) is getattr(base, name) for name in names)
