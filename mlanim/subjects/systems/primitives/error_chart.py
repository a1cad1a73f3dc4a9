"""How far predictions are off, example after example, as a program learns from them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.curve import corners
from mlanim.primitives.seen import Seen
from mlanim.subjects.systems.primitives.fitness_chart import FitnessChart
from mlanim.theme import LIGHT, Theme

__all__ = ["ErrorChart"]


class ErrorChart(FitnessChart):
    """errors (n,): predicted less label, of which the first `count` are drawn; `.set_count(k)`.

    >>> chart = ErrorChart([1.0, -0.5, 0.1], area=Area(0, 0, 6, 4))
    >>> chart.set_count(2).drawn_data["errors"].tolist()
    [1.0, -0.5]
    """

    def __init__(self, errors: Any, *, area: Area, count: int = 0, theme: Theme = LIGHT) -> None:
        self.errors: NDArray = np.asarray(errors, float)
        most = float(np.ceil(2 * np.abs(self.errors).max()) / 2)
        n = len(self.errors)
        super().__init__(
            (0.5, n + 0.5),
            y=(-most, most),
            marks=(-most, 0.0, most),
            ticks=[(k, str(k)) for k in (1, n // 2, n)],
            names=("examples learned from", "predicted − label"),
            area=area,
            theme=theme,
        )
        turn = np.linspace(0, 2 * np.pi, 17)
        self._mark = corners(0.09 * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
        ink = theme.role("score").ink
        self.dots = VMobject(fill_color=ink, fill_opacity=1, stroke_width=0)
        self.add(self.dots)
        self.set_count(count)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = f"the last {self.errors[self.count - 1]:.3f}" if self.count else ""
        return Seen(f"chart of {self.count} errors", told)

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """The errors that are drawn."""
        return {"errors": self.errors[: self.count]}

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """The shape of all dots."""
        return {"errors": self.dots}

    @property
    def stage(self) -> float:
        """How many are drawn, for `learn`."""
        return float(self.count)

    def set_stage(self, stage: float) -> ErrorChart:
        """As many as a number that may lie between two counts, rounded."""
        return self.set_count(round(stage))

    def set_count(self, count: int) -> ErrorChart:
        """Draw the first errors."""
        self.count = int(np.clip(count, 0, len(self.errors)))
        drawn = np.column_stack([np.arange(1, self.count + 1), self.errors[: self.count]])
        places = self.places(drawn.reshape(-1, 2))
        self.dots.points = (places[:, np.newaxis] + self._mark).reshape(-1, 3)
        return self
