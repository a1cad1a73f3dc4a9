"""carry: copies of parts fly and turn into the parts they become."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, VMobject, interpolate, smooth

from mlanim.motion.flow import TRAVELLING

__all__ = ["Carry", "carry"]


class Carry(Animation):
    """A copy of a shape moves on an arc into another's place, size and colour; then it is gone."""

    def __init__(
        self, source: VMobject, target: VMobject, *, bend: float = 0.2, run_time: float = 0.8
    ) -> None:
        self.source, self.destination, self.bend = source, target, bend
        super().__init__(
            source.copy(), introducer=True, remover=True, rate_func=smooth, run_time=run_time
        )

    def create_starting_mobject(self) -> Mobject:
        """Both ends are taken as they are when the journey begins."""
        self.mobject.become(self.source)
        self.mobject.set_z_index(TRAVELLING)
        self.mobject.align_data(goal := self.destination.copy())
        self.ends = [
            (part, part.points.copy(), part.fill_rgbas.copy(), part.stroke_rgbas.copy(), end)
            for part, end in zip(self.mobject.get_family(), goal.get_family(), strict=False)
            if isinstance(part, VMobject)
        ]
        along = self.destination.get_center() - self.source.get_center()
        self.bow = self.bend * np.array([-along[1], along[0], 0.0])
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Straight from point to point, bowed sideways as a whole."""
        share = self.rate_func(alpha)
        for part, points, fill, stroke, end in self.ends:
            part.points = interpolate(points, end.points, share) + 4 * share * (1 - share) * self.bow / 2
            part.fill_rgbas = interpolate(fill, end.fill_rgbas, share)
            part.stroke_rgbas = interpolate(stroke, end.stroke_rgbas, share)


def carry(source: VMobject, target: VMobject, **kwargs: Any) -> Carry:
    """Show that `target` comes from `source`: a copy flies there and takes its shape and colour.

    Neither is changed. `bend` bows the way, `run_time` is in seconds.

    >>> from manim import Circle, Square
    >>> carry(Square(), Circle().shift([3, 0, 0])).run_time
    0.8
    """
    return Carry(source, target, **kwargs)
