"""What lies behind, above and across glyphs: exact enough for the lint, and fast in NumPy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlanim.review.picture import Array, Picture, Shape, Text

__all__ = ["Backdrop", "backdrops", "covers_the_frame", "cuts", "inside", "shade"]

_SET_BACK = 0.5  # opacity from which a cover of the whole frame takes away what it covers
_WHOLE = 0.95  # of the frame's width and of its height
_GRID = 6  # decimals of a unit: a ten thousandth of a pixel


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What a text's glyphs stand on: the colour behind each (n, 3), and how far each is hidden
    by what is drawn above it (n,), from 0 to 1. A `veil` (n,) is what of that covers the whole
    frame: who draws such a thing means to set back all that is below it."""

    behind: Array
    hidden: Array
    veil: Array

    @property
    def set_back(self) -> bool:
        """Whether the text is for now no part of what is shown."""
        return bool(self.veil.max() > _SET_BACK)


def backdrops(picture: Picture) -> dict[int, Backdrop]:
    """The backdrop of each text, by its place in `picture.texts`.

    The stack is composited from the back at the middle of each glyph, once for all glyphs.
    """
    if not picture.texts:
        return {}
    counts = [len(text.glyphs) for text in picture.texts]
    boxes = np.concatenate([text.glyphs for text in picture.texts])
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    orders = np.repeat([text.order for text in picture.texts], counts)
    behind = np.tile(picture.background, (len(boxes), 1))
    hidden, veil = np.zeros(len(boxes)), np.zeros(len(boxes))
    for shape in _around(middles, [shape for shape in picture.shapes if shape.filled]):
        under = np.flatnonzero(inside(middles, shape))
        if not len(under):
            continue
        colors = shade(shape, middles[under])
        above = orders[under] < shape.order
        hides = np.where(above, colors[:, 3], 0)
        hidden[under] = 1 - (1 - hidden[under]) * (1 - hides)
        if covers_the_frame(shape, picture):
            veil[under] = 1 - (1 - veil[under]) * (1 - hides)
        alpha = np.where(above, 0, colors[:, 3])[:, None]
        behind[under] = behind[under] * (1 - alpha) + colors[:, :3] * alpha
    ends = np.cumsum(counts)
    return {
        i: Backdrop(*(each[end - count : end] for each in (behind, hidden, veil)))
        for i, (end, count) in enumerate(zip(ends, counts, strict=True))
    }


def _around(points: Array, shapes: list[Shape]) -> list[Shape]:
    """The shapes whose box holds one of the points (n, 2), asked of all at once."""
    low, high = np.split(np.array([shape.box for shape in shapes]).reshape(-1, 1, 4), 2, axis=2)
    holds: Array = np.any(np.all((points > low) & (points < high), axis=2), axis=1)
    return [shape for shape, held in zip(shapes, holds, strict=True) if held]


def covers_the_frame(shape: Shape, picture: Picture) -> bool:
    """Whether a shape's area is all of the frame, or nearly."""
    half = np.array(picture.size) / 2
    size = np.minimum(shape.box[2:], half) - np.maximum(shape.box[:2], -half)
    return bool((size >= _WHOLE * 2 * half).all())


def inside(points: Array, shape: Shape) -> Array:
    """Whether each point (n, 2) lies in the shape's area (n,), by the winding of its outline."""
    left, bottom, right, top = shape.box
    x, y = points[:, 0], points[:, 1]
    hit = (x > left) & (x < right) & (y > bottom) & (y < top)
    near = np.flatnonzero(hit)
    if shape.rectangular or not len(near):
        return hit
    # Where an outline closes, its ends differ by what floating point lost: a point level with
    # them would pass between. On a grid they are one, and no point lies level with the grid.
    a, b = shape.outline[:, 0].round(_GRID), shape.outline[:, 1].round(_GRID)
    px, py = x[near, None], y[near, None].round(_GRID) + 0.3 * 10.0**-_GRID
    side = (b[:, 0] - a[:, 0]) * (py - a[:, 1]) - (b[:, 1] - a[:, 1]) * (px - a[:, 0])
    up = (a[:, 1] <= py) & (b[:, 1] > py) & (side > 0)
    down = (a[:, 1] > py) & (b[:, 1] <= py) & (side < 0)
    hit[near] = (up.sum(axis=1) - down.sum(axis=1)) != 0
    return hit


def shade(shape: Shape, points: Array) -> Array:
    """The colour and opacity (n, 4) that the shape's area has at each point (n, 2) inside it."""
    if shape.pixels is None:
        return np.tile(shape.fill, (len(points), 1))
    left, bottom, right, top = shape.box
    rows, columns = shape.pixels.shape[:2]
    column = ((points[:, 0] - left) / (right - left) * columns).astype(int).clip(0, columns - 1)
    row = ((top - points[:, 1]) / (top - bottom) * rows).astype(int).clip(0, rows - 1)
    return shape.pixels[row, column]


def cuts(segments: Array, boxes: Array) -> Array:
    """Which straight pieces (m, 2, 2) pass through which boxes (n, 4): bool (m, n).

    Liang and Barsky's clipping: the piece is cut by the four sides, something must be left.

    >>> across = np.array([[[-1.0, 0.5], [2.0, 0.5]], [[-1.0, 2.0], [2.0, 2.0]]])
    >>> cuts(across, np.array([[0.0, 0.0, 1.0, 1.0]]))[:, 0].tolist()
    [True, False]
    """
    start = segments[:, 0][:, None, :]
    along = (segments[:, 1] - segments[:, 0])[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        to_low = (boxes[None, :, :2] - start) / along
        to_high = (boxes[None, :, 2:] - start) / along
    within = (start > boxes[None, :, :2]) & (start < boxes[None, :, 2:])
    still = np.broadcast_to(along == 0, to_low.shape)
    enter = np.where(still, np.where(within, -np.inf, np.inf), np.minimum(to_low, to_high))
    leave = np.where(still, np.where(within, np.inf, -np.inf), np.maximum(to_low, to_high))
    first = np.maximum(enter.max(axis=2), 0)
    last = np.minimum(leave.min(axis=2), 1)
    return first < last


def opaque_between(point: Array, low: int, high: int, shapes: list[Shape]) -> bool:
    """Whether a shape drawn after `low` and before `high` hides what lies at the point (2,)."""
    return any(
        low < shape.order < high
        and shape.filled
        and shape.fill[3] > 0.95
        and bool(inside(point[None], shape)[0])
        for shape in shapes
    )


def text_outlines(text: Text, shrink: float) -> Array:
    """The glyphs' boxes (n, 4), drawn in by `shrink` units on every side, or out if negative."""
    size = text.glyphs[:, 2:] - text.glyphs[:, :2]
    inset = np.minimum(shrink, size / 3)
    return np.concatenate([text.glyphs[:, :2] + inset, text.glyphs[:, 2:] - inset], axis=1)
