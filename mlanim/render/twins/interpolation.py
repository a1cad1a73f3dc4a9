"""Interpolating a whole family of mobjects at once, number for number as Manim does one by one.

``VMobject.interpolate`` makes about thirty small NumPy calls per glyph and frame. Here the
points, the colours and the directions of all glyphs stand in one array each, and the same ``(1
- a) * x + a * y`` is taken of every element. Mobjects that do more than that (images, point
clouds, classes of one's own, curved paths) are interpolated by their own method.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject, VMobject
from manim.utils.bezier import interpolate as straight

from mlanim.render.twins.patching import Unaltered

Triple = tuple[
    Mobject, Mobject, Mobject, float
]  # the mobject, its start, its target, how far it is

_COLORS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
_FLOAT = np.dtype(np.float64)
_NUMBERS = (float, int)
_PLAIN_NUMBERS = {float, int, np.float64}


def interpolate_family(triples: Sequence[Triple], path_func=straight) -> None:
    """Do ``mobject.interpolate(start, target, alpha, path_func)`` for every triple, all at once."""
    plain = triples if _all_plain(triples) else [t for t in triples if _all_plain([t])]
    moving = {id(triple[0]) for triple in plain}
    read = (mobject for triple in triples for mobject in triple[1:3])
    if len(plain) < 2 or len(moving) < len(plain) or not moving.isdisjoint(map(id, read)):
        plain = []  # one reads what another writes: keep Manim's order
    if len(plain) < len(triples):
        rest = [t for t in triples if id(t[0]) not in moving] if plain else triples
        for mobject, start, target, alpha in rest:
            mobject.interpolate(start, target, alpha, path_func)
    if plain:
        _interpolate_points(plain, path_func)
        _interpolate_style(plain)


def _all_plain(triples: Sequence[Triple]) -> bool:
    """Whether these are vector mobjects of Manim's own kind whose arrays can stand side by side."""
    moved = [mobject for mobject, _, _, _ in triples]
    if not all(map(_interpolates_plainly, set(map(type, moved)))):
        return False
    if not _interpolates.none_have(moved):
        return False
    if not {type(alpha) for _, _, _, alpha in triples} <= _PLAIN_NUMBERS:
        return False
    starts = [start.__dict__ for _, start, _, _ in triples]
    targets = [target.__dict__ for _, _, target, _ in triples]
    both = starts + targets
    try:
        points = [a["points"] for a in both]
        colors = [a[name] for a in both for name in _COLORS]
        directions = [a["sheen_direction"] for a in both]
        half = len(triples)
        return (
            [p.shape for p in points[:half]] == [p.shape for p in points[half:]]
            and {p.ndim for p in points} == {2}
            and {c.shape for c in colors} == {(1, 4)}
            and {d.shape for d in directions} == {(3,)}
            and {a.dtype for a in points} | {a.dtype for a in colors + directions} == {_FLOAT}
        )
    except (KeyError, AttributeError):
        return False


def _interpolates_plainly(kind: type[Mobject]) -> bool:
    return issubclass(kind, VMobject) and _interpolates(kind)


_interpolates = Unaltered(VMobject, ("interpolate", "interpolate_color"))


def _interpolate_points(triples: Sequence[Triple], path_func) -> None:
    if path_func is not straight:
        # arcs multiply matrices, whose rounding may depend on how many rows there are
        for mobject, start, target, alpha in triples:
            mobject.points = path_func(start.points, target.points, alpha)
        return
    starts = [start.points for _, start, _, _ in triples]
    counts = [len(points) for points in starts]
    alphas = _alphas(triples, counts)
    points = _mix(
        np.concatenate(starts), np.concatenate([t.points for _, _, t, _ in triples]), alphas
    )
    end = 0
    for (mobject, _, _, _), count in zip(triples, counts, strict=True):
        begin, end = end, end + count
        mobject.points = points[begin:end]


def _interpolate_style(triples: Sequence[Triple]) -> None:
    alphas = _alphas(triples, [1] * len(triples))
    # a slice of three dimensions per mobject is a row of colours, of two a direction
    fills, strokes, backgrounds = (
        _mix(
            np.array([start.__dict__[name] for _, start, _, _ in triples]),
            np.array([target.__dict__[name] for _, _, target, _ in triples]),
            alphas if isinstance(alphas, _NUMBERS) else alphas[:, :, None],
        )
        for name in _COLORS
    )
    directions = _mix(
        np.array([start.sheen_direction for _, start, _, _ in triples]),
        np.array([target.sheen_direction for _, _, target, _ in triples]),
        alphas,
    )
    for (mobject, start, target, alpha), fill, stroke, background, direction in zip(
        triples, fills, strokes, backgrounds, directions, strict=True
    ):
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
        mobject.fill_rgbas = fill
        mobject.stroke_rgbas = stroke
        mobject.background_stroke_rgbas = background
        mobject.sheen_direction = direction
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
