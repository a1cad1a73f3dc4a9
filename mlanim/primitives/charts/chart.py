"""Two axes, and where points of data stand between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.curve import Curve
from mlanim.primitives.label import LINE_HEIGHT
from mlanim.primitives.text import Label, format_number, shortened
from mlanim.theme import LIGHT, Theme

__all__ = ["Chart", "round_steps"]

Range = tuple[float, float]
Ticks = Sequence[tuple[float, str]]
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Chart(VGroup):
    """x and y: (least, most); names: of both axes, may be empty; square: as wide as it is high.

    log: whether x, and y, is on a scale of logarithms. ticks: values and what is written there,
    of x and of y; None: round numbers. beyond: units kept free at the right.

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
        log: tuple[bool, bool] = (False, False),
        ticks: tuple[Ticks | None, Ticks | None] = (None, None),
        beyond: float = 0.3,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.x, self.y, self.log = theme, x, y, log
        cap = theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        most = max(2, min(most_ticks, int(area.height / 0.7)))
        ys = _ticks(y, most, log[1]) if ticks[1] is None else ticks[1]
        numbers = [Label(text, **style) for _, text in ys]
        beside = max((n.width for n in numbers), default=0.0) + 0.16
        named = [
            _named(name, area.width, style | {"align": align}) if name else None
            for name, align in zip(names, ("center", "left"), strict=True)
        ]
        depths = [label.extent[1] * cap if label else 0.0 for label in named]
        above = (2.5 * cap if names[1] else cap) + depths[1]
        below = (0.5 if ticks[0] == () else 2.2) * cap + (2.2 * cap if names[0] else 0) + depths[0]
        box = Area(
            area.left + beside,
            area.bottom + below,
            area.width - beside - beyond,
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
        for number, (value, _) in zip(numbers, ys, strict=True):
            place = self.at(x[0], value) - [0.1 + number.width / 2, 0, 0]
            self.ticks.add(number.center_on(place))
        most = max(3, min(most_ticks, int(box.width / 1.1)))
        for value, text in _ticks(x, most, log[0]) if ticks[0] is None else ticks[0]:
            tick = Label(text, **style).center_on(self.at(value, y[0]) - [0, 1.15 * cap, 0])
            self.ticks.add(area.keep(tick))
        self._put(named, area)
        self.add(self.axes, self.ticks, self.names)

    def _put(self, named: Sequence[Label | None], area: Area) -> None:
        """The axes' names below and above them."""
        cap, box = self.theme.sizes.small, self.box
        across, up = named
        if across is not None:
            down = 3.2 * cap + across.extent[1] * cap / 2
            self.names.add(area.keep(across.center_on([box.center[0], box.bottom - down, 0])))
        if up is not None:
            up.center_on([0, box.top + 1.65 * cap + up.extent[1] * cap / 2, 0])
            left = max(
                area.left, min((tick.get_left()[0] for tick in self.ticks), default=box.left)
            )
            self.names.add(area.keep(up.shift([left - up.get_left()[0], 0, 0])))

    def at(self, x: float, y: float) -> NDArray:
        """Where a point of the data is on the page, (3,)."""
        return self.all_at(np.array([[x, y]]))[0]

    def all_at(self, points: ArrayLike) -> NDArray:
        """Where points (n, 2) of the data are on the page, (n, 3)."""
        low, high = self._scaled([[self.x[0], self.y[0]], [self.x[1], self.y[1]]])
        share = (self._scaled(points) - low) / (high - low)
        box = self.box
        flat = [box.left, box.bottom] + share * [box.width, box.height]
        return np.column_stack([flat, np.zeros(len(flat))])

    def data_at(self, places: NDArray) -> NDArray:
        """Which points (n, 2) of the data places (n, 3) on the page stand for."""
        box = self.box
        share = (places[:, :2] - [box.left, box.bottom]) / [box.width, box.height]
        low, high = self._scaled([[self.x[0], self.y[0]], [self.x[1], self.y[1]]])
        scaled = low + share * (high - low)
        return np.where(self.log, np.exp(np.where(self.log, scaled, 0)), scaled)

    def _scaled(self, points: ArrayLike) -> NDArray:
        given = np.array(points, float)
        for axis in np.flatnonzero(self.log):
            given[:, axis] = np.log(given[:, axis])
        return given

    def within(self, points: ArrayLike) -> NDArray:
        """Points (n, 2), moved onto the edge where they lie beyond it."""
        low, high = (self.x[0], self.y[0]), (self.x[1], self.y[1])
        return np.clip(np.asarray(points, float), low, high)

    def curve(self, points: ArrayLike, *, ink: str = "", width: float | None = None) -> Curve:
        """A line through points (n, 2) of the data, on the edge where they lie beyond it."""
        return Curve(
            points,
            self.all_at(self.within(points)),
            ink=ink or self.theme.ink,
            width=self.theme.stroke.bold if width is None else width,
        )


def _named(name: str, width: float, style: dict[str, Any]) -> Label:
    """A name on one line or two, which ends in "…" where that is not enough."""
    whole = Label(name, **style)
    if whole.width <= width:
        return whole
    lines = Label(name, width=width, **style)
    if lines.width <= width and lines.extent[1] <= 1.01 * LINE_HEIGHT:
        return lines
    return Label(shortened(name, width, **style), **style)


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


def _ticks(span: Range, most: int, log: bool) -> Ticks:
    """Round numbers; on a scale of logarithms powers of ten, from the greatest downwards."""
    if not log:
        values = round_steps(span, most)
        return [(value, _written(value, values)) for value in values]
    low, high = np.log10(span)
    step = max(1, int(np.ceil((high - low) / most)))
    powers = np.arange(np.floor(high + 1e-9), low - 1e-9, -step).astype(int)
    return [
        (10.0**power, f"10{str(power).translate(_SUPERSCRIPTS)}" if power else "1")
        for power in powers.tolist()
    ]


def _written(value: float, among: Sequence[float]) -> str:
    """With as many decimals as tell the numbers apart."""
    step = among[1] - among[0] if len(among) > 1 else 1.0
    decimals = next((d for d in range(4) if abs(round(step, d) - step) < 1e-9 * step), 3)
    return format_number(value, decimals)
