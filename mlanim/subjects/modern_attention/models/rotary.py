"""Rotary positions: pairs of a query and of a key turn with the place where their word stands.

Su et al. 2021, "RoFormer: Enhanced transformer with rotary position embedding", arXiv 2104.09864,
equations 15 and 34.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError

__all__ = ["RotaryPairs", "rotary_frequencies", "rotate", "score_table"]

_BASE = 10000.0


def rotary_frequencies(width: int) -> NDArray:
    """By how much each pair turns from a position to the next, in radians, (width / 2,).

    theta_i = 10000^(-2 i / width), the first pair the fastest. Raises UsageError for an odd width.

    >>> rotary_frequencies(4).tolist()
    [1.0, 0.01]
    """
    if width < 2 or width % 2:
        raise UsageError(f"a width of {width}", "rotary positions turn pairs: it must be even")
    return _BASE ** (-np.arange(0, width, 2) / width)


def rotate(vectors: ArrayLike, positions: ArrayLike) -> NDArray:
    """Turn the pairs of vectors (..., d) by their positions (...); lengths stay as they are.

    >>> rotate([[1.0, 0.0]], [np.pi / 2]).round(6).tolist()
    [[0.0, 1.0]]
    """
    rows = np.asarray(vectors, float)
    angles = np.asarray(positions, float)[..., None] * rotary_frequencies(rows.shape[-1])
    first, second = rows[..., 0::2], rows[..., 1::2]
    turned = np.empty_like(rows)
    turned[..., 0::2] = first * np.cos(angles) - second * np.sin(angles)
    turned[..., 1::2] = first * np.sin(angles) + second * np.cos(angles)
    return turned


@dataclass(frozen=True)
class RotaryPairs:
    """A query (d,) and a key (d,) before they are turned."""

    query: NDArray
    key: NDArray

    def turned(self, at: ArrayLike) -> tuple[NDArray, NDArray]:
        """Query and key as d / 2 points (d / 2, 2) each, at positions (m, n)."""
        m, n = np.asarray(at, float)
        return rotate(self.query, m).reshape(-1, 2), rotate(self.key, n).reshape(-1, 2)

    def shares(self, at: ArrayLike) -> NDArray:
        """What each pair adds to the score at positions (m, n), (d / 2,)."""
        query, key = self.turned(at)
        return (query * key).sum(axis=1)

    def score(self, at: ArrayLike) -> float:
        """Their dot product at positions (m, n).

        >>> pairs = RotaryPairs(np.array([1.0, 2.0]), np.array([0.5, -1.0]))
        >>> bool(abs(pairs.score((7, 3)) - pairs.score((107, 103))) < 1e-12)
        True
        """
        return float(self.shares(at).sum())


def score_table(pairs: RotaryPairs, size: int) -> NDArray:
    """The scores of the query at each position (rows) and the key at each (columns)."""
    places = np.arange(size)
    queries = rotate(np.tile(pairs.query, (size, 1)), places)
    keys = rotate(np.tile(pairs.key, (size, 1)), places)
    return queries @ keys.T
