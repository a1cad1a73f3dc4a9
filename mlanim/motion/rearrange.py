"""rearrange: one drawing of a thing becomes another drawing of it."""

from __future__ import annotations

from manim import Add, VMobject

from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.timeline import Timeline

__all__ = ["rearrange"]


def rearrange(old: VMobject, new: VMobject, *, run_time: float = 1.0) -> Timeline:
    """Each part of `old` moves to its place in `new`, which has the same parts; then `old` is gone.

    >>> from mlanim.primitives.token_row import TokenRow
    >>> words = ["je", "suis"]
    >>> rearrange(TokenRow(words, width=0.8), TokenRow(words)).run_time
    1.0
    """
    journey = Carry(old, new, bend=0.0, run_time=1.0)
    return Timeline(
        [journey, Appear(old, leaving=True, run_time=0.02), Add(new)],
        [0.0, 0.0, 1.0],
        run_time=run_time,
    )
