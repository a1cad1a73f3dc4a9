"""An edge of a graph of values, with the slope along it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import Rectangle, VGroup, VMobject
from numpy.typing import NDArray

from mlanim.subjects.networks.primitives.graph_card import CAP
from mlanim.subjects.networks.primitives.plain_number import PlainNumber
from mlanim.theme import LIGHT, Theme

__all__ = ["GraphEdge"]

_LESS = 0.8  # the number's size beside the cards' where there is room
_TRIED = np.array(sorted(np.linspace(0.12, 0.88, 20), key=lambda share: abs(share - 0.5)))
_RIGHT = np.array([1.0, 0.0, 0.0])
_ASIDE = (0.0, -0.2, 0.2)  # of a number's width: its plate still lies on the line
_MEASURED = np.linspace(0, 1, 10)  # of a cubic curve: points between which its length is told


class GraphEdge(VGroup):
    """A curve through points (k, 3) that leaves and arrives along `ahead` and `into` (3,).

    Parts: `.line`; `.slope` (a number) on `.plate`, which hides the line behind it.
    `taken` are boxes (left, bottom, right, top) where the number should not stand, `within` is the
    one that it should not leave; its own is `.box`. `downward`: the points that it passes lie below
    each other, not beside each other.

    >>> edge = GraphEdge([[0, 0, 0], [4, 0, 0]], slope=3.0)
    >>> edge.slope.text, edge.line.get_end().tolist()
    ('3.00', [4.0, 0.0, 0.0])
    """

    def __init__(
        self,
        points: Any,
        *,
        slope: float = 0.0,
        ahead: Any = (1, 0, 0),
        into: Any = (1, 0, 0),
        scale: float = 1.0,
        taken: Iterable[Sequence[float]] = (),
        within: Sequence[float] | None = None,
        downward: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.line = VMobject(stroke_color=theme.muted, stroke_width=theme.stroke.thin)
        self.line.points = _curve(
            np.asarray(points, float), np.array(ahead), np.array(into), axis=int(downward)
        )
        self.slope = PlainNumber(
            slope, role="context", theme=theme, size=CAP * max(1, _LESS * scale)
        )
        wide, high = self.slope.width + 0.1 * scale, 1.5 * CAP * scale
        self.plate = Rectangle(width=wide, height=high).set_stroke(width=0)
        self.plate.set_fill(theme.surface, 1)
        place, self.box = self._place(wide, high, list(taken), within)
        self.plate.move_to(place)
        self.slope.center_on(place)
        self.add(self.line, self.plate, self.slope)
        self.plate.set_z_index(1)
        self.slope.set_z_index(2)  # no plate hides a number

    @property
    def label(self) -> VGroup:
        """The number and what is behind it."""
        return VGroup(self.plate, self.slope)

    @property
    def backward(self) -> VMobject:
        """The way from its end to its start."""
        way = VMobject()
        way.points = self.line.points[::-1].copy()
        return way

    def _place(
        self,
        wide: float,
        high: float,
        taken: list[Sequence[float]],
        within: Sequence[float] | None,
    ) -> tuple[NDArray, tuple[float, float, float, float]]:
        """Where on the way the number hides least."""
        best: tuple[float, NDArray, tuple[float, float, float, float]] | None = None
        way = _on_the_way(self.line.points)
        for aside in _ASIDE:  # where there is no room on the way itself
            for point in way + aside * wide * _RIGHT:
                x, y = float(point[0]), float(point[1])
                box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
                hidden = sum(_shared(box, other) for other in taken)
                hidden += wide * high - _shared(box, within) if within is not None else 0.0
                if best is None or hidden < best[0] - 1e-9:
                    best = hidden, point, box
            if best is not None and best[0] < 1e-9:
                break
        assert best
        return best[1], best[2]


def _on_the_way(points: NDArray) -> NDArray:
    """Points (20, 3) of cubic curves (4 k, 3), from the middle outward.

    The same as of `VMobject.point_from_proportion`, which measures all curves anew for each.
    """
    curves = points.reshape(-1, 4, 3)
    lengths = np.linalg.norm(np.diff(_cubic(curves[:, None], _MEASURED), axis=1), axis=2).sum(1)
    begins = np.concatenate([[0.0], np.cumsum(lengths)])
    reached = _TRIED * begins[-1]
    on = np.minimum(np.searchsorted(begins, reached) - 1, len(curves) - 1)
    return _cubic(curves[on], (reached - begins[on]) / lengths[on])


def _cubic(curves: NDArray, t: NDArray) -> NDArray:
    """Curves (..., 4, 3) at parameters t that are laid along their last leading axis."""
    powers = np.stack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=-1)
    return np.asarray((powers[..., None] * curves).sum(axis=-2))


def _shared(one: Sequence[float], other: Sequence[float]) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def _curve(points: NDArray, ahead: NDArray, into: NDArray, axis: int) -> NDArray:
    """Cubic curves (4 k, 3) from point to point; along an axis through those that are passed."""
    pieces = []
    last = len(points) - 2
    for i, (start, end) in enumerate(pairwise(points)):
        reach = 0.45 * np.abs(end - start).max()
        level = np.zeros(3)
        level[axis] = np.sign(end[axis] - start[axis])
        leaving = ahead if i == 0 else level
        arriving = into if i == last else level
        pieces += [start, start + reach * leaving, end - reach * arriving, end]
    return np.array(pieces)
