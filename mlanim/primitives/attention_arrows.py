"""Curves from what is looked at to who looks, as thick and as opaque as the attention weighs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, CubicBezier, Mobject, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.arrays import frozen, one_of, weight_array
from mlanim.primitives.axis_labels import Side
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen, words_in, words_of_weights
from mlanim.theme import LIGHT, Theme

__all__ = ["AttentionArrow", "AttentionArrows"]

_OUTWARD = {
    "top": np.array([0.0, 1.0, 0.0]),
    "bottom": np.array([0.0, -1.0, 0.0]),
    "left": np.array([-1.0, 0.0, 0.0]),
    "right": np.array([1.0, 0.0, 0.0]),
}
_HAIRLINE = 0.5  # stroke width at weight 0
_FAINTEST = 0.06  # opacity at weight 0
_GAP = 0.06  # between a curve's ends and what it joins
_TIP = (0.03, 0.22)  # length of the tip at weight 0 and 1


def _opacity(weight: float) -> float:
    # The root keeps a third of the attention well visible beside a curve that has all of it.
    return float(_FAINTEST + (1 - _FAINTEST) * np.sqrt(weight))


def _tip_length(weight: float) -> float:
    return float(_TIP[0] + (_TIP[1] - _TIP[0]) * np.sqrt(weight))


class AttentionArrow(VGroup):
    """One curve with its tip; parts `.curve` and `.tip`; `.weight` from 0 to 1."""

    def __init__(
        self,
        start: np.ndarray,
        end: np.ndarray,
        leaves: np.ndarray,
        arrives: np.ndarray,
        *,
        colour: str,
        max_width: float,
    ) -> None:
        """`leaves` and `arrives` are the outward normals of the sides at `start` and `end`."""
        self.max_width, self.weight = max_width, 0.0
        bend = max(0.5 * abs(float(np.dot(end - start, arrives))), 0.1)
        neck = end + arrives * _tip_length(0)
        self.curve = CubicBezier(start, start + leaves * bend, neck + arrives * bend, neck)
        self.curve.set_stroke(colour).set_fill(opacity=0)
        half = np.array([-arrives[1], arrives[0], 0]) * _tip_length(0) * 0.45
        self.tip = VMobject(stroke_width=0, fill_color=colour)
        self.tip.set_points_as_corners([end, neck + half, neck - half, end])
        super().__init__(self.curve, self.tip)
        self._thinnest = self._drawn = self.curve.points.copy(), self.tip.points.copy()

    def set_weight(self, weight: float) -> Self:
        """Thickness, opacity and tip for this weight; strictly greater for a greater weight.

        Geometry is read from the drawn tip, so that arrows may have been moved, scaled or turned.
        """
        if not self._stands():  # something has moved, scaled or turned it
            self._thinnest = self._shape(_tip_length(0) / _tip_length(self.weight))
        self.curve.points, self.tip.points = self._thinnest  # from which it grows each time
        self.curve.points, self.tip.points = self._shape(_tip_length(weight) / _tip_length(0))
        self._drawn = self.curve.points.copy(), self.tip.points.copy()
        self.curve.set_stroke(
            width=_HAIRLINE + (self.max_width - _HAIRLINE) * weight, opacity=_opacity(weight)
        )
        self.tip.set_fill(opacity=_opacity(weight))
        self.weight = float(weight)
        return self

    def _shape(self, growth: float) -> tuple[np.ndarray, np.ndarray]:
        """Points of the curve and of a tip that is so many times as large, at the same place."""
        curve, tip = self.curve.points.copy(), self.tip.points
        apex, neck = tip[0], (tip[4] + tip[8]) / 2  # four points to each side
        curve[2:] += (neck - apex) * (growth - 1)
        return curve, apex + growth * (tip - apex)

    def _stands(self) -> bool:
        curve, tip = self._drawn
        return np.array_equal(curve, self.curve.points) and np.array_equal(tip, self.tip.points)


class AttentionArrows(VGroup):
    """One arrow for each weight, from every source to the target (or to every target).

    `weights` has shape (n,) for one target, or (m, n) for m targets; each row sums to 1.
    `.arrows` follows `weights` in C order. Sources and targets are mobjects or points; `sides` are
    the sides at which curves leave and arrive, always perpendicular (default: the facing sides).
    Arrows that meet at one mobject spread over `spread` of its side, in an order without crossings.

    >>> arrows = AttentionArrows([[-1, 1, 0], [1, 1, 0]], [0, -1, 0], [0.9, 0.1])
    >>> arrows.arrows[0].curve.get_stroke_width() > arrows.arrows[1].curve.get_stroke_width()
    True
    """

    def __init__(
        self,
        sources: Sequence[Any] | VGroup,
        targets: Any,
        weights: Any,
        *,
        role: str = "score",
        theme: Theme = LIGHT,
        max_width: float = 8.0,
        sides: tuple[Side, Side] | None = None,
        spread: float = 0.7,
    ) -> None:
        """Raises UsageError when counts differ, a side is unknown, or weights are none."""
        array = weight_array(weights, "AttentionArrows", (1, 2))
        starts = list(sources)
        ends = [targets] if array.ndim == 1 else list(targets)
        if (len(ends), len(starts)) != np.atleast_2d(array).shape:
            raise UsageError(
                f"AttentionArrows was given weights of shape {array.shape} for "
                f"{len(starts)} sources and {len(ends)} targets",
                "it needs one weight for each source, in one row for each target",
            )
        for side in sides or ():
            one_of("side", side, tuple(_OUTWARD))
        super().__init__()
        self.theme, self.role, self.max_width = theme, role, max_width
        self._weights, self._names = array, [words_in(start) for start in starts]
        leaves, arrives = (_OUTWARD[side] for side in sides or _facing(starts, ends))
        from_points = [_ports(one, leaves, ends, spread) for one in starts]
        to_points = [_ports(one, arrives, starts, spread) for one in ends]
        self.arrows = VGroup(
            *(
                AttentionArrow(
                    from_points[column][row],
                    to_points[row][column],
                    leaves,
                    arrives,
                    colour=theme.role(role).ink,
                    max_width=max_width,
                )
                for row, column in np.ndindex(len(ends), len(starts))
            )
        )
        self.add(self.arrows)
        self.set_weights(array)

    @property
    def weights(self) -> np.ndarray:
        """The weights that are drawn now, read-only."""
        return frozen(self._weights)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows = np.atleast_2d(self._weights)
        told = [words_of_weights(row, self._names) for row in rows[:4]]
        return Seen(f"fan of {rows.size} arrows", f"weights {'; '.join(told)}")

    def set_weights(self, weights: Any) -> Self:
        """Draw other weights of the same shape; also as `arrows.animate.set_weights(...)`."""
        array = self._checked(weights)
        for arrow, weight in zip(self.arrows, array.flat, strict=True):
            arrow.set_weight(float(np.clip(weight, 0, 1)))
        self._weights = array
        return self

    def _checked(self, weights: Any) -> np.ndarray:
        array = weight_array(weights, "AttentionArrows", (self._weights.ndim,))
        if array.shape != self._weights.shape:
            raise UsageError(
                f"set_weights was given shape {array.shape}",
                f"these arrows draw {self._weights.shape}",
            )
        return array

    @override_animate(set_weights)
    def _animate_weights(self, weights: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: self.weights, self.set_weights, self._checked(weights), **anim_args or {}
        )


def _centre(end: Any) -> np.ndarray:
    return end.get_center() if isinstance(end, Mobject) else np.asarray(end, dtype=float)


def _facing(starts: list[Any], ends: list[Any]) -> tuple[Side, Side]:
    """The sides of sources and targets that look at each other."""
    away = np.mean([_centre(end) for end in ends], axis=0) - np.mean(
        [_centre(start) for start in starts], axis=0
    )
    if abs(away[1]) >= abs(away[0]):
        return ("bottom", "top") if away[1] < 0 else ("top", "bottom")
    return ("left", "right") if away[0] < 0 else ("right", "left")


def _ports(end: Any, outward: np.ndarray, others: list[Any], spread: float) -> list[np.ndarray]:
    """Where on the side of `end` each of the `others` is joined, in the order in which they lie."""
    if not isinstance(end, Mobject):
        return [np.asarray(end, dtype=float) + outward * _GAP for _ in others]
    middle = end.get_edge_center(outward) + outward * _GAP
    along = np.abs(np.array([outward[1], outward[0], 0]))
    length = end.width if along[0] else end.height
    order = np.argsort(np.argsort([np.dot(_centre(other), along) for other in others]))
    shares = (order + 0.5) / len(others) - 0.5
    return [middle + along * share * spread * length for share in shares]
