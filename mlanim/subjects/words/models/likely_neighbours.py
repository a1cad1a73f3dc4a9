"""Which words stand beside a word most often, as the two matrices tell it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["likely_neighbours"]


def likely_neighbours(vector: NDArray, outputs: NDArray, noise: NDArray) -> NDArray:
    """The probability of each word (V,) to be a neighbour of the word with this input vector (d,).

    Skip-gram with k noise words is best where v . u = log(P(u | v) / (k noise(u))) (Levy and
    Goldberg 2014, "Neural Word Embedding as Implicit Matrix Factorization", equation 11): so
    P is proportional to noise(u) exp(v . u).

    >>> likely_neighbours(np.zeros(2), np.zeros((2, 2)), np.array([0.75, 0.25])).tolist()
    [0.75, 0.25]
    """
    dots = np.asarray(outputs, float) @ np.asarray(vector, float)
    raised = np.asarray(noise, float) * np.exp(dots - dots.max())
    return np.asarray(raised / raised.sum())
