"""Cross-entropy: how surprised a model is by what is right."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.softmax import log_softmax

__all__ = ["cross_entropy"]


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> NDArray:
    """Minus the log of the right word's probability: logits (T, V), targets (T,) to (T,), in nats.

    >>> cross_entropy([[0.0, 0.0]], [1]).round(4).tolist()
    [0.6931]
    """
    right = np.asarray(targets)[:, None]
    return -np.take_along_axis(log_softmax(logits), right, axis=1)[:, 0]
