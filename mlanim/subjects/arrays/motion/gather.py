"""gather, stretch, fill: cells of operands become the cells of a result, in each kind's manner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Mobject, RoundedRectangle, VGroup, linear
from numpy.typing import NDArray

from mlanim.motion.flow import TRAVELLING
from mlanim.motion.timeline import Timeline, together
from mlanim.subjects.arrays.motion.flights import Flight, Flights, Reveal
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid

__all__ = ["fill", "gather", "show_dashes", "stretch"]

_FLIGHT = 0.8  # seconds
_SLOW = 1.3  # for the first cell, where it is worth a look
_LONGEST = 2.4  # for all the others
_MOST_FLYING = 240  # copies; beyond, cells of the result come in without them


def gather(
    operands: Sequence[ArrayGrid],
    origins: Sequence[NDArray],
    result: ArrayGrid,
    *,
    slowly: bool = False,
    lag: float = 0.12,
    only: Sequence[int] | None = None,
) -> Timeline:
    """Copies of the cells that each cell of the result came from fly there, and it appears.

    origins[k] (cells of the result, n): numbers of cells of operand k, -1 for none. The operands
    have to be on the screen; the result's frame too, its cells blank. slowly: the first cell alone,
    with frames around what it came from, which then run along with the others. only: these cells of
    the result.

    >>> a, b = ArrayGrid([1, 2]), ArrayGrid([3]).blank()
    >>> round(gather([a], [np.array([[0, 1]])], b).run_time, 3)
    0.9
    """
    wanted = None if only is None else set(only)
    numbers = [p.number for p in result.places if wanted is None or p.number in wanted]
    first = _SLOW if slowly and len(numbers) > 1 else 0.0
    each = min(lag, _LONGEST / max(1, len(numbers)))
    starts = [first + each * i for i in range(len(numbers))]
    if first:
        starts[0] = 0.2
    flights = []
    room = _MOST_FLYING // max(1, sum(grid_origins.shape[1] for grid_origins in origins))
    for i, (number, start) in enumerate(zip(numbers, starts, strict=True)):
        goal = result.cell_of(number).get_center()
        for grid, own in zip(operands, origins, strict=True):
            cells = [int(c) for c in own[number] if c >= 0 and grid.has(c)]
            if i <= max(1, room):
                flights += [Flight(grid, cell, goal, start, _FLIGHT) for cell in cells]
    times = {n: s + 0.8 * _FLIGHT for n, s in zip(numbers, starts, strict=True)}
    length = max([*times.values(), 0.0]) + 0.2 * _FLIGHT + 0.1
    parts: list[Animation] = [Flights(flights)] if flights else []
    parts.append(Reveal(result, times, length))
    if slowly:
        ends = [*starts[1:], length]
        frames = [_Pointer(grid, own, numbers, starts, ends, result)
                  for grid, own in zip(operands, origins, strict=True)]  # fmt: skip
        parts = [*parts, *(frame for frame in frames if frame.boxes)]
    return together(*parts)


def stretch(grid: ArrayGrid, origins: NDArray) -> Timeline:
    """The copies by which an operand is stretched come out of the cells that they repeat.

    origins (cells,): for each cell of the grid the number of the operand's own cell.
    """
    flat = origins.ravel()
    own = {int(flat[p.number]): p.number for p in reversed(grid.places) if _own(grid, p.number)}
    flights, times = [], {}
    for i, number in enumerate(grid.copies):
        start = min(0.06, 1.0 / len(grid.copies)) * i
        source = own.get(int(flat[number]))
        if source is not None and i < _MOST_FLYING:
            goal = grid.cell_of(number).get_center()
            flights.append(Flight(grid, source, goal, start, 0.6))
        times[number] = start + 0.5
    length = max([*times.values(), 0.3]) + 0.2
    return together(*([Flights(flights)] if flights else []), Reveal(grid, times, length),
                    _Dashes(grid, length))  # fmt: skip


def fill(grid: ArrayGrid, *, run_time: float = 1.2) -> Timeline:
    """The cells come in one after the other, in C order."""
    numbers = [place.number for place in grid.places]
    each = run_time / max(1, len(numbers))
    return together(Reveal(grid, {n: i * each for i, n in enumerate(numbers)}, run_time + 0.25))


def _own(grid: ArrayGrid, number: int) -> bool:
    return number not in grid.copies


class _Dashes(Animation):
    """The outlines of copies come in with them."""

    starts_anew = True

    def __init__(self, grid: ArrayGrid, length: float) -> None:
        super().__init__(grid, rate_func=linear, run_time=length)

    def create_starting_mobject(self) -> Mobject:
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        show_dashes(self.mobject, alpha)


def show_dashes(grid: ArrayGrid, share: float) -> None:
    """Give the outlines of copies an opacity."""
    for part in grid.dashes.get_family():
        if len(part.points):
            part.stroke_rgbas[:, 3] = share


class _Pointer(Animation):
    """A frame around the cells that the next cell of the result comes from."""

    starts_anew = True

    def __init__(
        self,
        grid: ArrayGrid,
        origins: NDArray,
        numbers: Sequence[int],
        starts: Sequence[float],
        ends: Sequence[float],
        result: ArrayGrid,
    ) -> None:
        self.boxes: list[tuple[NDArray, float, float]] = []
        for number in numbers:
            box = _box(grid, [int(c) for c in origins[number] if c >= 0])
            if box is None:  # no frame holds them and nothing else
                self.boxes = []
                break
            self.boxes.append(box)
        self.starts, self.ends = list(starts), list(ends)
        self.looks_at = (grid,)
        self.theme = grid.theme
        super().__init__(
            VGroup(), introducer=True, remover=True, rate_func=linear, run_time=max(0.1, ends[-1])
        )

    def create_starting_mobject(self) -> Mobject:
        self.shown = -1
        self.frame = RoundedRectangle(width=1, height=1, corner_radius=0.06)
        self.frame.set_stroke(self.theme.ink, self.theme.stroke.bold)
        self.mobject.submobjects = [self.frame.set_z_index(TRAVELLING - 1)]
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        now = self.rate_func(alpha) * self.run_time
        index = max(0, sum(start <= now for start in self.starts) - 1)
        if index == self.shown:
            return
        self.shown = index
        center, width, height = self.boxes[index]
        shape = RoundedRectangle(width=width + 0.08, height=height + 0.08, corner_radius=0.06)
        self.frame.points = shape.points + center


def _box(grid: ArrayGrid, cells: Sequence[int]) -> tuple[NDArray, float, float] | None:
    """The box around drawn cells, if it holds all of them and no others."""
    drawn = [grid.cell_of(cell) for cell in cells if grid.has(cell)]
    if not drawn:
        return None
    group = VGroup(*drawn)
    box = group.get_center(), float(group.width), float(group.height)
    held = sum(_inside(cell.get_center(), box) for cell in grid.cells)
    return box if held == len(drawn) else None


def _inside(point: NDArray, box: tuple[NDArray, float, float]) -> bool:
    center, width, height = box
    across, up = np.abs(point - center)[:2]
    return bool(across < width / 2 and up < height / 2)
