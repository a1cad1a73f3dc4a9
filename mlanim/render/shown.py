"""What a frame showed: enough of its mobjects' content to know which of them the next one changes."""

from __future__ import annotations

from collections.abc import Sequence

import cairo
import numpy as np
from manim import LineJointType, VMobject
from numpy.typing import NDArray

_COLORS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
_MITER_LIMIT = 10.0  # Cairo's default, which Manim leaves
_LONG = 64  # pixels: a line that is longer in both directions is looked at piece by piece
_PIECES = 8
_POINTED = (LineJointType.AUTO.value, LineJointType.MITER.value)


class NotComparable(Exception):  # noqa: N818
    """Something is drawn whose content this module cannot read: draw everything."""


class Shown:
    """Copies of what the mobjects of a frame looked like, in drawing order.

    points (of all mobjects, 3), counts (n,) of points, styles (n, 18) numbers, steady (n,) False where a
    mobject's look depends on more than that (gradients); low and high (n, 2), once ``measure`` was called:
    the rectangle of pixels outside of which a mobject leaves no ink.
    """

    def __init__(self, mobjects: Sequence[VMobject]) -> None:
        self.mobjects = mobjects
        self.low = self.high = np.zeros((0, 2))
        if not mobjects:
            self.points, self.counts = np.zeros((0, 3)), np.zeros(0, int)
            self.styles, self.steady = np.zeros((0, 18)), np.zeros(0, bool)
            return
        attributes = [mobject.__dict__ for mobject in mobjects]
        try:
            arrays = [a["points"] for a in attributes]
            self.points = np.concatenate(arrays)
            self.counts = np.array([len(array) for array in arrays])
            self.styles, self.steady = _styles(attributes)
            backdrops = any([a["background_image"] for a in attributes])
        except (KeyError, ValueError, TypeError, AttributeError):
            raise NotComparable from None
        if backdrops or self.points.dtype != np.float64 or self.points.shape[1:] != (3,):
            raise NotComparable
        if not (np.isfinite(self.points).all() and np.isfinite(self.styles).all()):
            raise NotComparable

    def changed_since(self, before: Shown) -> tuple[NDArray, NDArray, NDArray] | None:
        """Which mobjects changed (n,), which of before's are gone or did (m,), and each one's old place.

        None if mobjects that both frames show have changed places, so that everything may be different.
        """
        if len(self.mobjects) == len(before.mobjects) and all(
            map(_identical, self.mobjects, before.mobjects)
        ):
            old = np.arange(len(self.mobjects))
        else:
            at = {id(mobject): i for i, mobject in enumerate(before.mobjects)}
            old = np.array([at.get(id(mobject), -1) for mobject in self.mobjects], int)
        kept = old >= 0
        if (np.diff(old[kept]) <= 0).any():
            return None
        same = kept & self.steady
        same[kept] &= before.steady[old[kept]] & (self.counts[kept] == before.counts[old[kept]])
        same[same] = (_bits(self.styles[same]) == _bits(before.styles[old[same]])).all(axis=1)
        same[same] = self._same_points(before, same, old)
        same_before = np.zeros(len(before.mobjects), bool)
        same_before[old[same]] = True
        return ~same, ~same_before, old

    def _same_points(self, before: Shown, candidates: NDArray, old: NDArray) -> NDArray:
        counts = self.counts[candidates]
        if not len(counts):
            return np.zeros(0, bool)
        ours, theirs = self.points, before.points
        if not candidates.all() or len(ours) != len(theirs):
            among_before = np.zeros(len(before.mobjects), bool)
            among_before[old[candidates]] = True
            ours = ours[np.repeat(candidates, self.counts)]
            theirs = theirs[np.repeat(among_before, before.counts)]
        differs = (_bits(ours) != _bits(theirs)).ravel()
        return ~np.logical_or.reduceat(differs, 3 * (np.cumsum(counts) - counts))

    def measure(self, matrix: cairo.Matrix, line_unit: float) -> None:
        """Find the rectangle of pixels that holds each mobject's ink: its hull and half its stroke."""
        if not len(self.counts):
            return
        self._starts = np.cumsum(self.counts) - self.counts
        self._pixels = self.points[:, :2] * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)
        styles = self.styles
        width = np.maximum(
            styles[:, 12] * (styles[:, 7] != 0), styles[:, 13] * (styles[:, 11] != 0)
        )
        jump = np.abs(self.points[self._starts] - self.points[self._starts + self.counts - 1])
        joined = (self.counts > 4) | (jump.max(axis=1) < 1)  # only one open curve has no joint
        pointed = np.isin(styles[:, 14], _POINTED) & joined
        reach = np.where(pointed, _MITER_LIMIT, 1.5)  # 1.5 covers a square cap
        scale = max(abs(matrix.xx), abs(matrix.yy))
        self._around = (np.maximum(width, 0) * line_unit * scale / 2 * reach + 2)[:, None]
        self.low = np.minimum.reduceat(self._pixels, self._starts) - self._around
        self.high = np.maximum.reduceat(self._pixels, self._starts) + self._around

    def long_lines(self) -> NDArray:
        """Which mobjects are lines without a fill that cover little of their rectangle (n,)."""
        return (
            ((self.high - self.low).min(axis=1, initial=np.inf) > _LONG)
            & (self.styles[:, 3] == 0)
            & self.steady
            & (self.counts % 4 == 0)
            & (self.counts <= 256)
        )

    def pieces(self, which: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Rectangles along the curves of some mobjects: whose each is (k,), and its corners (k, 2)."""
        counts = self.counts[which] // 4
        owners = np.repeat(np.flatnonzero(which), counts)
        curves = self._pixels[np.repeat(which, self.counts)].reshape(-1, 4, 2)
        parts = np.einsum("pij,cjx->cpix", _SPLIT, curves)
        around = np.repeat(self._around[owners], _PIECES, axis=0)
        low = parts.min(axis=2).reshape(-1, 2) - around
        high = parts.max(axis=2).reshape(-1, 2) + around
        return np.repeat(owners, _PIECES), low, high


def _identical(a: object, b: object) -> bool:
    return a is b


def _bits(numbers: NDArray) -> NDArray:
    """Numbers as their bits, so that equal means interchangeable."""
    return np.ascontiguousarray(numbers).view(np.uint64)


def _styles(attributes: list[dict]) -> tuple[NDArray, NDArray]:
    count = len(attributes)
    styles = np.empty((count, 18))
    steady = np.ones(count, bool)
    for name, column in zip(_COLORS, (0, 4, 8), strict=True):
        rgbas = [a[name] for a in attributes]
        rows = np.concatenate(rgbas)
        if len(rows) != count or rows.shape[1:] != (4,):
            several = [i for i, rgba in enumerate(rgbas) if len(rgba) != 1]
            steady[several] = False
            for i in several:
                rgbas[i] = np.ones((1, 4))  # counts as ink
            rows = np.concatenate(rgbas)
        styles[:, column : column + 4] = rows
    styles[:, 12] = [a["stroke_width"] for a in attributes]
    styles[:, 13] = [a["background_stroke_width"] for a in attributes]
    styles[:, 14] = [a["joint_type"]._value_ for a in attributes]
    styles[:, 15] = [a["cap_style"]._value_ for a in attributes]
    styles[:, 16] = [a["tolerance_for_point_equality"] for a in attributes]
    styles[:, 17] = [a["n_points_per_cubic_curve"] for a in attributes]
    return styles, steady


def _splitting() -> NDArray:
    """Matrices (pieces, 4, 4) that give the control points of equal parts of a cubic curve."""

    def bernstein(t: float) -> NDArray:
        return np.array([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3])

    def slope(t: float) -> NDArray:
        s = 1 - t
        return 3 * np.array([-s * s, s * s - 2 * t * s, 2 * t * s - t * t, t * t])

    bounds = np.linspace(0, 1, _PIECES + 1)
    third = 1 / (3 * _PIECES)
    return np.array(
        [
            [bernstein(a), bernstein(a) + third * slope(a), bernstein(b) - third * slope(b), bernstein(b)]
            for a, b in zip(bounds, bounds[1:], strict=False)
        ]
    )


_SPLIT = _splitting()
