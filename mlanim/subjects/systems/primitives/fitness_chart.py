"""Fitness upwards, from nothing to perfect, over whatever goes to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, format_number
from mlanim.theme import LIGHT, Theme

__all__ = ["FitnessChart"]


class FitnessChart(VGroup):
    """x: (least, most), on a scale of logarithms if `log`; y: the same of fitness.

    ticks: values of x and what is written there. names: of x and of y.

    Parts: `.axes`, `.zero` (where fitness is 0), `.ticks`, `.names`.

    >>> chart = FitnessChart((0, 10), area=Area(0, 0, 6, 4))
    >>> bool(chart.at([[0, 1.0]])[0, 1] > chart.at([[0, 0.0]])[0, 1])
    True
    """

    def __init__(
        self,
        x: tuple[float, float],
        *,
        area: Area,
        y: tuple[float, float] = (-0.2, 1.0),
        ticks: Sequence[tuple[float, str]] = (),
        marks: Sequence[float] = (0.0, 0.5, 1.0),
        names: tuple[str, str] = ("", "fitness = 1 − RMSE"),
        log: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.x, self.y, self.log = theme, x, y, log
        cap = theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": "small", "role": "muted"}
        numbers = [Label(format_number(mark, 1), **style) for mark in marks]
        beside = max(number.width for number in numbers) + 0.16
        below = (2.3 if ticks else 0.5) * cap + (2.3 * cap if names[0] else 0)
        self.box = Area(
            area.left + beside,
            area.bottom + below,
            area.width - beside - 0.25,
            area.height - below - 2.6 * cap,
        )
        box = self.box
        self.axes = VGroup(
            Line(box.point(-1, -1), box.point(1, -1)), Line(box.point(-1, -1), box.point(-1, 1))
        ).set_stroke(theme.muted, theme.stroke.thin)
        level = self.at([[x[0], 0.0], [x[1], 0.0]])
        self.zero = Line(*level).set_stroke(theme.muted, theme.stroke.thin, opacity=0.5)
        self.ticks, self.names = VGroup(), VGroup()
        for number, mark in zip(numbers, marks, strict=True):
            place = self.at([[x[0], mark]])[0] - [0.1 + number.width / 2, 0, 0]
            self.ticks.add(number.center_on(place))
        for value, text in ticks:
            tick = Label(text, **style)
            place = self.at([[value, y[0]]])[0] - [0, 1.3 * cap, 0]
            self.ticks.add(area.keep(tick.center_on(place)))
        if names[1]:
            over = Label(names[1], **style)
            over.align_baseline(area.top - 1.2 * cap)
            self.names.add(over.shift([area.left - over.get_left()[0], 0, 0]))
        if names[0]:
            under = Label(names[0], **style)
            under.center_on([box.center[0], area.bottom + 0.7 * cap, 0])
            self.names.add(area.keep(under))
        self.add(self.axes, self.zero, self.ticks, self.names)

    def at(self, points: ArrayLike) -> NDArray:
        """Where points (n, 2) of x and fitness are on the page, (n, 3); the edge, where beyond."""
        given = np.asarray(points, float)
        low, high = self.x
        across, start, end = given[:, 0], low, high
        if self.log:
            across, start, end = np.log(across), np.log(low), np.log(high)
        share = np.column_stack(
            [(across - start) / (end - start), (given[:, 1] - self.y[0]) / (self.y[1] - self.y[0])]
        )
        share = np.clip(share, 0, 1)
        flat = [self.box.left, self.box.bottom] + share * [self.box.width, self.box.height]
        return np.column_stack([flat, np.zeros(len(flat))])
