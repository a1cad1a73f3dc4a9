"""matmul: row meets column, and a number appears; slowly once, then quickly for all the others."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, RoundedRectangle, VGroup, linear

from mlanim.motion.appear import Appear
from mlanim.motion.carry import Carry
from mlanim.motion.flow import TRAVELLING
from mlanim.motion.timeline import Timeline
from mlanim.primitives.matmul import Matmul
from mlanim.primitives.tensor_box import TensorBox

__all__ = ["matmul"]

_FIRST = 1.5  # seconds for the first cell
_EACH, _LONGEST = 0.1, 2.2  # for each of the others, and for all of them


class _EnterBlank(Appear):
    """Enter as a frame without cells."""

    def begin(self) -> None:
        for index in range(len(self.mobject.cells)):
            _show(self.mobject, index, 0.0)
        super().begin()


class _Fill(Animation):
    """Cells `first` to `last` of a box appear in their order; the very first slowly."""

    starts_anew = True

    def __init__(self, box: TensorBox, first: int, last: int, run_time: float) -> None:
        self.first, self.last = first, last
        super().__init__(box, rate_func=linear, run_time=run_time)

    def create_starting_mobject(self) -> Mobject:
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        done = self.rate_func(alpha) * (self.last - self.first)
        for index in range(self.first, self.last):
            _show(self.mobject, index, float(np.clip(done - (index - self.first), 0, 1)))


class _Point(Animation):
    """Two frames point at the row and the column whose product appears now."""

    starts_anew = True

    def __init__(self, page: Matmul, first: int, last: int, run_time: float) -> None:
        self.page, self.first, self.last = page, first, last
        ink, width = page.theme.ink, page.theme.stroke.normal
        a, b = page.a, page.b
        rows, columns = len(a.values), b.values.shape[1]
        self.row = RoundedRectangle(
            width=a.frame.width + 0.06, height=a.frame.height / rows + 0.06, corner_radius=0.05
        )
        self.column = RoundedRectangle(
            width=b.frame.width / columns + 0.06, height=b.frame.height + 0.06, corner_radius=0.05
        )
        frames = VGroup(self.row, self.column).set_stroke(ink, width).set_z_index(TRAVELLING)
        self.looks_at = (a, b)
        super().__init__(frames, introducer=True, remover=True, rate_func=linear, run_time=run_time)

    def create_starting_mobject(self) -> Mobject:
        a, b = self.page.a, self.page.b
        x, y = a.frame.get_x(), b.frame.get_y()
        rows = [a.cell_at(row, 0).get_y() for row in range(len(a.values))]
        columns = [b.cell_at(0, column).get_x() for column in range(b.values.shape[1])]
        self.places = [[x, height, 0] for height in rows], [[across, y, 0] for across in columns]
        self.outlines = [frame.points - frame.get_center() for frame in (self.row, self.column)]
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        done = self.rate_func(alpha) * (self.last - self.first)
        index = min(self.last - 1, self.first + int(done))
        at = divmod(index, self.page.c.values.shape[1])
        for frame, outline, places, i in zip(
            (self.row, self.column), self.outlines, self.places, at, strict=True
        ):
            frame.points = outline + places[i]


def matmul(page: Matmul, *, slowly: bool = True, run_time: float | None = None) -> Timeline:
    """c enters empty; its cells appear one by one while frames point at their row and column.

    slowly: of the first cell, copies of row and column fly together where the number appears.
    a and b have to be on the screen; c and its bias are at the end.

    >>> from mlanim.primitives.area import Area
    >>> page = Matmul([[1, 2]], [[3], [4]], names=("x", "W", "q"), area=Area(-6, -3, 12, 6))
    >>> matmul(page).run_time
    2.0
    """
    count = len(page.c.cells)
    steps: list[Any] = [_EnterBlank(page.c, run_time=0.4), *_enter_bias(page)]
    starts = [0.0] * len(steps)
    now, first = 0.5, 0
    if slowly:
        row = VGroup(*page.a.cells[: page.a.values.shape[1]])
        column = VGroup(*page.b.cells[:: page.b.values.shape[1]])
        goal = page.c.cells[0]
        steps += [
            _Point(page, 0, 1, _FIRST),
            _Gather(row, goal, run_time=0.9),
            _Gather(column, goal, run_time=0.9),
            _Fill(page.c, 0, 1, 0.4),
        ]
        starts += [now, now + 0.2, now + 0.2, now + 1.0]
        now, first = now + _FIRST, 1
    if first < count:
        length = min(_LONGEST, _EACH * (count - first))
        steps += [_Point(page, first, count, length), _Fill(page.c, first, count, length)]
        starts += [now, now]
    return Timeline(steps, starts, run_time=run_time)


class _Gather(Carry):
    """Copies of cells fly to one place and shrink together there."""

    def __init__(self, cells: VGroup, goal: Any, run_time: float) -> None:
        target = VGroup(*(goal.copy().set_opacity(0) for _ in cells))
        super().__init__(cells, target, bend=0.0, run_time=run_time)


def _enter_bias(page: Matmul) -> list[Appear]:
    return [Appear(page.bias, run_time=0.4)] if len(page.bias) else []


def _show(box: TensorBox, index: int, share: float) -> None:
    """Give a cell and its number an opacity."""
    parts = [box.cells[index]]
    if len(box.numbers):
        parts += box.numbers[index].get_family()
    for part in parts:
        if len(getattr(part, "fill_rgbas", ())):
            part.fill_rgbas[:, 3] = share
    box.cells[index].stroke_rgbas[:, 3] = share
