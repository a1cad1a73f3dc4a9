"""Interpolating a whole family of mobjects at once, number for number as Manim does one by one.

``VMobject.interpolate`` makes about thirty small NumPy calls per glyph and frame. Here the points, the
colours and the directions of all glyphs stand in one array each, and the same ``(1 - a) * x + a * y`` is
taken of every element. Mobjects that do more than that (images, point clouds, classes of one's own,
curved paths) are interpolated by their own method.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from manim import Mobject, VMobject
from manim.utils.bezier import interpolate as straight

from mlanim.render.patching import overrides_nothing

Triple = tuple[Mobject, Mobject, Mobject, float]  # the mobject, its start, its target, how far it is

_COLORS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
_FLOAT = np.dtype(np.float64)
_COLOR_SHAPE = (1, 4)
_PLAIN_NUMBERS = (float, int, np.float64)


def interpolate_family(triples: Sequence[Triple], path_func=straight) -> None:
    """Do ``mobject.interpolate(start, target, alpha, path_func)`` for every triple, all at once."""
    plain = [triple for triple in triples if _is_plain(*triple)]
    moving = {id(triple[0]) for triple in plain}
    if len(plain) < 2 or len(moving) < len(plain) or any(
        id(start) in moving or id(target) in moving for _, start, target, _ in triples
    ):
        plain = []  # one reads what another writes: keep Manim's order
    if len(plain) < len(triples):
        rest = triples if not plain else [triple for triple in triples if id(triple[0]) not in moving]
        for mobject, start, target, alpha in rest:
            mobject.interpolate(start, target, alpha, path_func)
    if plain:
        _interpolate_points(plain, path_func)
        _interpolate_style(plain)


def _is_plain(mobject: Mobject, start: Mobject, target: Mobject, alpha: float) -> bool:
    """Whether the three are vector mobjects of Manim's own kind whose arrays can stand side by side."""
    if not (_interpolates_plainly(type(mobject)) and isinstance(start, VMobject)):
        return False
    if type(alpha) not in _PLAIN_NUMBERS or not isinstance(target, VMobject):
        return False
    a, b = start.__dict__, target.__dict__
    try:
        if a["points"].shape != b["points"].shape or a["points"].ndim != 2:
            return False
        return (
            a["points"].dtype == b["points"].dtype == _FLOAT
            and all(
                a[name].shape == b[name].shape == _COLOR_SHAPE
                and a[name].dtype == b[name].dtype == _FLOAT
                for name in _COLORS
            )
            and a["sheen_direction"].shape == b["sheen_direction"].shape == (3,)
            and a["sheen_direction"].dtype == b["sheen_direction"].dtype == _FLOAT
        )
    except (KeyError, AttributeError):
        return False


@cache
def _interpolates_plainly(kind: type[Mobject]) -> bool:
    return issubclass(kind, VMobject) and overrides_nothing(
        kind, VMobject, ("interpolate", "interpolate_color")
    )


def _interpolate_points(triples: Sequence[Triple], path_func) -> None:
    if path_func is not straight:
        # arcs multiply matrices, whose rounding may depend on how many rows there are
        for mobject, start, target, alpha in triples:
            mobject.points = path_func(start.points, target.points, alpha)
        return
    starts = [start.points for _, start, _, _ in triples]
    counts = [len(points) for points in starts]
    alphas = _alphas(triples, counts)
    points = _mix(np.concatenate(starts), np.concatenate([t.points for _, _, t, _ in triples]), alphas)
    end = 0
    for (mobject, _, _, _), count in zip(triples, counts, strict=True):
        begin, end = end, end + count
        mobject.points = points[begin:end]


def _interpolate_style(triples: Sequence[Triple]) -> None:
    alphas = _alphas(triples, [1] * len(triples))
    mixed = {}
    for name in _COLORS:
        mixed[name] = _mix(
            np.concatenate([start.__dict__[name] for _, start, _, _ in triples]),
            np.concatenate([target.__dict__[name] for _, _, target, _ in triples]),
            alphas,
        )
    directions = _mix(
        np.array([start.sheen_direction for _, start, _, _ in triples]),
        np.array([target.sheen_direction for _, _, target, _ in triples]),
        alphas,
    )
    fills, strokes, background_strokes = mixed.values()
    for i, (mobject, start, target, alpha) in enumerate(triples):
        if alpha == 1.0:
            # Manim then takes the target's own values
            mobject.fill_rgbas = target.fill_rgbas.copy()
            mobject.stroke_rgbas = target.stroke_rgbas.copy()
            mobject.background_stroke_rgbas = target.background_stroke_rgbas.copy()
            mobject.stroke_width = target.stroke_width
            mobject.background_stroke_width = target.background_stroke_width
            mobject.sheen_direction = target.sheen_direction.copy()
            mobject.sheen_factor = target.sheen_factor
            continue
        mobject.fill_rgbas = fills[i : i + 1]
        mobject.stroke_rgbas = strokes[i : i + 1]
        mobject.background_stroke_rgbas = background_strokes[i : i + 1]
        mobject.sheen_direction = directions[i]
        rest = 1 - alpha
        mobject.stroke_width = rest * start.stroke_width + alpha * target.stroke_width
        mobject.background_stroke_width = (
            rest * start.background_stroke_width + alpha * target.background_stroke_width
        )
        mobject.sheen_factor = rest * start.sheen_factor + alpha * target.sheen_factor


def _alphas(triples: Sequence[Triple], counts: Sequence[int]) -> np.ndarray | float:
    """One number if all are equally far, else one per row."""
    alphas = [alpha for _, _, _, alpha in triples]
    if alphas.count(alphas[0]) == len(alphas):
        return alphas[0]
    return np.repeat(np.array(alphas, _FLOAT), counts)[:, None]


def _mix(start: np.ndarray, target: np.ndarray, alpha: np.ndarray | float) -> np.ndarray:
    """``manim.utils.bezier.interpolate`` in two passes over memory that is ours."""
    start *= 1 - alpha
    target *= alpha
    start += target
    return start
