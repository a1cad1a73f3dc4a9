"""Errors against the size of the sample, on a logarithmic axis, beside the best that can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import DashedLine, Dot, Line, VGroup, VMobject

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, format_number
from mlanim.theme import LIGHT, Theme

__all__ = ["ErrorCurve"]

_ROLES = ("score", "decoder")
_FLAT, _LEGEND = 3.6, 2.8  # units: a flat area, and the width of the legend there


class ErrorCurve(VGroup):
    """errors: by name, one for each of `sizes`. floor: the Bayes error, if it is known.

    Parts: `.axes`, `.ticks`, `.names`, `.floor`; `.upto(k)` is the group of curves through the
    first k sizes, with a dot at the last.

    >>> curve = ErrorCurve([10, 100], {"test error": [0.3, 0.1]}, floor=0.07, area=Area(0, 0, 6, 4))
    >>> bool(curve.point(100, 0.1)[0] > curve.point(10, 0.1)[0])
    True
    """

    def __init__(
        self,
        sizes: Sequence[int],
        errors: Mapping[str, Sequence[float]],
        *,
        area: Area,
        floor: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.sizes, self.errors = theme, list(sizes), dict(errors)
        values = [v for row in self.errors.values() for v in row] + [floor or 0.0]
        self._highest = max(0.05, 1.15 * max(values))
        cap = theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": "small"}
        self.names = VGroup()
        y = area.top - cap
        beside = area.height < _FLAT  # then the legend stands beside the curve, not above it
        legend = area.right - _LEGEND if beside else area.left
        for name, role in zip(self.errors, _ROLES, strict=False):
            key = Line([legend, y + cap / 2, 0], [legend + 0.5, y + cap / 2, 0])
            key.set_stroke(theme.role(role).ink, theme.stroke.bold)
            label = Label(name, role=role, **style)
            label.center_on([legend + 0.65 + label.width / 2, y + cap / 2, 0])
            self.names.add(VGroup(key, label))
            y -= 2 * cap
        last_line = y
        y = area.top - cap if beside else y - (0 if floor is None else 2 * cap)
        right = legend - 0.3 if beside else area.right
        low = area.bottom + 5.2 * cap
        left = area.left + 0.75
        self._box = Area(left, low, right - left - 0.3, y - low)
        self.axes = VGroup(
            Line([left, low, 0], [right - 0.1, low, 0]), Line([left, low, 0], [left, y, 0])
        ).set_stroke(theme.muted, theme.stroke.thin)
        self.ticks = VGroup()
        last = -np.inf
        for size in self.sizes:
            tick = Label(str(size), role="muted", **style)
            x = self.point(size, 0)[0]
            if x - tick.width / 2 > last + 0.15:
                self.ticks.add(tick.center_on([x, low - 1.3 * cap, 0]))
                last = x + tick.width / 2
        title = Label("points learned from", role="muted", **style)
        self.ticks.add(title.center_on([self._box.center[0], low - 3.4 * cap, 0]))
        step = 0.1 if self._highest > 0.25 else 0.05
        for k in range(int(self._highest / step) + 1):
            tick = Label(format_number(k * step, 2), role="muted", **style)
            tick.center_on(
                [left - 0.12 - tick.width / 2, self.point(self.sizes[0], k * step)[1], 0]
            )
            self.ticks.add(tick)
        self.floor = VGroup()
        if floor is not None:
            start, end = self.point(self.sizes[0], floor), self.point(self.sizes[-1], floor)
            line = DashedLine(start, end, dash_length=0.12)
            line.set_stroke(theme.ink, theme.stroke.normal)
            label = Label(f"Bayes error {format_number(floor, 4)}", **style)
            y = last_line
            key = DashedLine([legend, y + cap / 2, 0], [legend + 0.5, y + cap / 2, 0])
            key.set_stroke(theme.ink, theme.stroke.normal)
            label.center_on([legend + 0.65 + label.width / 2, y + cap / 2, 0])
            self.floor.add(line, key, label)
        self.add(self.axes, self.ticks, self.names, self.floor)

    def point(self, size: float, error: float) -> np.ndarray:
        """Where a size and an error are on the page, (3,)."""
        first, last = np.log(self.sizes[0]), np.log(self.sizes[-1])
        share = (np.log(size) - first) / max(last - first, 1e-9)
        box = self._box
        return np.array(
            [box.left + share * box.width, box.bottom + error / self._highest * box.height, 0]
        )

    def upto(self, count: int) -> VGroup:
        """The curves through the first so many sizes."""
        curves = VGroup()
        for (_, row), role in zip(self.errors.items(), _ROLES, strict=False):
            ink = self.theme.role(role).ink
            places = [self.point(s, e) for s, e in zip(self.sizes, row, strict=True)][:count]
            line = VMobject(stroke_color=ink, stroke_width=self.theme.stroke.bold)
            if len(places) > 1:
                line.set_points_as_corners(places)
            curves.add(VGroup(line, Dot(places[-1], radius=0.07, color=ink)))
        return curves
