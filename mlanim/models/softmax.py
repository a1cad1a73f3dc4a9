"""Scores to weights that are positive and sum to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["log_softmax", "softmax"]


def softmax(scores: ArrayLike, *, mask: ArrayLike | None = None, axis: int = -1) -> NDArray:
    """exp(score) / sum of exp(scores), along an axis.

    The largest score is subtracted first: the result is the same, and exp cannot overflow. Where
    `mask` (of the same shape, or one that broadcasts) is False the weight is exactly 0; at least
    one entry must be left, else ValueError. Same shape out as in.

    >>> softmax([13, 9, 9]).round(4).tolist()
    [0.9647, 0.0177, 0.0177]
    >>> softmax([1.0, 1.0, 5.0], mask=[True, True, False]).tolist()
    [0.5, 0.5, 0.0]
    """
    scores = _real(scores)
    if mask is not None:
        mask = np.broadcast_to(np.asarray(mask, dtype=bool), scores.shape)
        if not mask.any(axis=axis).all():
            raise ValueError("softmax needs at least one unmasked score along its axis")
        scores = np.where(mask, scores, -np.inf)
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def log_softmax(scores: ArrayLike, *, axis: int = -1) -> NDArray:
    """The logarithm of `softmax`, exact where the softmax itself would round to 0.

    >>> log_softmax([0.0, 1000.0]).tolist()
    [-1000.0, 0.0]
    """
    scores = _real(scores)
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _real(scores: ArrayLike) -> NDArray:
    scores = np.asarray(scores)
    return scores if np.issubdtype(scores.dtype, np.floating) else scores.astype(float)
