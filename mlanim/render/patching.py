"""Replacing Manim's functions for a while, and knowing where that is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

Result = TypeVar("Result")


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """``functools.cache`` for questions about classes, which keeps the answer's type."""
    return cache(function)


@contextmanager
def patched(owner: Any, name: str, replacement: Callable) -> Iterator[None]:
    """Replace an attribute of a class or module until the block ends, however it ends.

    with patched(Camera, "capture_mobjects", mine): ...
    """
    original = vars(owner)[name]
    setattr(owner, name, replacement)
    try:
        yield
    finally:
        setattr(owner, name, original)


@remembered
def overrides_nothing(kind: type, base: type, names: tuple[str, ...]) -> bool:
    """Whether a class takes all these methods from ``base`` unchanged."""
    return all(getattr(kind, name) is getattr(base, name) for name in names)
