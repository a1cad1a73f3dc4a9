"""Attention flow: layers taken as pipes, how much can pass from a position to each word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["attention_flow", "capacities"]

_UNITS = 1_000_000_000  # whole numbers that a weight of 1 is: the library counts in them


def capacities(attention: NDArray) -> NDArray:
    """Weights (L, H, T, T) to pipes (L, T, T): heads averaged, half of each staying where it is.

    >>> capacities(np.full((1, 2, 2, 2), 0.5))[0].tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    size = attention.shape[-1]
    return np.asarray(0.5 * attention.mean(axis=1) + 0.5 * np.eye(size))


def attention_flow(attention: NDArray, position: int) -> NDArray:
    """The greatest flow from a position above all layers to each word below them, (T,).

    Abnar & Zuidema 2020 (arXiv 2005.00928), section 3: each word by itself, so that they need not
    sum to 1. Weights (L, H, T, T).

    >>> attention_flow(np.full((2, 1, 2, 2), 0.5), 0).round(6).tolist()
    [1.0, 0.5]
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_flow

    pipes = capacities(attention)
    layers, size = pipes.shape[:2]
    layer, upper, lower = np.nonzero(pipes)
    whole = np.rint(pipes[layer, upper, lower] * _UNITS).astype(np.int32)
    above, below = (layer + 1) * size + upper, layer * size + lower
    count = (layers + 1) * size
    graph = csr_matrix((whole, (above, below)), shape=(count, count))
    start = layers * size + position
    return np.array([maximum_flow(graph, start, end).flow_value for end in range(size)]) / _UNITS
