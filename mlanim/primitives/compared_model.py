"""One of several classifiers that learn from the same points: its plane, its name, its error."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Group, Line, VGroup

from mlanim.models.boundary_fit import Fit
from mlanim.models.boundary_task import Task
from mlanim.primitives.area import Area
from mlanim.primitives.boundary_plane import BoundaryPlane
from mlanim.primitives.learned_boundary import LearnedBoundary
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["ComparedModel"]

_GAP = 0.12  # units between the name, the plane and the bar
_BAR = 0.11


class ComparedModel(Group):
    """The fits of one model, with a bar as long as its test error, on a scale up to `most`.

    Parts: `.plane`, `.learned`, `.dashed`, `.name`, `.error` (number), `.bar`, `.floor` (a tick
    where the Bayes error is on the bar's scale). `.set_stage(s)` shows the s-th fit.
    """

    def __init__(
        self,
        name: str,
        task: Task,
        fits: Sequence[Fit],
        *,
        most: float,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        cap = theme.sizes.small
        below = _BAR + 2 * _GAP
        square = Area(
            area.left, area.bottom + below, area.width, area.height - below - cap - 1.6 * _GAP
        )
        self.plane = BoundaryPlane(task.view, area=square, classes=len(task.classes), theme=theme)
        self.learned = LearnedBoundary(self.plane, fits)
        self.dashed = VGroup()
        if task.problem:
            self.dashed = self.plane.dashed(self.plane.values(task.problem.margin))
        box = self.plane.area
        self.name = Label(name, theme=theme, size="small", weight="bold")
        self.error = Number(0, decimals=3, theme=theme, size="small", anchor="right")
        wide = max(box.width, self.name.width + self.error.width + 0.15)
        left, right = box.center[0] - wide / 2, box.center[0] + wide / 2
        y = box.top + _GAP
        self.name.align_baseline(y).shift([left - self.name.get_left()[0], 0, 0])
        self.error.align_baseline(y).shift([right - self.error.get_right()[0], 0, 0])
        self._start, self._length = box.left, box.width / most
        self._y = box.bottom - _GAP - _BAR / 2
        self.bar = Line([box.left, self._y, 0], [box.right, self._y, 0])
        self.bar.set_stroke(theme.role("decoder").ink, 100 * _BAR)
        self.floor = VGroup()
        if task.problem:
            x = box.left + task.problem.bayes_error() * self._length
            tick = Line([x, self._y - 0.11, 0], [x, self._y + 0.11, 0])
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
        self.bar.put_start_and_end_on([self._start, self._y, 0], [end, self._y, 0])
