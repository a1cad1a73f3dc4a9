"""Self-attention without parameters, on a sentence whose vectors are stated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.softmax import softmax

__all__ = ["SENTENCE", "TRAITS", "VECTORS", "BareAttention", "bare_attention"]

SENTENCE = ("the", "dog", "chased", "a", "cat", "across", "town")
#: What each number of a vector says; made up, and stated on screen.
TRAITS = ("alive", "moves", "place", "linking")
VECTORS = np.array(
    [
        [0.0, 0.0, 0.0, 1.0],
        [1.5, 0.5, 0.0, 0.0],
        [0.5, 1.5, 0.5, 0.0],
        [0.0, 0.0, 0.0, 1.0],
        [1.5, 1.0, 0.0, 0.0],
        [0.0, 1.0, 1.0, 0.5],
        [0.0, 0.0, 1.5, 0.0],
    ]
)


@dataclass(frozen=True, eq=False)
class BareAttention:
    """scores: (n, n) dot products. weights: their softmax, row by row. outputs: (n, d)."""

    scores: NDArray
    weights: NDArray
    outputs: NDArray


def bare_attention(vectors: NDArray) -> BareAttention:
    """Every vector (n, d) with every vector: dot products, softmax, weighted sums.

    Scaled dot-product attention (Vaswani et al. 2017, equation 1) with Q, K and V the vectors
    themselves, and without the scale.

    >>> made = bare_attention(np.eye(2))
    >>> made.weights.round(3).tolist()
    [[0.731, 0.269], [0.269, 0.731]]
    """
    scores = vectors @ vectors.T
    weights = softmax(scores)
    return BareAttention(scores, weights, weights @ vectors)
