"""Fitness upwards, from nothing to perfect, over whatever goes to the right."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Line
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.text import format_number
from mlanim.theme import LIGHT, Theme

__all__ = ["FitnessChart"]


class FitnessChart(Chart):
    """x: (least, most), on a scale of logarithms if `log`; y: the same of fitness.

    ticks: values of x and what is written there. marks: those of fitness. names: of x and of y.

    Parts: a Chart's, and `.zero` (where fitness is 0).

    >>> chart = FitnessChart((0, 10), area=Area(0, 0, 6, 4))
    >>> bool(chart.places([[0, 1.0]])[0, 1] > chart.places([[0, 0.0]])[0, 1])
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
        written = [(mark, format_number(mark, 1)) for mark in marks]
        super().__init__(
            x,
            y,
            area=area,
            names=names,
            log=(log, False),
            ticks=(tuple(ticks), written),
            theme=theme,
        )
        self.zero = Line(self.at(x[0], 0), self.at(x[1], 0))
        self.zero.set_stroke(theme.muted, theme.stroke.thin, opacity=0.5)
        self.add(self.zero)

    def places(self, points: ArrayLike) -> NDArray:
        """Where points (n, 2) of x and fitness are on the page, (n, 3); the edge, where beyond."""
        return self.all_at(self.within(points))
