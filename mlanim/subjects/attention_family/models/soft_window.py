"""A window whose two edges are soft, so that a gradient can move them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.softmax import softmax

__all__ = ["SoftWindow", "back_to_scores", "hard_window", "soft_window"]


@dataclass(frozen=True, eq=False)
class SoftWindow:
    """All (..., n). left, right: where each edge may be, a softmax each. after_left: the share of
    the left edge at or before a place; before_right: of the right edge at or after it. window:
    their product. weights: the window divided by its sum."""

    left: NDArray
    right: NDArray
    after_left: NDArray
    before_right: NDArray
    window: NDArray
    weights: NDArray


def soft_window(left_scores: ArrayLike, right_scores: ArrayLike) -> SoftWindow:
    """Nguyen et al. 2020 (arXiv 2006.13561), trainable soft masking.

    Cumulative sums of the two softmaxes, one from the left and one from the right, and their
    product. Edges that are sure give ones between them and zeros outside.

    >>> sure = soft_window([0.0, 99.0, 0.0, 0.0], [0.0, 0.0, 99.0, 0.0])
    >>> sure.window.round(6).tolist(), sure.weights.round(6).tolist()
    ([0.0, 1.0, 1.0, 0.0], [0.0, 0.5, 0.5, 0.0])
    """
    left, right = softmax(left_scores), softmax(right_scores)
    after = np.cumsum(left, axis=-1)
    before = _cumsum_back(right)
    window = after * before
    return SoftWindow(left, right, after, before, window, window / window.sum(-1, keepdims=True))


def hard_window(left: ArrayLike, right: ArrayLike) -> NDArray:
    """Zeros and ones (..., n): from the likeliest left edge to the likeliest right edge.

    It is empty where the right one comes first. No gradient goes through it.

    >>> hard_window([0.2, 0.8, 0.0], [0.0, 0.1, 0.9]).tolist()
    [0.0, 1.0, 1.0]
    """
    left, right = np.asarray(left), np.asarray(right)
    places = np.arange(left.shape[-1])
    first, last = left.argmax(-1)[..., None], right.argmax(-1)[..., None]
    return ((places >= first) & (places <= last)).astype(float)


def back_to_scores(made: SoftWindow, by_weights: NDArray) -> tuple[NDArray, NDArray]:
    """The gradients by both edges' scores, given that by the weights, all (..., n)."""
    mean = (made.weights * by_weights).sum(-1, keepdims=True)
    by_window = (by_weights - mean) / made.window.sum(-1, keepdims=True)
    by_left = _cumsum_back(by_window * made.before_right)
    by_right = np.cumsum(by_window * made.after_left, axis=-1)
    return _back_softmax(made.left, by_left), _back_softmax(made.right, by_right)


def _cumsum_back(values: NDArray) -> NDArray:
    """Cumulative sums from the right."""
    return np.cumsum(values[..., ::-1], axis=-1)[..., ::-1]


def _back_softmax(shares: NDArray, by_shares: NDArray) -> NDArray:
    return shares * (by_shares - (shares * by_shares).sum(-1, keepdims=True))
