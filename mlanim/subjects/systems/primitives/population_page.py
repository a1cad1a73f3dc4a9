"""A population of programs as dots over their fitness, and the best so far over time."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Dot, VGroup, VMobject
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import Kept
from mlanim.primitives.charts.curve import corners
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.subjects.systems.models.evolution_log import SearchLog
from mlanim.subjects.systems.primitives.fitness_chart import FitnessChart
from mlanim.theme import LIGHT, Theme

__all__ = ["PopulationPage"]


_WIDE = 9  # units, from which on both charts stand side by side


class PopulationPage(VGroup):
    """`.set_stage(s)` shows the population of a stage of the log, 0 to its stages - 1.

    Parts: `.living` (chart: the oldest at the left), `.dots` (one shape of all), `.history`
    (chart), `.curve`, `.numbers` (programs tried; best so far; median of the living).

    >>> from mlanim.subjects.systems.models.evolution_log import load_search
    >>> page = PopulationPage(load_search(), area=Area(-7, -4, 14, 7))
    >>> page.set_stage(3).stage
    3
    """

    def __init__(self, log: SearchLog, *, area: Area, stage: int = 0, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme, self._kept = theme, Kept(log)
        wide = area.width > _WIDE
        room, side = area.columns(1.3, 1, gap=0.5) if wide else area.rows(1, 1, gap=0.3)
        size = log.settings.population
        self.living = FitnessChart(
            (0, size - 1),
            area=room,
            names=(f"the {size} that live, from the oldest to the youngest", "fitness = 1 − RMSE"),
            theme=theme,
        )
        self.dots = VMobject(fill_color=theme.role("context").ink, fill_opacity=1, stroke_width=0)
        radius = float(np.clip(0.42 * self.living.box.width / np.sqrt(size) / 2.2, 0.045, 0.1))
        turn = np.linspace(0, 2 * np.pi, 13)
        self._mark = corners(radius * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
        cap = 1.2 * theme.sizes.body
        lines = 3 * 2.2 * cap
        if wide or side.height > 2.5 * lines:
            chart_room, told = side.rows(side.height - lines, lines, gap=0.2)
        else:
            chart_room, told = side.columns(1.3, 1, gap=0.3)
            cap = theme.sizes.small
        first, last = int(log.stage_births[0]), log.evaluations - 1
        powers = [10**p for p in range(2, 8) if first < 10**p < last][-3 :: 1 if wide else 2]
        self.history = FitnessChart(
            (first, last),
            area=chart_room,
            ticks=[(power, f"{power:,}") for power in powers],
            names=("programs tried", "the best so far"),
            log=True,
            theme=theme,
        )
        self.curve = VMobject(stroke_color=theme.role("score").ink, stroke_width=theme.stroke.bold)
        self.tip = Dot(radius=0.09, color=theme.role("score").ink)
        self._dot = self.tip.points
        self._add_numbers(told, cap)
        self.add(
            self.living, self.dots, self.history, self.curve, self.tip, self.names, self.numbers
        )
        self.set_stage(stage)

    @property
    def log(self) -> SearchLog:
        """What is shown."""
        return self._kept.thing

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        values = [number.text for number in self.numbers]
        told = f"{values[0]} tried, the best so far {values[1]}, the median {values[2]}"
        return Seen(f"population of {len(self.log.stages[0])} programs", told)

    @property
    def drawn_data(self) -> dict[str, Any]:
        """Fitness of each dot, the oldest first, and the curve (m, 2) as far as it is drawn."""
        return {"population": self.log.stages[self.stage], "best": self._history()}

    @property
    def drawn_parts(self) -> dict[str, Any]:
        """The shape of all dots; the line of the best, and the dot at its end."""
        return {"population": self.dots, "best": (self.curve, self.tip)}

    def set_stage(self, stage: float) -> PopulationPage:
        """The population of the nearest stage, and the history up to it."""
        log = self.log
        self.stage = int(np.clip(np.rint(stage), 0, len(log.stages) - 1))
        living = log.stages[self.stage]
        places = self.living.places(np.column_stack([np.arange(len(living)), living]))
        self.dots.points = (places[:, np.newaxis] + self._mark).reshape(-1, 3)
        drawn = self.history.places(self._history())
        self.curve.points = corners(drawn)
        self.tip.points = self._dot + drawn[-1]  # the same wherever it stood before
        values = (log.stage_births[self.stage] + 1, self._history()[-1, 1], np.median(living))
        for number, value in zip(self.numbers, values, strict=True):
            number.set_value(float(value))
        return self

    def _history(self) -> NDArray:
        """Births and the best so far, (m, 2), as steps."""
        log, now = self.log, int(self.log.stage_births[self.stage])
        past = log.best_births <= now
        births, best = np.maximum(log.best_births[past], log.stage_births[0]), log.best[past]
        corners = [[births[0], best[0]]]
        for birth, fitness in zip(births[1:], best[1:], strict=True):
            corners += [[birth, corners[-1][1]], [birth, fitness]]
        return np.array([*corners, [now, corners[-1][1]]], float)

    def _add_numbers(self, room: Area, cap: float) -> None:
        """A name and its number a line; where these are too long, the number below its name."""
        style: dict[str, Any] = {"theme": self.theme, "size": cap}
        told = (("programs tried", 0, None), ("best so far", 3, "score"), ("median", 3, "context"))
        self.names = VGroup(*(Label(name, **style) for name, _, _ in told))
        longest = Number(self.log.evaluations, decimals=0, weight="bold", **style)
        below = self.names.width + cap + longest.width > room.width
        pitch = min(4.4 * cap, (room.height - cap) / 2.6) if below else 2.2 * cap
        self.numbers = VGroup()
        for i, (label, (_, decimals, role)) in enumerate(zip(self.names, told, strict=True)):
            y = room.top - cap - i * pitch
            label.align_baseline(y).shift([room.left - label.get_left()[0], 0, 0])
            number = Number(0, decimals=decimals, anchor="right", weight="bold", role=role, **style)
            number.align_baseline(y - (1.8 * cap if below else 0))
            self.numbers.add(number.shift([room.right - number.get_right()[0], 0, 0]))
