"""Marks of six kinds of things: a colour and a shape each, so that colour is never alone."""

from __future__ import annotations

import numpy as np
from manim import Circle, RegularPolygon, Star, VMobject
from numpy.typing import NDArray

__all__ = ["KIND_ROLES", "mark_outline"]

KIND_ROLES = ("class_a", "class_b", "class_c", "class_d", "class_e", "class_f")


def mark_outline(kind: int) -> NDArray:
    """A kind's shape as curves (4 m, 3) around the origin, about as large as a unit circle.

    >>> mark_outline(0).shape[1], bool(abs(mark_outline(3)).max() < 1.5)
    (3, True)
    """
    shapes: tuple[VMobject, ...] = (
        Circle(radius=1),
        RegularPolygon(4, start_angle=np.pi / 4, radius=1.25),
        RegularPolygon(3, start_angle=np.pi / 2, radius=1.3),
        RegularPolygon(4, start_angle=0, radius=1.25),
        Star(4, outer_radius=1.4, inner_radius=0.5, start_angle=np.pi / 4),
        RegularPolygon(3, start_angle=-np.pi / 2, radius=1.3),
    )
    return np.asarray(shapes[kind % len(shapes)].points)
