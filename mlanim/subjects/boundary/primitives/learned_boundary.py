"""What a classifier has learned from a sample that grows, at any stage of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group
from numpy.typing import NDArray

from mlanim.primitives.arrays import Kept
from mlanim.primitives.seen import Seen
from mlanim.subjects.boundary.models.fit import CELLS, Fit
from mlanim.subjects.boundary.primitives.plane import BoundaryPlane, corners_of, pixels_of

__all__ = ["LearnedBoundary"]

_TURN = 0.45  # of the way to the next fit: from here on its boundary fades in


class LearnedBoundary(Group):
    """Regions, boundary and points of fits to more and more points, on a plane.

    Stage i is the i-th fit. Between two fits points arrive one by one, then the next boundary
    fades in and the one before fades out: each line that is drawn is that of a fitted model.

    Parts: `.regions` (one image), `.line` (of the fit reached), `.coming` (of the next), `.marks`.
    """

    def __init__(self, plane: BoundaryPlane, fits: Sequence[Fit], stage: float = 0.0) -> None:
        super().__init__()
        self.plane, self._fits = plane, Kept(tuple(fits))
        last = fits[-1]
        self.marks = plane.marks(last.points, last.kinds)
        seen = plane.sees(last.points, 0.05)
        self._drawn = np.concatenate([[0], np.cumsum(seen)])  # marks among the first n points
        self.regions = plane.image(np.zeros((1, 1, 3)))
        self.line, self.coming = plane.path([]), plane.path([])
        self.line.name = self.coming.name = "learned boundary"
        self.add(self.regions, self.marks, self.coming, self.line)
        self._paths: dict[int, NDArray] = {}
        self._tints: dict[int, NDArray] = {}
        self.set_stage(stage)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"boundary learned from {self.count} points", self.marks.seen.detail)

    @property
    def fits(self) -> Sequence[Fit]:
        """The fits, the smallest sample first."""
        return self._fits.thing

    @property
    def fit(self) -> Fit:
        """The fit that was reached."""
        return self.fits[int(self.stage)]

    @property
    def count(self) -> int:
        """How many points have arrived."""
        return int(self._count)

    @property
    def drawn_data(self) -> dict[str, Any]:
        """The fit that was reached: how many points it has learned from, how often it errs, and the
        class (CELLS, CELLS) that it gives each place, lowest row first."""
        fit = self.fit
        winner = fit.grid.argmax(axis=1).reshape(CELLS, CELLS)
        errors = {"training error": [fit.training_error], "test error": [fit.test_error]}
        return {"points learned from": [fit.count], **errors, "regions": winner}

    def set_stage(self, stage: float) -> None:
        """Show a stage, 0 to the number of fits less 1."""
        self.stage = float(np.clip(stage, 0, len(self.fits) - 1))
        i = int(self.stage)
        part = self.stage - i
        after = min(i + 1, len(self.fits) - 1)
        here, there = self.fits[i].count, self.fits[after].count
        self._count = here + part * (there - here)
        arriving = max(1.0, 0.06 * here)
        drawn = float(np.interp(self._count, np.arange(len(self._drawn)), self._drawn))
        self.marks.radius = self.plane.radius(int(self._count))
        self.marks.set_count(drawn, arriving if part else 0.0)
        turned = float(np.clip((part - _TURN) / (1 - _TURN), 0, 1))
        colours = self._tint(i)
        if turned:
            colours = colours + (self._tint(after) - colours) * turned
        self.regions.pixel_array = pixels_of(colours)
        self.line.points = self._path(i)
        self.line.set_stroke(opacity=min(1.0, 2 - 2 * turned))
        self.coming.points = self._path(after) if turned else np.zeros((0, 3))
        self.coming.set_stroke(opacity=min(1.0, 2 * turned))
        for kept in (self._paths, self._tints):
            for old in set(kept) - {i, after}:
                del kept[old]

    def _path(self, i: int) -> NDArray:
        if i not in self._paths:
            self._paths[i] = corners_of(self.plane.between(self.fits[i].grid))
        return self._paths[i]

    def _tint(self, i: int) -> NDArray:
        if i not in self._tints:
            fit = self.fits[i]
            self._tints[i] = self.plane.tint(fit.grid, graded=fit.graded)
        return self._tints[i]
