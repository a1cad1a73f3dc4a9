"""One of several classifiers that learn from the same points: its plane, its name, its error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group, Line, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number, shortened
from mlanim.subjects.boundary.models.fit import Fit
from mlanim.subjects.boundary.models.task import Task
from mlanim.subjects.boundary.primitives.learned_boundary import LearnedBoundary
from mlanim.subjects.boundary.primitives.plane import BoundaryPlane, corners_of
from mlanim.theme import LIGHT, Theme

__all__ = ["ComparedModel"]

_GAP = 0.12  # units between the name, the plane and the bar
_BAR = 0.11


class ComparedModel(Group):
    """The fits of one model, with a bar as high as its test error, on a scale up to `most`,
    and a tick at `floor`, the Bayes error, if it is known.

    Parts: `.plane`, `.learned`, `.dashed`, `.name`, `.error` (number), `.bar`, `.floor` (the
    tick). `.set_stage(s)` shows the s-th fit.
    """

    def __init__(
        self,
        name: str,
        task: Task,
        fits: Sequence[Fit],
        *,
        most: float,
        floor: float | None = None,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        cap = theme.sizes.small
        square = Area(
            area.left, area.bottom, area.width - _BAR - _GAP, area.height - cap - 1.6 * _GAP
        )
        self.plane = BoundaryPlane(task.view, area=square, classes=len(task.classes), theme=theme)
        self.learned = LearnedBoundary(self.plane, fits)
        self.dashed = VGroup()
        if task.problem:
            self.dashed = self.plane.dashed(self.plane.values(task.problem.margin))
        box = self.plane.area
        self.error = Number(0, decimals=3, theme=theme, size="small", anchor="right")
        style: dict[str, Any] = {"theme": theme, "size": "small", "weight": "bold"}
        room = area.width - self.error.width - 0.15
        self.name = Label(shortened(name, room, **style), **style)
        wide = max(box.width + _GAP + _BAR, self.name.width + self.error.width + 0.15)
        left = min(box.left, area.right - wide)
        right = left + wide
        y = box.top + _GAP
        self.name.align_baseline(y).shift([left - self.name.get_left()[0], 0, 0])
        self.error.align_baseline(y).shift([right - self.error.get_right()[0], 0, 0])
        self._start, self._length = box.bottom, box.height / (most or 1.0)  # if none ever errs
        self._x = box.right + _GAP + _BAR / 2
        self.bar = Line([self._x, box.bottom, 0], [self._x, box.top, 0])
        self.bar.set_stroke(theme.role("decoder").ink, 100 * _BAR)
        self.floor = VGroup()
        if floor is not None:
            y = box.bottom + floor * self._length
            tick = Line([self._x - _BAR, y, 0], [self._x + _BAR, y, 0])
            self.floor.add(tick.set_stroke(theme.ink, theme.stroke.normal))
        self.add(self.plane, self.learned, self.dashed, self.name, self.error)
        self.add(self.bar, self.floor)
        self.set_stage(0)

    @property
    def stage(self) -> float:
        """The stage that is shown."""
        return self.learned.stage

    def set_stage(self, stage: float) -> None:
        """Show a stage, from 0 to the number of fits less 1."""
        self.learned.set_stage(stage)
        wrong = self.learned.fit.test_error
        self.error.set_value(wrong)
        end = self._start + max(wrong * self._length, 1e-3)
        self.bar.points = corners_of([np.array([[self._x, self._start, 0], [self._x, end, 0]])])
