"""How high the nodes of layered columns stand: near to their neighbours, none upon another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim.models.graph_layers import Inputs, Place

__all__ = ["heights_of"]

_PASSES = 8
_OPEN = 1.9  # times its height: more room for a node is not used


def heights_of(
    columns: Sequence[Sequence[Place]],
    sizes: Sequence[Sequence[float]],
    inputs: Inputs,
    span: tuple[float, float],
    gap: float,
) -> dict[Place, float]:
    """The middle of each place, in columns from left to right, within a span (bottom, top).

    sizes: the height of each place; gap: the least between two.
    """
    bottom, top = span
    offsets = [_offsets(np.array(column), gap) for column in sizes]
    heights: dict[Place, float] = {}
    for column, steps, size in zip(columns, offsets, sizes, strict=True):
        free = (top - bottom) / max(1e-9, steps[-1] + size[-1] / 2 + size[0] / 2)
        spread = min(_OPEN, max(1.0, free)) * (steps - steps[-1] / 2)
        heights |= dict(zip(column, ((top + bottom) / 2 - spread).tolist(), strict=True))
    near = _neighbours(columns, inputs)
    for sweep in range(_PASSES):
        order = range(len(columns)) if sweep % 2 == 0 else range(len(columns) - 1, -1, -1)
        for i in order:
            wanted = np.array(
                [
                    np.mean([heights[n] for n in near[place]]) if near[place] else heights[place]
                    for place in columns[i]
                ]
            )
            low, high = bottom + sizes[i][-1] / 2, top - sizes[i][0] / 2
            made = _apart(wanted, offsets[i], low, high)
            heights |= dict(zip(columns[i], made.tolist(), strict=True))
    tops = [heights[c[0]] + size[0] / 2 for c, size in zip(columns, sizes, strict=True)]
    lows = [heights[c[-1]] - size[-1] / 2 for c, size in zip(columns, sizes, strict=True)]
    drift = (max(tops) + min(lows)) / 2 - (top + bottom) / 2
    return {place: height - drift for place, height in heights.items()}


def _offsets(sizes: NDArray, gap: float) -> NDArray:
    """How far below the first each has to be at least, (n,)."""
    steps = (sizes[1:] + sizes[:-1]) / 2 + gap
    return np.concatenate([[0.0], np.cumsum(steps)])


def _neighbours(columns: Sequence[Sequence[Place]], inputs: Inputs) -> dict[Place, list[Place]]:
    here = {place for column in columns for place in column}
    near: dict[Place, list[Place]] = {place: [] for place in here}
    for place in here:
        if isinstance(place, int):
            joined: list[Place] = list(inputs[place])
        else:
            source, target, layer = place
            joined = [
                one if one in here else end
                for one, end in (
                    ((source, target, layer - 1), source),
                    ((source, target, layer + 1), target),
                )
            ]
        for other in joined:
            if other in here:
                near[place].append(other)
                near[other].append(place)
    return near


def _apart(wanted: NDArray, offsets: NDArray, low: float, high: float) -> NDArray:
    """Falling heights nearest to those wanted, as far apart as they have to be.

    >>> _apart(np.array([0.0, 0.0]), np.array([0.0, 1.0]), -5, 5).tolist()
    [0.5, -0.5]
    """
    level = _falling(wanted + offsets)
    return np.asarray(np.maximum(np.minimum(level, high), low + offsets[-1]) - offsets)


def _falling(wanted: NDArray) -> NDArray:
    """The falling values nearest to those wanted: what would rise becomes a block at its mean.

    By hand, for importing scipy.optimize takes longer than all layouts of a film.

    >>> _falling(np.array([3.0, 0.0, 2.0])).tolist()
    [3.0, 1.0, 1.0]
    """
    blocks: list[tuple[float, int]] = []  # mean and length
    for value in wanted.tolist():
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            (one, many), (other, more) = blocks[-2:]
            blocks[-2:] = [((one * many + other * more) / (many + more), many + more)]
    return np.concatenate([np.full(count, mean) for mean, count in blocks])
