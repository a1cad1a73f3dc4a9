"""A wire: a line with round corners and a small tip, from where something is made to its use."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Mobject, Polygon, VGroup, VMobject

from mlanim.errors import UsageError
from mlanim.theme import LIGHT, Theme

__all__ = ["Wire"]

_CLEARANCE = 0.06  # between a wire's end and the thing it joins, where it finds its way itself


class Wire(VGroup):
    """A line through points, its corners rounded; `.line`, `.tip` (empty when `tip=False`).

    points: two or more points, each of 2 or 3 coordinates. `corner` is the radius in units.
    The line itself is the path along which `flow` carries things.

    >>> wire = Wire((0, 0), (2, 0), (2, 1), role="hidden")
    >>> wire.end.tolist()
    [2.0, 1.0, 0.0]
    """

    def __init__(
        self,
        *points: Any,
        role: str | None = None,
        theme: Theme = LIGHT,
        thickness: float | None = None,
        corner: float = 0.15,
        tip: bool = True,
        tip_length: float = 0.14,
    ) -> None:
        super().__init__()
        way = _without_repeats([_point(point) for point in points])
        if len(way) < 2:
            raise UsageError(
                f"a wire through {len(points)} point(s) has no length",
                "give two or more points that differ",
            )
        self.role = role
        self.thickness = theme.stroke.normal if thickness is None else thickness
        color = theme.muted if role is None else theme.role(role).ink
        end = way[-1]
        heading = (way[-1] - way[-2]) / np.linalg.norm(way[-1] - way[-2])
        tip_length = min(tip_length, 0.6 * float(np.linalg.norm(way[-1] - way[-2])))
        if tip:
            way[-1] = way[-1] - 0.8 * tip_length * heading
        self.line = _rounded(way, corner).set_stroke(color, width=self.thickness)
        self.tip = VMobject()
        if tip:
            side = np.array([-heading[1], heading[0], 0.0]) * tip_length * 0.45
            base = end - tip_length * heading
            self.tip = Polygon(end, base + side, base - side)
            self.tip.set_fill(color, opacity=1).set_stroke(width=0)
        self.add(self.line, self.tip)

    @classmethod
    def between(
        cls, start: Mobject, end: Mobject, *, through: Mobject | None = None, **style: Any
    ) -> Wire:
        """Straight from one thing's side to the side of the next that faces it, level or plumb.

        It runs through the middle of `through` (default: of `start`).

        >>> from manim import Square
        >>> wire = Wire.between(Square(), Square().shift([4, 1, 0]))
        >>> bool(wire.start[1] == wire.end[1])
        True
        """
        middle = (start if through is None else through).get_center()
        way = end.get_center() - start.get_center()
        room = np.abs(way)[:2] - np.array([start.width + end.width, start.height + end.height]) / 2
        axis = int(room.argmax())
        side = np.zeros(3)
        side[axis] = np.sign(way[axis])
        ends = [middle.copy(), middle.copy()]
        ends[0][axis] = (start.get_edge_center(side) + _CLEARANCE * side)[axis]
        ends[1][axis] = (end.get_edge_center(-side) - _CLEARANCE * side)[axis]
        return cls(*ends, **style)

    @property
    def start(self) -> np.ndarray:
        """Where it begins now, shape (3,)."""
        return np.array(self.line.get_start())

    @property
    def end(self) -> np.ndarray:
        """Where it points to now, shape (3,)."""
        return np.array(self.tip.points[0] if self.tip.has_points() else self.line.get_end())


def _point(point: Any) -> np.ndarray:
    flat = np.zeros(3)
    flat[: len(point)] = point
    return flat


def _without_repeats(points: list[np.ndarray]) -> list[np.ndarray]:
    return [
        point
        for index, point in enumerate(points)
        if index == 0 or np.linalg.norm(point - points[index - 1]) > 1e-6
    ]


def _rounded(points: list[np.ndarray], corner: float) -> VMobject:
    """The polyline with each inner corner replaced by a curve of at most that radius."""
    line = VMobject()
    line.start_new_path(points[0])
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        into, out = here - before, after - here
        radius = min(corner, np.linalg.norm(into) / 2, np.linalg.norm(out) / 2)
        start = here - radius * into / np.linalg.norm(into)
        end = here + radius * out / np.linalg.norm(out)
        line.add_line_to(start)
        line.add_quadratic_bezier_curve_to(here, end)
    line.add_line_to(points[-1])
    return line
