"""A place in the plane that asks its nearest points: links, a lasso, and their votes."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import CLASS_ROLES, mark_outline
from mlanim.subjects.boundary.models.fit import Fit
from mlanim.subjects.boundary.primitives.plane import BoundaryPlane, corners_of
from mlanim.subjects.boundary.primitives.vote_grid import VoteGrid
from mlanim.theme import LIGHT, Theme

__all__ = ["NeighbourProbe"]

_SIZE = 0.17  # units
_AROUND = np.linspace(0, 2 * np.pi, 73)


class NeighbourProbe(VGroup):
    """fit: of nearest neighbours, with `kneighbors`. names: of the classes.

    The lasso is a circle of the data, as wide as the k-th neighbour is far. Parts: `.links` and
    `.lasso` (lines), `.probe` (a mark of the class that wins), `.votes` (VoteGrid).
    """

    def __init__(
        self,
        plane: BoundaryPlane,
        fit: Fit,
        names: list[str],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.plane, self._fit, self.theme = plane, _Shared(fit), theme
        self.links = VMobject(stroke_color=theme.muted, stroke_width=theme.stroke.thin)
        self.lasso = VMobject(stroke_color=theme.ink, stroke_width=theme.stroke.normal)
        self.probe = VMobject(fill_opacity=1, stroke_width=theme.stroke.normal)
        self.probe.set_stroke(theme.ink)
        k = fit.model.n_neighbors
        self.votes = VoteGrid(np.zeros(k, int), names, area=area, theme=theme)
        for part in (self.links, self.lasso):
            plane.holds(part)
        self.add(self.links, self.lasso, self.probe, self.votes)
        left, right, bottom, top = plane.view
        self.set_at(np.array([(left + right) / 2, (bottom + top) / 2]))

    def set_at(self, at: NDArray) -> NeighbourProbe:
        """Ask at another point (2,) of the data."""
        self.at = np.asarray(at, float)
        fit = self._fit.shared
        far, near = fit.model.kneighbors(self.at[None])
        self.near = near[0]
        kinds = fit.kinds[self.near]
        here = self.plane.place(self.at[None])
        ends = self.plane.place(fit.points[self.near])
        self.links.points = corners_of([np.concatenate([here, end[None]]) for end in ends])
        circle = np.stack([np.cos(_AROUND), np.sin(_AROUND)], axis=1)
        around = self.at + far.max() * circle
        self.lasso.points = corners_of([self.plane.place(self.plane.within(around))])
        winner = int(fit.model.predict(self.at[None])[0])
        self.probe.points = here + _SIZE * mark_outline(winner)
        self.probe.set_fill(self.theme.role(CLASS_ROLES[winner]).ink)
        self.votes.set_votes(np.sort(kinds))
        return self


class _Shared:
    """A fit that copies of a mobject share."""

    def __init__(self, shared: Fit) -> None:
        self.shared = shared

    def __deepcopy__(self, memo: object) -> _Shared:
        return self
