"""Skip-gram with negative sampling: pairs, noise words, and one step of its training.

Mikolov et al., "Distributed Representations of Words and Phrases and their Compositionality"
(2013), equation 4: for a word c, a neighbour o and k noise words n,
loss = -log s(v_c . u_o) - sum of log s(-v_c . u_n), where s is the sigmoid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["SkipGramStep", "descend", "noise_probabilities", "skip_gram_step", "window_pairs"]


def window_pairs(words: ArrayLike, window: int) -> NDArray:
    """Every word (n,) with each of its neighbours up to `window` away: (m, 2), in reading order.

    At the edges of the text there are fewer neighbours.

    >>> window_pairs([7, 8, 9], 1).tolist()
    [[7, 8], [8, 7], [8, 9], [9, 8]]
    >>> len(window_pairs(range(13), 2))
    46
    """
    text = np.asarray(words)
    places = np.arange(len(text))
    steps = np.array([step for step in range(-window, window + 1) if step])
    others = places[:, None] + steps
    inside = (others >= 0) & (others < len(text))
    centres = np.broadcast_to(places[:, None], others.shape)[inside]
    return np.stack([text[centres], text[others[inside]]], axis=1)


def noise_probabilities(counts: ArrayLike, power: float = 0.75) -> NDArray:
    """How often each word (V,) is drawn as noise: its count to the power 3/4, normalised.

    >>> noise_probabilities([16, 1]).round(4).tolist()
    [0.8889, 0.1111]
    """
    raised = np.asarray(counts, float) ** power
    return np.asarray(raised / raised.sum())


@dataclass(frozen=True)
class SkipGramStep:
    """What one step computes of B pairs, each with k noise words.

    centres (B,) and samples (B, 1 + k) are rows of the two matrices, the true neighbour first.
    dots, chances (their sigmoids), targets (1, then zeros) and errors (chance - target):
    (B, 1 + k). losses (B,). centre_gradients (B, d) and sample_gradients (B, 1 + k, d): of the
    losses, by those rows.
    """

    centres: NDArray
    samples: NDArray
    centre_vectors: NDArray
    sample_vectors: NDArray
    dots: NDArray
    chances: NDArray
    targets: NDArray
    errors: NDArray
    losses: NDArray

    @property
    def centre_gradients(self) -> NDArray:
        """Each error times the other word's vector, summed."""
        return np.asarray(np.einsum("bk,bkd->bd", self.errors, self.sample_vectors))

    @property
    def sample_gradients(self) -> NDArray:
        """Each error times the centre's vector."""
        return np.asarray(self.errors[:, :, None] * self.centre_vectors[:, None, :])


def skip_gram_step(
    inputs: NDArray, outputs: NDArray, centres: ArrayLike, samples: ArrayLike
) -> SkipGramStep:
    """Dot, sigmoid, error and loss of B pairs; nothing is changed yet.

    inputs, outputs: (V, d), a row for each word as a centre and as a neighbour. centres: (B,).
    samples: (B, 1 + k), the true neighbour and then the noise words.

    >>> step = skip_gram_step(np.eye(2), np.eye(2), [0], [[0, 1]])
    >>> step.dots.tolist(), step.errors.round(3).tolist()
    ([[1.0, 0.0]], [[-0.269, 0.5]])
    """
    from scipy.special import expit  # who only looks words up does without SciPy

    at, others = np.asarray(centres), np.asarray(samples)
    v, u = inputs[at], outputs[others]
    dots = np.einsum("bkd,bd->bk", u, v)
    targets = np.zeros_like(dots)
    targets[:, 0] = 1
    chances = expit(dots)
    losses = np.logaddexp(0, np.where(targets == 1, -dots, dots)).sum(axis=1)
    return SkipGramStep(at, others, v, u, dots, chances, targets, chances - targets, losses)


def descend(inputs: NDArray, outputs: NDArray, step: SkipGramStep, rate: float | NDArray) -> None:
    """Move the rows of both matrices against their gradients, in place.

    A row that occurs several times in a step gets the sum of its gradients.

    >>> v, u = np.eye(2), np.eye(2)
    >>> descend(v, u, skip_gram_step(v, u, [0], [[0, 1]]), 1.0)
    >>> v[0].round(3).tolist(), u[1].round(3).tolist()
    ([1.269, -0.5], [-0.5, 1.0])
    """
    _subtract(inputs, step.centres, np.eye(1), rate * step.centre_gradients)
    _subtract(outputs, step.samples, step.errors, rate * step.centre_vectors)


def _subtract(matrix: NDArray, rows: NDArray, weights: NDArray, vectors: NDArray) -> None:
    """Take weights[b, j] * vectors[b] from row rows[b, j]; a product of a sparse matrix adds up."""
    from scipy.sparse import csr_array

    met, place = np.unique(rows, return_inverse=True)
    count = len(vectors)
    each = rows.size // count
    shares = np.broadcast_to(weights, (count, each)).astype(matrix.dtype).ravel()
    starts = np.arange(0, rows.size + 1, each)
    table = csr_array((shares, place.ravel(), starts), shape=(count, len(met)))
    matrix[met] -= (table.T @ vectors).astype(matrix.dtype)
