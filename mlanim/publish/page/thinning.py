"""Thinning: rows that lie on the way from the one before to the one after need not be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["away", "thinned", "told_rows"]

_REST = 400  # thousandths of a second in which nothing may drift: a page draws nothing meanwhile
_EXACT = 1e-9


def thinned(
    times: NDArray,
    rows: NDArray,
    kinds: NDArray,
    tolerance: NDArray,
    rests: NDArray | None = None,
) -> list[int]:
    """Which rows to keep, so that straight lines between them miss none by more than a tolerance.

    Args:
        times: (n,), rising.
        rows: (n, k) what is interpolated.
        kinds: (n,) what is not: where it changes, both rows are kept.
        tolerance: (k,) in the units of each column.
        rests: (n - 1,) True where a row holds until the next, which no line may tilt.

    >>> times = np.arange(4.0)
    >>> line = np.array([[0.0], [1.0], [2.0], [9.0]])
    >>> thinned(times, line, np.zeros(4), np.array([0.1]))
    [0, 2, 3]
    """
    last = len(times) - 1
    rests = np.zeros(max(0, last), bool) if rests is None else rests
    if last < 2:
        return list(range(last + 1))
    kept = [0]
    start = 0
    while start < last:
        end = start + 1
        while end < last and kinds[end + 1] == kinds[start] == kinds[end]:
            between = times[start + 1 : end + 1]
            share = (between - times[start]) / (times[end + 1] - times[start])
            way = rows[start] + share[:, np.newaxis] * (rows[end + 1] - rows[start])
            slack = _EXACT if rests[start : end + 1].any() else tolerance
            if (np.abs(way - rows[start + 1 : end + 1]) > slack).any():
                break
            end += 1
        kept.append(end)
        start = end
    return kept


def told_rows(
    states: Sequence[int],
    times: list[int],
    table: NDArray,
    kinds: NDArray,
    slack: NDArray,
    seen: NDArray | None = None,
) -> list[int]:
    """Rows with what holds between them, thinned, each as its distance from the one before.

    Shapes are a column of their own, the second, where `seen` is not what is compared.
    """
    at: list[int] = []
    of: list[int] = []
    for place, state in enumerate(states):
        if place and state > states[place - 1] + 1:
            at.append(times[state - 1])  # until then the last row holds
            of.append(place - 1)
        at.append(times[state])
        of.append(place)
    compared = (table if seen is None else seen)[of].astype(float)
    rests = (np.diff(of) == 0) & (np.diff(at) > _REST)
    kept = thinned(np.array(at, float), compared, kinds[of], slack, rests)
    rows = table[of][kept].astype(int)
    columns = [np.array(at)[kept][:, np.newaxis], rows]
    if seen is None:
        columns.insert(1, kinds[of][kept][:, np.newaxis])
    whole = np.concatenate(columns, axis=1)
    return away(whole)


def away(rows: Any) -> list[int]:
    """Each row as its distance from the one before.

    >>> away([[5, 1], [7, 0]])
    [5, 1, 2, -1]
    """
    array = np.asarray(rows, int)
    start = np.zeros((1, *array.shape[1:]), int)
    told: list[int] = np.diff(array, axis=0, prepend=start).ravel().tolist()
    return told
