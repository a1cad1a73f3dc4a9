"""A line through points of data, which it tells."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray

from mlanim.primitives.seen import Seen

__all__ = ["Curve", "corners"]


class Curve(VMobject):
    """Straight lines from point to point (n, 2) of the data, which stand at places (n, 3).

    >>> curve = Curve([[0, 1], [5, 2]], [[0, 0, 0], [3, 1, 0]])
    >>> curve.values.tolist(), len(curve.points)
    ([[0.0, 1.0], [5.0, 2.0]], 4)
    """

    def __init__(self, values: ArrayLike, places: ArrayLike, *, ink: str = "", width: float = 1):
        super().__init__(stroke_color=ink or None, stroke_width=width)
        self.run_through(values, places)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        (x, y), (to, last) = self.values[0], self.values[-1]
        return Seen("curve", f"from {y:.3g} at {x:.3g} to {last:.3g} at {to:.3g}")

    @property
    def drawn_parts(self) -> dict[str, VMobject]:
        """It runs through its values itself."""
        return {"": self}

    def run_through(self, values: ArrayLike, places: ArrayLike) -> Self:
        """Other points of the data, where they stand on the page; one alone is no line."""
        self.values = np.asarray(values, float)
        at = np.asarray(places, float)
        self.points = corners(at) if len(at) > 1 else np.zeros((0, 3))
        return self


def corners(path: NDArray) -> NDArray:
    """Straight cubic curves (4 m, 3) through the points (m + 1, 3) of a path."""
    start, end = path[:-1], path[1:]
    return np.stack([start + (end - start) * k for k in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(
        -1, 3
    )
