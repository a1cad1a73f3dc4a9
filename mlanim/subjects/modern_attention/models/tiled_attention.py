"""Attention tile by tile: the whole row of scores is never there at once.

Dao et al. 2022, "FlashAttention", arXiv 2205.14135, section 3.1 and algorithm 1: a running maximum
and a running sum, by which what was added up before is scaled anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["AttendedTile", "tiled_attention"]


@dataclass(frozen=True)
class AttendedTile:
    """What is known of one query after a tile of keys, from `start` to before `stop`."""

    start: int
    stop: int
    scores: NDArray  # (stop - start,), divided by sqrt(dk)
    maximum: float  # of all scores so far
    scale: float  # exp(old maximum - new one): what earlier sums are multiplied by; 0 at first
    total: float  # sum of exp(score - maximum) so far
    weighted: NDArray  # (dv,): values so far, weighted by exp(score - maximum)

    @property
    def output(self) -> NDArray:
        """Attention over the keys so far, (dv,)."""
        return self.weighted / self.total


def tiled_attention(
    query: NDArray, keys: NDArray, values: NDArray, tile: int
) -> tuple[AttendedTile, ...]:
    """One query (dk,) over keys (S, dk) and values (S, dv), `tile` keys at a time.

    >>> first, last = tiled_attention(np.zeros(2), np.zeros((3, 2)), np.eye(3), 2)
    >>> first.output.tolist(), last.total
    ([0.5, 0.5, 0.0], 3.0)
    """
    if tile < 1:
        raise UsageError(f"tiles of {tile} keys", "give 1 or more")
    maximum, total, weighted = -np.inf, 0.0, np.zeros(values.shape[1])
    tiles = []
    for start in range(0, len(keys), tile):
        stop = min(start + tile, len(keys))
        scores = keys[start:stop] @ query / np.sqrt(len(query))
        highest = max(maximum, float(scores.max()))
        scale = float(np.exp(maximum - highest))
        powers = np.exp(scores - highest)
        total = scale * total + float(powers.sum())
        weighted = scale * weighted + powers @ values[start:stop]
        maximum = highest
        tiles.append(AttendedTile(start, stop, scores, maximum, scale, total, weighted))
    return tuple(tiles)
