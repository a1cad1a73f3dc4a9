"""What a frame showed, in enough detail to know which mobjects the next one changes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cairo
import numpy as np
from manim import ImageMobject, VMobject
from numpy.typing import NDArray

from mlanim.render.twins.ink import SMEARED, reach
from mlanim.render.twins.patching import Unaltered

_LONG = 64  # pixels: a line that is longer in both directions is looked at piece by piece
_PIECES = 8
_ONE_COLOUR = 32  # bytes


# What a mobject must not override to be drawn as its content says: nobody digests its own code.
LOOKS = Unaltered(
    VMobject,
    (
        "get_fill_rgbas",
        "get_stroke_rgbas",
        "get_stroke_width",
        "get_background_image",
        "get_gradient_start_and_end_points",
        "get_subpath_split_indices_from_points",
        "consider_points_equals_2d",
    ),
)


class NotComparable(Exception):  # noqa: N818
    """Something is drawn whose content this module cannot read: draw everything."""


class Shown:
    """The content of a frame's mobjects, byte for byte, in drawing order.

    low and high (n, 2), where measured: the corners in pixels of what holds a mobject's ink.
    """

    def __init__(self, mobjects: list[VMobject]) -> None:
        self.mobjects = mobjects
        attributes = [mobject.__dict__ for mobject in mobjects]
        try:
            if any(a["background_image"] for a in attributes):
                raise NotComparable
            self.points = [a["points"] for a in attributes]
            self.keys = list(
                zip(
                    [points.tobytes() for points in self.points],
                    [a["fill_rgbas"].tobytes() for a in attributes],
                    [a["stroke_rgbas"].tobytes() for a in attributes],
                    [a["background_stroke_rgbas"].tobytes() for a in attributes],
                    [a["stroke_width"] for a in attributes],
                    [a["background_stroke_width"] for a in attributes],
                    [a["joint_type"] for a in attributes],
                    [a["cap_style"] for a in attributes],
                    [a["tolerance_for_point_equality"] for a in attributes],
                    [a["n_points_per_cubic_curve"] for a in attributes],
                    strict=True,
                )
            )
        except (KeyError, AttributeError):
            raise NotComparable from None
        count = len(mobjects)
        self.low, self.high = np.empty((count, 2)), np.empty((count, 2))
        self._around = np.empty((count, 1))
        self._thin = np.zeros(count, bool)
        self._measured = np.zeros(count, bool)

    def changed_since(self, before: Shown) -> tuple[NDArray, NDArray] | None:
        """Which mobjects changed (n,), and which of before's did or are gone (m,), as booleans.

        None if mobjects that both frames show have changed places: everything may be different.
        Mobjects with gradients count as changed: their colours depend on their families' extent.
        """
        at = {id(mobject): i for i, mobject in enumerate(before.mobjects)}
        unchanged, places = [], []
        last = -1
        for i, (mobject, key) in enumerate(zip(self.mobjects, self.keys, strict=True)):
            old = at.get(id(mobject))
            if old is None:
                continue
            if old < last:
                return None
            last = old
            if key == before.keys[old] and one_colour(key):
                unchanged.append(i)
                places.append(old)
        now, then = np.ones(len(self.mobjects), bool), np.ones(len(before.mobjects), bool)
        now[unchanged] = then[places] = False
        for name in ("low", "high", "_around", "_thin", "_measured"):
            getattr(self, name)[unchanged] = getattr(before, name)[places]
        return now, then

    def measure(self, matrix: cairo.Matrix, line_unit: float) -> None:
        """Find each mobject's rectangle of pixels: the hull of its points and half its stroke."""
        which = np.flatnonzero(~self._measured)
        if not len(which):
            return
        arrays = [self.points[i] for i in which]
        counts = np.array([len(array) for array in arrays])
        starts = np.cumsum(counts) - counts
        points = np.concatenate(arrays)
        if points.dtype != np.float64 or points.shape[1:] != (3,) or not np.isfinite(points).all():
            raise NotComparable
        pixels = points[:, :2] * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)
        jumps = np.abs(points[starts] - points[starts + counts - 1]).max(axis=1)
        half = line_unit * max(abs(matrix.xx), abs(matrix.yy)) / 2
        around = np.array(
            [
                reach(key[4], key[5], key[6] if count > 4 or jump < 1 else None) * half + SMEARED
                for key, count, jump in zip(
                    [self.keys[i] for i in which], counts.tolist(), jumps.tolist(), strict=True
                )
            ]
        )[:, None]
        if not np.isfinite(around).all():
            raise NotComparable
        self._around[which] = around
        self.low[which] = np.minimum.reduceat(pixels, starts) - around
        self.high[which] = np.maximum.reduceat(pixels, starts) + around
        unfilled = np.array([np.frombuffer(self.keys[i][1])[3::4].max() == 0 for i in which])
        long = (self.high[which] - self.low[which]).min(axis=1) > _LONG
        self._thin[which] = unfilled & long & (counts % 4 == 0) & (counts <= 256)
        self._measured[which] = True

    def thin(self) -> NDArray:
        """Which mobjects are long lines without a fill, which cover little (n,)."""
        return self._thin

    def pieces(self, which: NDArray, matrix: cairo.Matrix) -> tuple[NDArray, NDArray, NDArray]:
        """Rectangles along some mobjects' curves: whose each is (k,), its corners (k, 2)."""
        places = np.flatnonzero(which)
        arrays = [self.points[i] for i in places]
        owners = np.repeat(places, [len(array) // 4 for array in arrays])
        curves = np.concatenate(arrays)[:, :2].reshape(-1, 4, 2)
        curves = curves * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0)
        parts = (_SPLIT @ curves[:, None]).reshape(-1, 4, 2)
        around = np.repeat(self._around[owners], _PIECES, axis=0)
        return np.repeat(owners, _PIECES), parts.min(axis=1) - around, parts.max(axis=1) + around


def one_colour(key: tuple[Any, ...]) -> bool:
    """Whether a mobject has no gradient: each of its three kinds of colours is one."""
    return len(key[1]) == len(key[2]) == len(key[3]) == _ONE_COLOUR


def image_key(mobject: ImageMobject) -> tuple[Any, ...]:
    """All that decides how a picture of Manim's is drawn: where it stands, its pixels, and how."""
    pixels = mobject.pixel_array
    held = mobject.points.tobytes(), pixels.tobytes(), b"", b""
    return (*held, "image", pixels.shape, pixels.dtype.str, int(mobject.resampling_algorithm))


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
            [
                bernstein(a),
                bernstein(a) + third * slope(a),
                bernstein(b) - third * slope(b),
                bernstein(b),
            ]
            for a, b in pairwise(bounds)
        ]
    )


_SPLIT = _splitting()
