"""Where each part of a mobject lies, remembered, so that it can be shown elsewhere and larger."""

from __future__ import annotations

import numpy as np
from manim import Mobject

__all__ = ["Outlines"]


class Outlines:
    """The points of a whole family, as they are now, about a centre (default: the mobject's own).

    Nothing drifts: each time, everything is placed from where it was at the beginning.

    >>> from manim import Square
    >>> square = Square(side_length=2)
    >>> Outlines(square).show(np.array([3.0, 0, 0]), scale=2)
    >>> float(square.width), float(square.get_x())
    (4.0, 3.0)
    """

    def __init__(self, mobject: Mobject, centre: np.ndarray | None = None) -> None:
        self.centre = mobject.get_center() if centre is None else centre
        self.parts = [(part, part.points.copy()) for part in mobject.get_family()]

    def show(self, centre: np.ndarray | None = None, scale: float = 1.0) -> None:
        """Place it about that centre (x, y, z; default: its own), so many times as large."""
        stays = scale == 1 and (centre is None or np.array_equal(centre, self.centre))
        goal = self.centre if centre is None else centre
        for part, points in self.parts:
            if len(points) == len(part.points):  # else another verb has given it another form
                part.points = points if stays else goal + scale * (points - self.centre)
