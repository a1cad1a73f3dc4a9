"""Many cells on their way at once, each with its own departure and arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, VGroup, linear, smooth
from numpy.typing import NDArray

from mlanim.motion.flow import TRAVELLING
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid

__all__ = ["Flight", "Flights", "Reveal"]

_LANDED = 0.88  # of the way, from where on it fades into what it becomes


@dataclass(frozen=True)
class Flight:
    """A copy of a cell of a grid flies to a point, from `start` on, for `seconds`."""

    grid: ArrayGrid
    number: int
    goal: NDArray
    start: float
    seconds: float


class Flights(Animation):
    """Copies of cells fly; only those that are on their way are on the stage."""

    starts_anew = True

    def __init__(self, flights: Sequence[Flight], *, bend: float = 0.0) -> None:
        self.flights, self.bend = list(flights), bend
        self.length = max((f.start + f.seconds for f in flights), default=0.1)
        self.looks_at, self.moves = tuple({id(f.grid): f.grid for f in flights}.values()), ()
        super().__init__(
            VGroup(), introducer=True, remover=True, rate_func=linear, run_time=self.length
        )

    def _setup_scene(self, scene: Scene | None) -> None:
        self.mobject = VGroup()
        super()._setup_scene(scene)

    def create_starting_mobject(self) -> Mobject:
        """Each copy is taken now, as its cell looks now."""
        self.copies: list[Any] = []
        for flight in self.flights:
            copy = flight.grid.whole_cell(flight.number).copy().set_z_index(TRAVELLING)
            parts = [part for part in copy.get_family() if len(part.points)]
            cell = flight.grid.cell_of(flight.number)
            way = flight.goal - cell.get_center()
            bow = self.bend * np.array([-way[1], way[0], 0.0])
            alphas = [
                (p, p.points.copy(), p.fill_rgbas[:, 3].copy(), p.stroke_rgbas[:, 3].copy())
                for p in parts
            ]
            self.copies.append((copy, alphas, way, bow))
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Bring each to where it is at this moment."""
        now = self.rate_func(alpha) * self.length
        flying = []
        for flight, (copy, parts, way, bow) in zip(self.flights, self.copies, strict=True):
            share = (now - flight.start) / flight.seconds
            if not 0 <= share < 1:
                continue
            along = smooth(share)
            step = along * way + 4 * along * (1 - along) * bow / 2
            opacity = 1.0 if share < _LANDED else (1 - share) / (1 - _LANDED)
            for part, points, fill, stroke in parts:
                part.points = points + step
                part.fill_rgbas[:, 3] = fill * opacity
                part.stroke_rgbas[:, 3] = stroke * opacity
            flying.append(copy)
        self.mobject.submobjects = flying

    def finish(self) -> None:
        """All have landed."""
        super().finish()
        self.mobject.submobjects = []


class Reveal(Animation):
    """Cells of a grid come in at their own times; at the end all of them are there."""

    starts_anew = True

    def __init__(
        self, grid: ArrayGrid, times: dict[int, float], length: float, *, fade: float = 0.2
    ) -> None:
        self.times, self.length, self.fade = times, length, fade
        super().__init__(grid, rate_func=linear, run_time=length)

    def create_starting_mobject(self) -> Mobject:
        """Nothing is copied."""
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Each by its share."""
        now = self.rate_func(alpha) * self.length
        for number, time in self.times.items():
            share = 1.0 if alpha >= 1 else float(np.clip((now - time) / self.fade, 0, 1))
            self.mobject.show_cell(number, share)
