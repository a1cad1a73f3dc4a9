"""Thinning: rows that lie on the way from the one before to the one after need not be told."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["thinned"]


def thinned(times: NDArray, rows: NDArray, kinds: NDArray, tolerance: NDArray) -> list[int]:
    """Which rows to keep, so that straight lines between them miss none by more than a tolerance.

    Args:
        times: (n,), rising.
        rows: (n, k) what is interpolated.
        kinds: (n,) what is not: where it changes, both rows are kept.
        tolerance: (k,) in the units of each column.

    >>> times = np.arange(4.0)
    >>> line = np.array([[0.0], [1.0], [2.0], [9.0]])
    >>> thinned(times, line, np.zeros(4), np.array([0.1]))
    [0, 2, 3]
    """
    last = len(times) - 1
    kept = [0]
    start = 0
    while start < last:
        end = start + 1
        while end < last and kinds[end + 1] == kinds[start] == kinds[end]:
            between = times[start + 1 : end + 1]
            share = (between - times[start]) / (times[end + 1] - times[start])
            way = rows[start] + share[:, np.newaxis] * (rows[end + 1] - rows[start])
            if (np.abs(way - rows[start + 1 : end + 1]) > tolerance).any():
                break
            end += 1
        kept.append(end)
        start = end
    return kept
