"""What stands on a plane of data tells it in the data's own units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["PlaneView"]

_PIECE = 4  # points of a cubic curve


@dataclass(frozen=True, eq=False)
class PlaneView:
    """A view (left, right, bottom, top) of the data as a square on the page.

    >>> view = PlaneView((0, 1, 0, 1), np.zeros(3), 4.0)
    >>> view.data(view.page(np.array([[0.5, 1.0]]))).tolist()
    [[0.5, 1.0]]
    """

    view: tuple[float, float, float, float]
    corner: NDArray  # (3,): where left and bottom are
    side: float

    def __deepcopy__(self, memo: object) -> PlaneView:
        return self  # copies of a mobject share it: it never changes

    def page(self, points: NDArray) -> NDArray:
        """Where points (n, 2) of the data stand on the page, (n, 3)."""
        left, right, bottom, top = self.view
        share = (np.asarray(points, float) - (left, bottom)) / (right - left, top - bottom)
        flat = np.zeros((len(share), 1))
        return self.corner + np.concatenate([share * self.side, flat], axis=1)

    def data(self, places: NDArray) -> NDArray:
        """Which points (n, 2) of the data places (n, 3) of the page are."""
        left, right, bottom, top = self.view
        share = (np.asarray(places, float) - self.corner)[:, :2] / self.side
        return np.asarray(share * (right - left, top - bottom) + (left, bottom))

    def lines(self, points: NDArray) -> list[NDArray]:
        """The lines (n, 2) of the data that straight cubic curves (4 m, 3) of the page draw."""
        curves = points.reshape(-1, _PIECE, 3)
        if not len(curves):
            return []
        breaks = np.abs(curves[1:, 0] - curves[:-1, -1]).max(axis=1) > 1e-6
        runs = np.split(curves, np.flatnonzero(breaks) + 1)
        return [self.data(np.concatenate([run[:, 0], run[-1:, -1]])) for run in runs]
