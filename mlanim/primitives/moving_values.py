"""The animation behind `box.animate.set_values(...)` and `bars.animate.set_weights(...)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Animation, Mobject

__all__ = ["MovingValues", "moving_number"]


class MovingValues(Animation):
    """Values move to `end`; in every frame the mobject shows the values as they are then.

    Manim's Transform would morph the outlines of one number into those of another. Here colours,
    lengths and printed digits are computed anew from the same interpolated array, so that they
    agree with each other and with the mobject's own array in every frame.

    `write` leads to the same picture, to the last bit, whatever was written before.
    """

    starts_anew = looks_again = True

    def __init__(
        self,
        mobject: Mobject,
        read: Callable[[], np.ndarray],
        write: Callable[[np.ndarray], Any],
        end: np.ndarray,
        **kwargs: Any,
    ) -> None:
        self.read, self.write, self.end = read, write, end
        # `.animate` left a copy there, which every later copy of the mobject would carry along.
        mobject.target = None
        super().__init__(mobject, **kwargs)

    def create_starting_mobject(self) -> Mobject:
        """Nothing is compared with how the mobject was: only the values are remembered."""
        self.start = np.array(self.read())
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Write the values of this moment."""
        share = self.rate_func(alpha)
        before = self.mobject.get_family()
        # The end is written to the last bit, whatever the rate function makes of 1.
        arrived = abs(share - 1) < 1e-9
        self.write(self.end if arrived else (1 - share) * self.start + share * self.end)
        # A scene draws the shapes that it listed when the animation began: what has been replaced
        # since (the glyphs of a number) must be empty, or it would stay on the picture.
        kept = set(map(id, self.mobject.get_family()))
        for gone in before:
            if id(gone) not in kept:
                gone.reset_points()


def moving_number(
    mobject: Any, name: str, end: float, anim_args: dict[str, Any] | None = None
) -> MovingValues:
    """What `.animate.set_NAME(end)` plays for the one number that a mobject holds as NAME.

    >>> from mlanim.primitives import Number
    >>> float(moving_number(Number(1.0), "value", 2.0).end)
    2.0
    """
    write = getattr(mobject, f"set_{name}")
    return MovingValues(
        mobject,
        lambda: np.array(getattr(mobject, name)),
        lambda now: write(float(now)),
        np.array(float(end)),
        **anim_args or {},
    )
