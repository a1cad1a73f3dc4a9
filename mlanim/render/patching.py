"""Replacing Manim's functions for a while, and knowing where that is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from mlanim.render.as_imported import expected

Result = TypeVar("Result")


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """``functools.cache`` for questions about classes, which keeps the answer's type."""
    return cache(function)


@contextmanager
def patched(owner: Any, name: str, replacement: Any) -> Iterator[None]:
    """Replace an attribute of a class or module until the block ends, however it ends.

    with patched(Camera, "capture_mobjects", mine): ...
    """
    original = vars(owner)[name]
    setattr(owner, name, replacement)
    try:
        with expected(owner, name, original, replacement):
            yield
    finally:
        setattr(owner, name, original)


def is_manims_own(owner: type, names: tuple[str, ...]) -> bool:
    """Whether these methods of a class of Manim's are Manim's (or ours), not a scene file's."""
    modules = [vars(owner)[name].__module__ for name in names]
    return all(module == owner.__module__ or module.startswith("mlanim.") for module in modules)


@remembered
def overrides_nothing(kind: type, base: type, names: tuple[str, ...]) -> bool:
    """Whether a class takes all these methods from ``base`` unchanged."""
    return all(getattr(kind, name) is getattr(base, name) for name in names)
