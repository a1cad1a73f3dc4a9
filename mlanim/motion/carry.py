"""carry: copies of parts fly and turn into the parts they become."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, VMobject, interpolate, smooth

from mlanim.motion.copied import copied
from mlanim.motion.flow import TRAVELLING

__all__ = ["Carry", "carry"]


class Carry(Animation):
    """A copy of a shape moves on an arc into another's place, size and colour; then it is gone."""

    starts_anew = True

    def __init__(
        self,
        source: VMobject,
        target: VMobject,
        *,
        bend: float = 0.2,
        upright: bool = False,
        run_time: float = 0.8,
    ) -> None:
        self.source, self.destination = source, target
        self.looks_at, self.moves = (source, target), ()
        self.bend, self.upright = bend, upright
        super().__init__(source, introducer=True, remover=True, rate_func=smooth, run_time=run_time)

    def _setup_scene(self, scene: Scene | None) -> None:
        # Both ends are taken as they are when the journey begins.
        self.mobject = copied(self.source).set_z_index(TRAVELLING)
        super()._setup_scene(scene)

    def create_starting_mobject(self) -> Mobject:
        """Give both ends the same number of points, so that each point has its way."""
        self.mobject.align_data(goal := self.destination.copy())
        self.ends = [
            (
                part,
                self._departure(part, end),
                part.fill_rgbas.copy(),
                part.stroke_rgbas.copy(),
                end,
            )
            for part, end in zip(self.mobject.get_family(), goal.get_family(), strict=False)
            if isinstance(part, VMobject)
        ]
        along = self.destination.get_center() - self.source.get_center()
        self.bow = self.bend * np.array([-along[1], along[0], 0.0])
        return Mobject()

    def _departure(self, part: VMobject, end: VMobject) -> np.ndarray:
        """The source's points; or, upright, the target's points in the source's bounding box."""
        if not (self.upright and len(end.points)):
            return part.points.copy()
        size = np.array([end.width, end.height, 1.0]).clip(1e-6)
        scale = np.array([part.width, part.height, 1.0]) / size
        return part.get_center() + (end.points - end.get_center()) * scale

    def interpolate_mobject(self, alpha: float) -> None:
        """Straight from point to point, bowed sideways as a whole."""
        share = self.rate_func(alpha)
        for part, points, fill, stroke, end in self.ends:
            part.points = (
                interpolate(points, end.points, share) + 4 * share * (1 - share) * self.bow / 2
            )
            part.fill_rgbas = interpolate(fill, end.fill_rgbas, share)
            part.stroke_rgbas = interpolate(stroke, end.stroke_rgbas, share)


def carry(source: VMobject, target: VMobject, **kwargs: Any) -> Carry:
    """Show that `target` comes from `source`: a copy flies there and takes its shape and colour.

    Neither is changed. `bend` bows the way; `upright` keeps boxes from turning when their outlines
    begin at different corners; `run_time` is in seconds.

    >>> from manim import Circle, Square
    >>> carry(Square(), Circle().shift([3, 0, 0])).run_time
    0.8
    """
    return Carry(source, target, **kwargs)
