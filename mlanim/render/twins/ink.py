"""How far ink reaches around the paths that it is drawn along."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite

import cairo
from manim import LineJointType, VMobject

from mlanim.render.twins.cairo_paths import PathBatch
from mlanim.render.twins.frame_changes import Rectangle

__all__ = ["SMEARED", "ink_around", "reach"]

SMEARED = 2  # pixels: edges are soft
_MITER_LIMIT = 10.0  # Cairo's default, which Manim leaves
_SQUARE_CAP = 1.5  # covers it, whatever its direction
_POINTED = (LineJointType.AUTO, LineJointType.MITER)


def reach(stroke_width: float, background_width: float, joint: LineJointType | None) -> float:
    """How far strokes reach from their path, in halves of a line's unit of width.

    Miters reach furthest; joint is None for a path without joints.
    """
    width = max(0.0, float(stroke_width), float(background_width))
    return width * (_MITER_LIMIT if joint in _POINTED else _SQUARE_CAP)


def ink_around(
    paths: PathBatch,
    mobjects: Sequence[VMobject],
    context: cairo.Context,
    line_unit: float,
    size: tuple[int, int],
) -> Rectangle | None:
    """The rectangle of a frame of that size (width, height) that holds the mobjects' ink.

    None if nobody can tell.
    """
    matrix = context.get_matrix()
    (left, bottom), (right, top) = (
        matrix.transform_point(*corner.tolist()) for corner in paths.hull()
    )
    try:
        furthest = max(
            reach(m.stroke_width, m.background_stroke_width, LineJointType.MITER) for m in mobjects
        )
    except (TypeError, ValueError):
        return None
    around = furthest * line_unit * max(abs(matrix.xx), abs(matrix.yy)) / 2 + SMEARED
    if not all(map(isfinite, (left, right, top, bottom, around))):
        return None
    x, end_x = _clipped(left, right, around, size[0])
    y, end_y = _clipped(top, bottom, around, size[1])
    return Rectangle(x, y, end_x - x, end_y - y)


def _clipped(one: float, other: float, around: float, size: int) -> tuple[int, int]:
    low, high = floor(min(one, other) - around), ceil(max(one, other) + around)
    return min(max(low, 0), size), min(max(high, 0), size)
