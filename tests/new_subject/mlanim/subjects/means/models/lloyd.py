"""k-means as Lloyd wrote it down (1982): assign, average, again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Rounds", "k_means"]


@dataclass(frozen=True)
class Rounds:
    """What k-means did with points (n, 2).

    Attributes:
        means: (rounds + 1, k, 2).
        nearest: (rounds, n), each point's mean.
    """

    points: np.ndarray
    means: np.ndarray
    nearest: np.ndarray


def k_means(points: np.ndarray, first: np.ndarray, rounds: int) -> Rounds:
    """Move the means `first` (k, 2) to the middle of the points (n, 2) nearest to them.

    >>> made = k_means(np.array([[0.0, 0], [0, 2], [5, 0]]), np.array([[0.0, 0], [4, 0]]), 1)
    >>> made.means[-1].tolist()
    [[0.0, 1.0], [5.0, 0.0]]
    """
    means, nearest = [first], []
    for _ in range(rounds):
        distances = np.linalg.norm(points[:, None] - means[-1], axis=-1)
        nearest.append(distances.argmin(axis=1))
        owned = [points[nearest[-1] == k] for k in range(len(first))]
        pairs = zip(owned, means[-1], strict=True)
        means.append(np.array([own.mean(axis=0) if len(own) else mean for own, mean in pairs]))
    return Rounds(points, np.array(means), np.array(nearest))
