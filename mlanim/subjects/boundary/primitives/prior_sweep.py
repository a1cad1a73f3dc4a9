"""How the best rule moves with the share of each class."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Dot, Group, Line, VGroup, VMobject, override_animate
from numpy.typing import NDArray

from mlanim.models.boundary_data import Problem
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.text import Label, Number
from mlanim.subjects.boundary.models.prior_errors import bayes_errors
from mlanim.subjects.boundary.primitives.plane import BoundaryPlane, corners_of, pixels_of
from mlanim.theme import LIGHT, Theme

__all__ = ["PriorSweep"]

_PRIORS = np.linspace(0.1, 0.9, 81)


class PriorSweep(Group):
    """The best rule for a share of class 1 between 0 and 1, which can move.

    points (n, 2) and kinds (n,): a sample with as many of both; of each class as many are shown
    as the share asks for. Parts: `.plane`, `.marks`, `.regions`, `.dashed`, `.curve` of the error,
    `.handle` on it, `.share` and `.error` (numbers). `.animate.set_prior(p)` moves all of these.
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

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """The share of class 1 that is shown, and the curve (n, 2) of shares and Bayes errors."""
        return {"share": self._prior, "curve": np.stack([_PRIORS, self._errors], axis=1)}

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """The line that runs through the curve."""
        return {"curve": self.curve}

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
        top = self._at(share)
        self.handle.points = self._round + top
        self.drop.points = corners_of([np.array([[top[0], self._box.bottom, 0], top])])
        self.share.set_value(share)
        self.error.set_value(float(np.interp(share, _PRIORS, self._errors)))

    def _panel(self, panel: Area) -> None:
        theme, cap = self.theme, self.theme.sizes.body
        style: dict[str, Any] = {"theme": theme}
        self.share = Number(0, decimals=2, anchor="left", weight="bold", **style)
        self.error = Number(0.0, decimals=4, anchor="left", weight="bold", **style)
        words, plot = panel.split(1, 3.2 if panel.height > 4 else 1.3, gap=0.2)
        rows = VGroup()
        told = [Label(text, **style) for text in ("share of class 1", "Bayes error")]
        aside = max(8.2 * cap + 0.6, *(label.width + 0.3 for label in told))
        for i, (label, number) in enumerate(zip(told, (self.share, self.error), strict=True)):
            label.align_baseline(words.top - cap - 2.2 * i * cap)
            label.shift([words.left - label.get_left()[0], 0, 0])
            number.align_baseline(label)
            number.shift([words.left + aside - number.get_left()[0], 0, 0])
            rows.add(VGroup(label, number))
        box = Area(plot.left, plot.bottom + 4.5 * cap, plot.width, plot.height - 4.7 * cap)
        names = VGroup()
        for text, at, role in (("0.1", 0.1, "class_a"), ("0.9", 0.9, "class_b")):
            name = Label(text, size="small", mono=True, role="muted", **style)
            names.add(name.center_on([box.left + at * box.width, box.bottom - 1.4 * cap, 0]))
            whole = "mostly class 0" if at < 0.5 else "mostly class 1"
            told = Label(whole, size="small", role=role, weight="bold", **style)
            told.center_on([box.left + at * box.width, box.bottom - 3.2 * cap, 0])
            names.add(panel.keep(told))
        self._box, self._highest = box, 1.1 * float(max(self._errors))
        self.slider = Line([box.left, box.bottom, 0], [box.right, box.bottom, 0])
        self.slider.set_stroke(theme.muted, theme.stroke.thin)
        places = [self._at(p) for p in _PRIORS]
        self.curve = VMobject(stroke_color=theme.role("decoder").ink)
        self.curve.set_stroke(width=theme.stroke.bold).set_points_as_corners(places)
        self.handle = Dot(radius=0.11, color=theme.ink)
        self._round = self.handle.points
        self.drop = Line(places[0], places[-1]).set_stroke(theme.muted, theme.stroke.thin)
        self.panel = VGroup(rows, self.slider, names, self.curve, self.drop, self.handle)

    def _at(self, prior: float) -> NDArray:
        """Where the error at a share stands on the panel."""
        box, error = self._box, float(np.interp(prior, _PRIORS, self._errors))
        up = box.height * error / self._highest
        return np.array([box.left + prior * box.width, box.bottom + up, 0])
