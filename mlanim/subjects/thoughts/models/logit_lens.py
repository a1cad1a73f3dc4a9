"""The logit lens: what a model would say if it stopped after each layer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.softmax import softmax

__all__ = ["Lens", "look_through", "rank_of"]


class Lens(NamedTuple):
    """words, probabilities (N, K): the K most probable words at N positions, the best first."""

    words: NDArray
    probabilities: NDArray


def rank_of(logits: ArrayLike, words: ArrayLike) -> NDArray:
    """How many words are more probable, plus one: logits (N, V), words (N,) to (N,).

    Of equal words the one with the smaller index comes first, as in a stable sort.

    >>> rank_of([[1.0, 3.0, 3.0], [5.0, 0.0, 1.0]], [2, 0]).tolist()
    [2, 1]
    """
    scores, asked = np.asarray(logits), np.asarray(words, dtype=int)
    own = np.take_along_axis(scores, asked[:, None], axis=1)
    before = np.arange(scores.shape[1]) < asked[:, None]
    ahead = (scores > own) | ((scores == own) & before)
    return np.asarray(ahead.sum(axis=1) + 1)


def look_through(logits: ArrayLike, most: int = 5) -> Lens:
    """The most probable words of logits (N, V). nostalgebraist 2020, "interpreting GPT".

    >>> lens = look_through([[0.0, 2.0, 1.0]], most=2)
    >>> lens.words.tolist(), lens.probabilities.round(2).tolist()
    ([[1, 2]], [[0.67, 0.24]])
    """
    scores = np.asarray(logits, float)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    return Lens(order, np.take_along_axis(softmax(scores), order, axis=1))
