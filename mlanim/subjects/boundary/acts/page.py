"""The page on which a classifier shows its manner: a plane on one side, a panel on the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import ImageMobject, Mobject, VMobject
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import ClassMarks
from mlanim.subjects.boundary import KeyList
from mlanim.subjects.boundary.models.fit import Fit
from mlanim.subjects.boundary.models.task import Task
from mlanim.subjects.boundary.primitives.plane import BoundaryPlane

__all__ = ["Page"]

_SHORT = 14  # letters of an axis's name within a formula


@dataclass
class Page:
    """What an act may use: the scene, one fit, the plane with that fit's points, a free panel.

    `shade` changes the regions and the line on the plane; whatever else an act plays is its own.
    """

    scene: Explainer
    task: Task
    fit: Fit
    plane: BoundaryPlane
    marks: ClassMarks
    panel: Area
    image: ImageMobject | None = field(default=None, init=False)
    line: VMobject | None = field(default=None, init=False)

    @property
    def theme(self) -> Any:
        """The scene's theme."""
        return self.scene.theme

    @property
    def axes(self) -> tuple[str, str]:
        """Names of both axes for a formula: short, or x and y."""
        x, y = (
            name if len(name) <= _SHORT else name[: _SHORT - 1] + "…" for name in self.task.axes
        )
        return (x, y) if x != y else ("x", "y")

    def on(self, area: Area) -> dict[str, Any]:
        """The area and theme of a primitive."""
        return self.scene.on(area)

    def play(self, *animations: Any, **kwargs: Any) -> None:
        """Play on the scene."""
        self.scene.play(*animations, **kwargs)

    def wait(self, seconds: float) -> None:
        """Wait on the scene."""
        self.scene.wait(seconds)

    def shade(
        self, scores: NDArray, *, graded: bool, with_line: bool = True, run_time: float = 0.5
    ) -> Any:
        """An animation: the regions and the line of other scores take the place of those there.

        scores: (CELLS², k) at the plane's cells.
        """
        before: list[Mobject] = [m for m in (self.image, self.line) if m is not None]
        self.image = self.plane.regions(scores, graded=graded)
        now: list[Mobject] = [self.image]
        self.line = None
        if with_line:
            self.line = self.plane.solid(scores)
            now.append(self.line)
        # What comes covers what goes, which leaves when it cannot be seen any more.
        gone = do.vanish(*before, run_time=0.5 * run_time)
        return do.together(do.appear(*now, run_time=run_time), do.after(0.5 * run_time, gone))

    def of_fit(self, **style: Any) -> Any:
        """The same with the fit's own scores."""
        return self.shade(self.fit.grid, graded=self.fit.graded, **style)

    def keys(self, area: Area, *entries: tuple[str | int, str]) -> KeyList:
        """A list of marks and what they mean."""
        return KeyList.centred(entries, **self.on(area))

    def cells(self) -> NDArray:
        """The middles of the plane's cells, (CELLS², 2)."""
        return np.asarray(self.plane.grid)
