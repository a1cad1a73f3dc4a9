"""Two axes, and where points of data stand between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, format_number, shortened
from mlanim.theme import LIGHT, Theme

__all__ = ["Chart", "corners", "round_steps"]

Range = tuple[float, float]


class Chart(VGroup):
    """x and y: (least, most); names: of both axes, may be empty; square: as wide as it is high.

    Parts: `.axes`, `.ticks`, `.names`. `.box` is the area between the axes.

    >>> chart = Chart((0, 10), (0, 1), area=Area(0, 0, 6, 4))
    >>> bool(chart.at(5, 0.5)[0] > chart.at(0, 0.5)[0])
    True
    """

    def __init__(
        self,
        x: Range,
        y: Range,
        *,
        area: Area,
        names: tuple[str, str] = ("", ""),
        square: bool = False,
        most_ticks: int = 5,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.x, self.y = theme, x, y
        cap = theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        ys = round_steps(y, max(2, min(most_ticks, int(area.height / 0.7))))
        numbers = [Label(_written(v, ys), **style) for v in ys]
        beside = max((n.width for n in numbers), default=0.0) + 0.16
        above = 2.3 * cap if names[1] else cap
        below = 2.2 * cap + (2.2 * cap if names[0] else 0)
        box = Area(
            area.left + beside,
            area.bottom + below,
            area.width - beside - 0.3,
            area.height - above - below,
        )
        if square:
            side = min(box.width, box.height)
            box = Area(
                box.left + (box.width - side) / 2, box.bottom + (box.height - side) / 2, side, side
            )
        self.box = box
        self.axes = VGroup(
            Line(box.point(-1, -1), box.point(1, -1)), Line(box.point(-1, -1), box.point(-1, 1))
        ).set_stroke(theme.muted, theme.stroke.thin)
        self.ticks, self.names = VGroup(), VGroup()
        for number, value in zip(numbers, ys, strict=True):
            place = self.at(x[0], value) - [0.1 + number.width / 2, 0, 0]
            self.ticks.add(number.center_on(place))
        xs = round_steps(x, max(3, min(most_ticks, int(box.width / 1.1))))
        for value in xs:
            tick = Label(_written(value, xs), **style)
            self.ticks.add(tick.center_on(self.at(value, y[0]) - [0, 1.15 * cap, 0]))
        self._name(names, area, style)
        self.add(self.axes, self.ticks, self.names)

    def _name(self, names: tuple[str, str], area: Area, style: dict[str, Any]) -> None:
        cap, box = self.theme.sizes.small, self.box
        if names[0]:
            label = Label(shortened(names[0], area.width, **style), **style)
            label.center_on([box.center[0], box.bottom - 3.2 * cap, 0])
            self.names.add(area.keep(label))
        if names[1]:
            label = Label(shortened(names[1], area.width, **style), **style)
            label.center_on([0, box.top + 1.4 * cap, 0])
            left = max(area.left, self.ticks[0].get_left()[0] if len(self.ticks) else box.left)
            self.names.add(area.keep(label.shift([left - label.get_left()[0], 0, 0])))

    def at(self, x: float, y: float) -> NDArray:
        """Where a point of the data is on the page, (3,)."""
        return self.all_at(np.array([[x, y]]))[0]

    def all_at(self, points: ArrayLike) -> NDArray:
        """Where points (n, 2) of the data are on the page, (n, 3)."""
        given = np.asarray(points, float)
        low, high = np.array([self.x[0], self.y[0]]), np.array([self.x[1], self.y[1]])
        share = (given - low) / (high - low)
        box = self.box
        flat = [box.left, box.bottom] + share * [box.width, box.height]
        return np.column_stack([flat, np.zeros(len(flat))])

    def within(self, points: ArrayLike) -> NDArray:
        """Points (n, 2), moved onto the edge where they lie beyond it."""
        low, high = (self.x[0], self.y[0]), (self.x[1], self.y[1])
        return np.clip(np.asarray(points, float), low, high)

    def curve(self, points: ArrayLike, *, ink: str = "", width: float | None = None) -> VMobject:
        """A line through points (n, 2) of the data, as far as they are in view."""
        line = VMobject(
            stroke_color=ink or self.theme.ink,
            stroke_width=self.theme.stroke.bold if width is None else width,
        )
        line.points = corners(self.all_at(self.within(points)))
        return line


def corners(path: NDArray) -> NDArray:
    """Straight cubic curves (4 m, 3) through the points (m + 1, 3) of a path."""
    start, end = path[:-1], path[1:]
    return np.stack([start + (end - start) * k for k in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(
        -1, 3
    )


def round_steps(span: Range, most: int) -> list[float]:
    """Round numbers within a span, at most so many.

    >>> round_steps((0, 100), 3)
    [0.0, 50.0, 100.0]
    """
    low, high = span
    rough = (high - low) / max(1, most)
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * k for k in (1, 2, 2.5, 5, 10, 20) if (high - low) / (power * k) < most)
    first = np.ceil(low / step - 1e-9)
    last = np.floor(high / step + 1e-9)
    return [float(k * step) + 0.0 for k in np.arange(first, last + 1)]


def _written(value: float, among: Sequence[float]) -> str:
    """With as many decimals as tell the numbers apart."""
    step = among[1] - among[0] if len(among) > 1 else 1.0
    decimals = next((d for d in range(4) if abs(round(step, d) - step) < 1e-9 * step), 3)
    return format_number(value, decimals)
