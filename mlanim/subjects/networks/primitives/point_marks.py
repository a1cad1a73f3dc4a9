"""Points of several classes: each class has a colour and a shape of its own."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from mlanim.primitives.seen import Seen
from mlanim.subjects.networks.primitives.chart import corners
from mlanim.subjects.networks.primitives.unit_view import CLASS_ROLES
from mlanim.theme import LIGHT, Theme

__all__ = ["PointMarks"]

_SIDES = (20, 4, 3, 6, 5, 8)  # corners of the classes' marks
_TURNS = (0.0, 0.25, 0.5, 0.0, 0.5, 0.125)  # of pi


class PointMarks(VGroup):
    """places (n, 3) and kinds (n,) from 0; one shape a class, in `CLASS_ROLES`.

    >>> marks = PointMarks(np.zeros((3, 3)), np.array([0, 1, 1]), classes=2)
    >>> len(marks)
    2
    """

    def __init__(
        self,
        places: NDArray,
        kinds: NDArray,
        *,
        classes: int,
        radius: float = 0.07,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.counts = [int((kinds == kind).sum()) for kind in range(classes)]
        for kind in range(classes):
            turn = np.linspace(0, 2 * np.pi, _SIDES[kind] + 1) + np.pi * _TURNS[kind]
            outline = corners(radius * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1))
            mark = VMobject(
                fill_color=theme.role(CLASS_ROLES[kind]).ink,
                fill_opacity=1,
                stroke_color=theme.surface,
                stroke_width=1,
            )
            here = places[kinds == kind]
            mark.points = (here[:, None] + outline).reshape(-1, 3)
            self.add(mark)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"cloud of points of {len(self.counts)} classes", f"{sum(self.counts)} of them")
