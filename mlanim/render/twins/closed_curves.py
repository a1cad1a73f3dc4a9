"""Closing the curves of a text's glyphs, a glyph at a time instead of a point at a time."""

from __future__ import annotations

import numpy as np
from manim import VMobject
from manim.mobject.text.text_mobject import MarkupText, Text

from mlanim.render.twins.rewriting import rewritten

_LOOP = """
for each in self:
    if len(each.points) == 0:
        continue
    points = each.points
    curve_start = points[0]
    assert len(curve_start) == self.dim, curve_start
    closed_curve_points: list[Point3D] = []
    if nppc == 3:
        def add_line_to(end: Point3D) -> None:
            nonlocal closed_curve_points
            start = closed_curve_points[-1]
            closed_curve_points += [start, (start + end) / 2, end]
    else:
        def add_line_to(end: Point3D) -> None:
            nonlocal closed_curve_points
            start = closed_curve_points[-1]
            closed_curve_points += [
                start, (start + start + end) / 3, (start + end + end) / 3, end
            ]
    for index, point in enumerate(points):
        closed_curve_points.append(point)
        if (
            index != len(points) - 1
            and (index + 1) % nppc == 0
            and any(point != points[index + 1])
        ):
            add_line_to(curve_start)
            curve_start = points[index + 1]
    add_line_to(curve_start)
    each.points = np.array(closed_curve_points, ndmin=2)
"""


def text_initializer(kind: type[Text] | type[MarkupText]):
    """``__init__`` of Manim's texts with the loop over points exchanged; None if it is another."""
    return rewritten(kind, "__init__", _LOOP, "close_curves(self)", {"close_curves": close_curves})


def close_curves(text: VMobject) -> None:
    """Give every subpath of every glyph a line to its start."""
    for glyph in text:
        if len(glyph.points):
            glyph.points = closed(glyph.points)


def closed(points: np.ndarray) -> np.ndarray:
    """Curves (4n, 3) with one more at the end of each run of curves that touch.

    The curve is a straight line to the run's start, also where the run is closed already.
    """
    count = len(points)
    lasts = np.arange(3, count - 1, 4)
    lasts = lasts[(points[lasts] != points[lasts + 1]).any(axis=1)]
    starts = points[np.concatenate(([0], lasts + 1))]
    lasts = np.append(lasts, count - 1)
    ends = points[lasts]
    lines = np.stack(
        [ends, (ends + ends + starts) / 3, (ends + starts + starts) / 3, starts], axis=1
    )
    return np.insert(points, np.repeat(lasts + 1, 4), lines.reshape(-1, 3), axis=0)
