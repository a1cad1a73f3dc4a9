"""Points on a plane, and the means among them."""

from __future__ import annotations

import numpy as np
from manim import Dot, VGroup

from mlanim.primitives.area import Area
from mlanim.theme import LIGHT, Theme

__all__ = ["MeansPlane"]

_POINT, _MEAN = 0.06, 0.16  # units, radii


class MeansPlane(VGroup):
    """Points (n, 2) and means (k, 2), as large as the area allows.

    Parts: `.dots` and `.means`, dots.

    >>> plane = MeansPlane([[0, 0], [1, 1]], [[0, 1]], area=Area(0, 0, 4, 4))
    >>> plane.values.tolist()
    [[0.0, 1.0]]
    """

    def __init__(
        self, points: np.ndarray, means: np.ndarray, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        points = np.asarray(points, float)
        low, high = points.min(axis=0), points.max(axis=0)
        self._middle = (low + high) / 2
        self._scale = min(area.width / (high - low)[0], area.height / (high - low)[1]) * 0.9
        self._centre = area.center
        ink = theme.role("value").ink
        self.dots = VGroup(*(Dot(self.place(p), _POINT, color=ink) for p in points))
        colour = theme.role("query").ink
        self.means = VGroup(*(Dot(self.place(m), _MEAN, color=colour) for m in np.asarray(means)))
        self.add(self.dots, self.means)

    def place(self, at: np.ndarray) -> np.ndarray:
        """Where (2,) of the data stands on the page, (3,)."""
        across, up = (np.asarray(at, float) - self._middle) * self._scale
        return self._centre + np.array([across, up, 0])

    @property
    def values(self) -> np.ndarray:
        """The means (k, 2) that are drawn now."""
        drawn = np.array([dot.get_center() - self._centre for dot in self.means])
        return drawn[:, :2] / self._scale + self._middle
