"""flow: something visible travels from where it is made to where it is used."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, VMobject, smooth

from mlanim.errors import UsageError
from mlanim.motion.copied import copied
from mlanim.motion.opacity import Opacities
from mlanim.motion.outline import Outlines
from mlanim.primitives.wire import Wire

__all__ = ["TRAVELLING", "Flow", "arc_to", "flow"]

#: z_index of what is on its way: above everything that rests.
TRAVELLING = 20


class Flow(Animation):
    """A copy of a mobject (`copied=False`: itself) moves along a path and is gone. See `flow`."""

    starts_anew = True

    def __init__(
        self,
        mobject: Mobject,
        path: VMobject,
        *,
        shrink: float = 1.0,
        copied: bool = True,
        run_time: float = 0.9,
        **kwargs: Any,
    ) -> None:
        self.source, self.path, self.shrink, self.copied = mobject, path, shrink, copied
        self.looks_at, self.moves = (mobject, path), () if copied else (mobject,)
        kwargs.setdefault("rate_func", smooth)
        super().__init__(mobject, introducer=True, remover=True, run_time=run_time, **kwargs)

    def _setup_scene(self, scene: Scene | None) -> None:
        # Copied now and not earlier: the source may have changed since the verb was called.
        if self.copied:
            self.mobject = copied(self.source)
        self.mobject.set_z_index(TRAVELLING)
        super()._setup_scene(scene)

    def create_starting_mobject(self) -> Mobject:
        """A Flow knows where it is from its path alone."""
        self.opacities = Opacities(self.mobject)
        self.way = self.path.copy()
        self.outlines = Outlines(self.mobject)
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Move along the path; at both ends nothing is drawn twice over what rests there."""
        share = min(max(self.rate_func(alpha), 0.0), 1.0)
        scale = 1 + (self.shrink - 1) * share
        self.outlines.show(self.way.point_from_proportion(share), scale)
        rising = 12 * alpha if self.copied else 1.0
        self.opacities.show(min(1.0, rising, 8 * (1 - alpha)))


def flow(mobject: Mobject, *way: Any, bend: float = 0.25, **kwargs: Any) -> Flow:
    """Carry a copy of `mobject` along `way`: one Wire, or points and mobjects to pass and reach.

    bend: how far a way with a single target bows out, as a share of its length (0: straight).
    shrink: the copy's final scale. The copy is on the screen only while it travels.

    >>> from mlanim.primitives.text import Label
    >>> from mlanim.primitives.wire import Wire
    >>> word = Label("étudiant", role="encoder")
    >>> flow(word, Wire((0, 0), (3, 0)), run_time=0.6).run_time
    0.6
    """
    if not way:
        raise UsageError("flow() was given no way", "give a Wire, or the points to go to")
    if len(way) == 1 and isinstance(way[0], Wire):
        return Flow(mobject, way[0].line, **kwargs)
    points = [mobject.get_center(), *(_point(stop) for stop in way)]
    if len(points) == 2:
        return Flow(mobject, arc_to(points[0], points[1], bend), **kwargs)
    return Flow(mobject, VMobject().set_points_smoothly(points), **kwargs)


def arc_to(start: np.ndarray, end: np.ndarray, bend: float = 0.25) -> VMobject:
    """A shallow arc between two points; it bows to the left of its direction."""
    along = end - start
    middle = start + along / 2 + bend * np.array([-along[1], along[0], 0.0])
    path = VMobject().start_new_path(start)
    return path.add_quadratic_bezier_curve_to(middle, end)


def _point(stop: Any) -> np.ndarray:
    if isinstance(stop, Mobject):
        return stop.get_center()
    point = np.zeros(3)
    point[: len(stop)] = stop
    return point
