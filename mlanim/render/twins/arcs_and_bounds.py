"""Arcs and their bounds: what circles, dots, boxes and arrangements are made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from manim import Arc, ArcBetweenPoints, Line, Mobject, Polygram, TipableVMobject, VMobject

from mlanim.render.twins.patching import Unaltered

_PLAIN = frozenset({int, float, np.float64})
_MOST_SHAPES = 1000  # of boxes with round corners that are remembered
_MOST_MEMBERS = 100_000  # of a family; one that contains itself has no end


def unit_arc_setter(manims: Callable) -> Callable:
    """``Arc._set_pre_positioned_points``, which computes 600 times the arc of 600 dots."""

    @lru_cache(maxsize=256)
    def unit_arc(_spelt: tuple[str, ...], angle: float, start: float, count: int) -> np.ndarray:
        arc = Arc.__new__(Arc)  # without making the circle that it belongs to
        arc.angle, arc.start_angle, arc.num_components = angle, start, count
        arc.n_points_per_cubic_curve, arc.dim = 4, 3
        manims(arc)
        return arc.points

    def set_pre_positioned_points(arc: Arc) -> None:
        key = (arc.angle, arc.start_angle, arc.num_components)
        if (
            arc.n_points_per_cubic_curve == 4
            and all(type(part) in _PLAIN for part in key)
            and _sets_anchors_as_manim.of(arc)
        ):
            # spelt out, too: 0, 0.0 and -0.0 are equal, their sines are not
            arc.points = unit_arc(tuple(map(repr, key)), *key).copy()
        else:
            manims(arc)

    return set_pre_positioned_points


_sets_anchors_as_manim = Unaltered(VMobject, ("set_anchors_and_handles",))


def corner_rounder(manims: Callable) -> Callable:
    """``Polygram.round_corners``, which makes eight mobjects for the corners of each box."""
    known: dict[tuple[Any, ...], np.ndarray] = {}

    def round_corners(
        polygram: Polygram,
        radius: Any = 0.5,
        evenly_distribute_anchors: bool = False,
        components_per_rounded_corner: int = 2,
    ) -> Polygram:
        key = (
            repr(radius),
            evenly_distribute_anchors,
            components_per_rounded_corner,
            polygram.n_points_per_cubic_curve,
            polygram.points.tobytes(),
            *(vars(kind)["__init__"] for kind in (Line, ArcBetweenPoints, Arc, TipableVMobject)),
        )
        if not _rounds_as_manim.of(polygram):
            manims(polygram, radius, evenly_distribute_anchors, components_per_rounded_corner)
        elif key in known:
            polygram.set_points(known[key])
        else:
            manims(polygram, radius, evenly_distribute_anchors, components_per_rounded_corner)
            if len(known) >= _MOST_SHAPES:
                known.clear()
            known[key] = polygram.points.copy()
        return polygram

    return round_corners


_rounds_as_manim = Unaltered(Polygram, ("get_vertex_groups", "set_points"))


def critical_point_getter(manims: Callable) -> Callable:
    """``Mobject.get_critical_point``: no more extremes than the direction asks for."""

    def get_critical_point(mobject: Mobject, direction: Any) -> np.ndarray:
        if not _measures_as_manim.of(mobject) or mobject.dim != 3:
            return manims(mobject, direction)
        points = mobject.get_points_defining_boundary()
        result = np.zeros(3)
        if len(points) == 0:
            return result
        for dim in range(3):
            values, key = points[:, dim], direction[dim]
            if key < 0:
                result[dim] = np.minimum.reduce(values)
            elif key == 0:
                result[dim] = (np.minimum.reduce(values) + np.maximum.reduce(values)) / 2
            else:
                result[dim] = np.maximum.reduce(values)
        return result

    return get_critical_point


_measures_as_manim = Unaltered(Mobject, ("get_extremum_along_dim",))


def length_getter(manims: Callable) -> Callable:
    """``Mobject.length_over_dim``: all points at once, not mobject by mobject and number by number.

    Manim's is by Python's own `max` and `min`, which tell -0.0 from 0.0 and 1.0 from NaN by their
    order: where that could matter, they are asked.
    """

    def length_over_dim(mobject: Mobject, dim: int) -> Any:
        columns: list[np.ndarray] = []
        waiting = [mobject] if dim in (0, 1, 2) else []
        for member in waiting:
            held = member.__dict__
            points, members = held.get("points"), held.get("submobjects")
            if (
                "reduce_across_dimension" in held
                or type(points) is not np.ndarray
                or type(members) is not list
                or points.dtype != np.float64
                or len(waiting) > _MOST_MEMBERS
            ):
                return manims(mobject, dim)
            if len(points):
                columns.append(points[:, dim])
            waiting += members
        if (
            not columns
            or dim not in (0, 1, 2)
            or not all(map(_reduces_as_manim, set(map(type, waiting))))
        ):
            return manims(mobject, dim)
        values = np.concatenate(columns)
        high, low = np.maximum.reduce(values), np.minimum.reduce(values)
        length = high - low
        return length if length > 0 and high != 0 != low else manims(mobject, dim)

    return length_over_dim


_reduces_as_manim = Unaltered(Mobject, ("reduce_across_dimension",))
