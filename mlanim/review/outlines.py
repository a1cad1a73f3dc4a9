"""Outlines of Bézier paths as straight pieces, and their boxes: for hundreds of paths at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlanim.review.picture import Array

__all__ = ["boxes_of", "outlines_of"]

_PIECES = 6  # straight pieces for each bent curve
_STRAIGHT = 1e-4  # units by which a straight curve's handles may be off


def boxes_of(paths: Sequence[Array]) -> Array:
    """Left, bottom, right, top (n, 4) of n paths of points (m, 2), handles included.

    A glyph's curves turn at their extremes, so that handles do not lie outside the ink.
    """
    points = np.concatenate(paths)
    starts = np.cumsum([0, *map(len, paths)])[:-1]
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    return np.concatenate([low, high], axis=1)


def outlines_of(paths: Sequence[Array]) -> list[Array]:
    """The straight pieces (k, 2, 2) of each path of cubic curves, four points (4n, 2) a curve."""
    if not paths:
        return []
    counts = np.array([len(path) // 4 for path in paths])
    curves = np.concatenate(
        [path[: 4 * count].reshape(count, 4, 2) for path, count in zip(paths, counts, strict=True)]
    )
    bent = ~_is_straight(curves)
    pieces_of_curve = np.where(bent, _PIECES, 1)
    starts = np.concatenate([[0], np.cumsum(pieces_of_curve)])
    pieces = np.empty((starts[-1], 2, 2))
    straight = starts[:-1][~bent]
    pieces[straight, 0], pieces[straight, 1] = curves[~bent, 0], curves[~bent, 3]
    t = np.linspace(0, 1, _PIECES + 1)[:, None]
    basis = np.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    along = np.einsum("tk,nkd->ntd", basis, curves[bent])
    places = (starts[:-1][bent][:, None] + np.arange(_PIECES)).ravel()
    pieces[places, 0] = along[:, :-1].reshape(-1, 2)
    pieces[places, 1] = along[:, 1:].reshape(-1, 2)
    ends = starts[np.cumsum(counts)]
    return np.split(pieces, ends[:-1])


def _is_straight(curves: Array) -> np.ndarray:
    """Whether both handles (n, 4, 2) lie on the chord."""
    chord = curves[:, 3] - curves[:, 0]
    length = np.maximum(np.linalg.norm(chord, axis=1), 1e-9)[:, None]
    to_handles = curves[:, 1:3] - curves[:, :1]
    away = chord[:, None, 0] * to_handles[..., 1] - chord[:, None, 1] * to_handles[..., 0]
    closed = np.linalg.norm(to_handles, axis=2).max(axis=1) * (length[:, 0] <= 1e-9)
    return (np.abs(away) / length).max(axis=1) + closed < _STRAIGHT
