"""What each token that was read contributes to a score: two published measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Integrated", "gradient_x_input", "integrated_gradients"]

Scored = Callable[[NDArray], tuple[NDArray, NDArray]]

_NODES = (16, 32, 64, 128, 256)
_EARLY = 3  # the path is walked by the cube of an even pace


class Integrated(NamedTuple):
    """parts (T,): of each token. ends: the score of nothing, and of what was read."""

    parts: NDArray
    ends: tuple[float, float]

    @property
    def missed(self) -> float:
        """How far the parts are from summing to the difference of the ends."""
        return float(abs(self.parts.sum() - (self.ends[1] - self.ends[0])))


def gradient_x_input(gradient: NDArray, tokens: NDArray) -> NDArray:
    """Each token's gradient times its vector, both (T, d), to (T,).

    Shrikumar et al. 2016 (arXiv 1605.01713), section 3.

    >>> gradient_x_input(np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])).tolist()
    [1.0]
    """
    return np.asarray((gradient * tokens).sum(axis=-1))


def integrated_gradients(score: Scored, tokens: ArrayLike, tolerance: float = 5e-4) -> Integrated:
    """The gradient, averaged on the straight way from nothing to the tokens (T, d), times them.

    Sundararajan et al. 2017 (arXiv 1703.01365), equation 1, the baseline all zeros. The parts sum
    to the difference of the scores (their proposition 1). The average is taken at Gauss-Legendre
    nodes, more of them until the sum is as near as `tolerance`; they lie denser near nothing, where
    a norm turns a small vector fast.

    score: from B inputs (B, T, d) to their B scores and gradients (B, T, d).

    >>> found = integrated_gradients(lambda x: ((x**2).sum((1, 2)), 2 * x), [[3.0], [1.0]])
    >>> found.parts.round(6).tolist(), found.ends
    ([9.0, 1.0], (0.0, 10.0))
    """
    given = np.asarray(tokens, float)
    ends, _ = score(np.stack([0 * given, given]))
    found = Integrated(np.zeros(len(given)), (float(ends[0]), float(ends[1])))
    best = found
    for count in _NODES:
        nodes, weights = np.polynomial.legendre.leggauss(count)
        pace = (nodes + 1) / 2
        shares, lengths = pace**_EARLY, weights / 2 * _EARLY * pace ** (_EARLY - 1)
        _, slopes = score(shares[:, None, None] * given)
        mean = np.tensordot(lengths, slopes, axes=1)
        found = Integrated(gradient_x_input(mean, given), best.ends)
        best = min(best, found, key=lambda one: one.missed) if count > _NODES[0] else found
        if best.missed <= tolerance:
            break
    return best
