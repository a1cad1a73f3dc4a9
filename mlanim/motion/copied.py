"""Copies that travel in place of what rests: each part knows what it stands for."""

from __future__ import annotations

from typing import Any, TypeVar

from manim import Mobject

from mlanim.primitives.arrays import Kept

__all__ = ["copied", "origin_of"]

M = TypeVar("M", bound=Mobject)


def copied(source: M) -> M:
    """A copy that shows what its source does for as long as it travels.

    >>> from manim import Square
    >>> square = Square()
    >>> origin_of(copied(square)) is square
    True
    """
    copy = source.copy()
    for part, origin in zip(copy.get_family(), source.get_family(), strict=True):
        told: Any = part
        told.stands_for = Kept(origin)  # which no further copy copies
    return copy


def origin_of(mobject: Mobject) -> Mobject | None:
    """What a part of a travelling copy stands for."""
    told = getattr(mobject, "stands_for", None)
    return told.thing if isinstance(told, Kept) else None
