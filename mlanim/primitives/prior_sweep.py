"""How the best rule moves with the share of each class."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Dot, Group, Line, VGroup, override_animate
from numpy.typing import NDArray

from mlanim.models.boundary_data import Problem
from mlanim.models.prior_errors import bayes_errors
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen
from mlanim.primitives.boundary_plane import BoundaryPlane, corners_of, pixels_of
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["PriorSweep"]

_PRIORS = np.linspace(0.1, 0.9, 81)


class PriorSweep(Group):
    """The best rule for a share of class 1 between 0 and 1, which can move.

    points (n, 2) and kinds (n,): a sample with as many of both; of each class as many are shown
    as the share asks for. Parts: `.plane`, `.marks`, `.regions`, `.dashed`, `.slider`, `.handle`,
    `.share` and `.error` (numbers). `.animate.set_prior(p)` moves all of them together.
    """

    def __init__(
        self,
        problem: Problem,
        points: NDArray,
        kinds: NDArray,
        *,
        page: Area,
        panel: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.problem, self.theme = problem, theme
        self.plane = BoundaryPlane(problem.view, area=page, theme=theme)
        self._densities = [mixture.density(self.plane.grid) for mixture in problem.classes]
        self.marks = self.plane.marks(points, kinds)
        self.regions = self.plane.image(np.zeros((1, 1, 3)))
        self.dashed = self.plane.dashed(self._margin(problem.prior))
        self._errors = bayes_errors(problem, _PRIORS)
        self._panel(panel)
        self.add(self.plane, self.regions, self.marks, self.dashed, self.panel)
        self._show(np.array([problem.prior]))

    @property
    def prior(self) -> float:
        """The share of class 1."""
        return float(self._prior[0])

    def set_prior(self, prior: float) -> Self:
        """Show the best rule for another share; also `.animate.set_prior(...)`."""
        self._show(np.array([prior]))
        return self

    @override_animate(set_prior)
    def _animate_prior(self, prior: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: frozen(self._prior), self._show, np.array([prior]), **anim_args or {}
        )

    def _margin(self, prior: float) -> NDArray:
        zero, one = self._densities
        tiny = np.finfo(float).tiny
        margin: NDArray = np.log(prior * one + tiny) - np.log((1 - prior) * zero + tiny)
        return margin

    def _show(self, prior: NDArray) -> None:
        self._prior = prior
        share = float(prior[0])
        zero, one = self._densities
        weights = np.stack([(1 - share) * zero, share * one], axis=1)
        total = np.maximum(weights.sum(axis=1, keepdims=True), np.finfo(float).tiny)
        self.regions.pixel_array = pixels_of(self.plane.tint(weights / total, graded=True))
        self.dashed.points = corners_of(self.plane.dashes(self._margin(share)))
        least = min(len(rows) for rows in self.marks.rows)
        self.marks.set_counts([round((1 - share) * least), round(share * least)])
        self.handle.move_to(self.slider.point_from_proportion(share))
        self.share.set_value(share)
        self.error.set_value(float(np.interp(share, _PRIORS, self._errors)))

    def _panel(self, panel: Area) -> None:
        theme, cap = self.theme, self.theme.sizes.body
        style: dict[str, Any] = {"theme": theme}
        middle = panel.center[1]
        inner = panel.inset(min(0.3, panel.width / 8), 0)
        self.slider = Line([inner.left, middle, 0], [inner.right, middle, 0])
        self.slider.set_stroke(theme.muted, theme.stroke.normal)
        self.handle = Dot(radius=0.13, color=theme.ink)
        names = VGroup()
        for text, at, role in (
            ("all class 0", inner.left, "class_a"),
            ("all class 1", inner.right, "class_b"),
        ):
            name = Label(text, size="small", role=role, **style)
            names.add(panel.keep(name.center_on([at, middle - 2.4 * cap, 0])))
        self.share = Number(self.problem.prior, decimals=2, anchor="left", **style)
        self.error = Number(0.0, decimals=4, anchor="left", **style)
        rows = VGroup()
        for text, number, y in (
            ("share of class 1", self.share, middle + 4.6 * cap),
            ("Bayes error", self.error, middle + 2.2 * cap),
        ):
            label = Label(text, **style).align_baseline(y)
            label.shift([inner.left - label.get_left()[0], 0, 0])
            number.align_baseline(y)
            number.shift([inner.left + 9.5 * cap - number.get_left()[0], 0, 0])
            rows.add(VGroup(label, number))
        self.panel = VGroup(rows, self.slider, names, self.handle)
