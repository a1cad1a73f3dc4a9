"""Attention: score every hidden state, turn scores into weights, add the weighted states up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.softmax import softmax

__all__ = ["AdditiveScore", "GeneralScore", "Score", "attend", "weighted_sum"]

Score = Callable[[NDArray, NDArray], NDArray]


@dataclass(frozen=True)
class AdditiveScore:
    """Bahdanau's score, a small network with one hidden layer: score = v · tanh(W q + U h).

    Bahdanau et al. 2015 (arXiv 1409.0473), appendix A.1.2. There q is the decoder's state before
    the word; here it is the state at the word, as in Luong's arrangement.

    >>> score = AdditiveScore(query=np.eye(2), key=np.eye(2), energy=np.ones(2))
    >>> score(np.zeros(2), np.array([[9.0, 9.0], [0.0, 0.0]])).round(3).tolist()
    [2.0, 0.0]
    """

    query: NDArray  # W (a, d)
    key: NDArray  # U (a, d)
    energy: NDArray  # v (a,)

    def __call__(self, query: NDArray, states: NDArray) -> NDArray:
        """One query (d,) and hidden states (n, d) to scores (n,)."""
        return np.tanh(self.query @ query + states @ self.key.T) @ self.energy


@dataclass(frozen=True)
class GeneralScore:
    """Luong's "general" score: score = q · W h; with W the identity it is the dot product.

    Luong et al. 2015 (arXiv 1508.04025), equation 8, second line.

    >>> score = GeneralScore(matrix=np.eye(2))
    >>> score(np.array([2.0, 1.0]), np.array([[1.0, 0.0], [3.0, 3.0]])).tolist()
    [2.0, 9.0]
    """

    matrix: NDArray  # W (d, d)

    def __call__(self, query: NDArray, states: NDArray) -> NDArray:
        """One query (d,) and hidden states (n, d) to scores (n,)."""
        return states @ self.matrix.T @ query


def weighted_sum(weights: ArrayLike, states: ArrayLike) -> NDArray:
    """The context: every state (n, d) times its weight (n,), added up to (d,).

    Bahdanau et al. 2015, equation 5.

    >>> weighted_sum([0.5, 0.5], [[2.0, 0.0], [4.0, 2.0]]).tolist()
    [3.0, 1.0]
    """
    return np.asarray(weights) @ np.asarray(states)


def attend(
    scores: ArrayLike, states: ArrayLike, *, mask: ArrayLike | None = None
) -> tuple[NDArray, NDArray]:
    """Scores (n,) and hidden states (n, d) to weights (n,) and context (d,).

    States whose mask is False get no weight. The step that Alammar's article shows:

    >>> weights, context = attend([13, 9, 9], [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> weights.round(4).tolist(), context.round(4).tolist()
    ([0.9647, 0.0177, 0.0177], [0.9647, 0.0353])
    """
    weights = softmax(scores, mask=mask)
    return weights, weighted_sum(weights, states)
