"""Untrained attention over any words: what the mechanism does, before it has learned anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import MultiHeadTrace, MultiHeadWeights, multi_head

__all__ = ["RandomAttention", "random_attention"]


@dataclass(frozen=True)
class RandomAttention:
    """Words, a random vector for each, random matrices, and what they give."""

    words: tuple[str, ...]  # n
    embeddings: NDArray  # (n, d)
    weights: MultiHeadWeights
    trace: MultiHeadTrace


def random_attention(
    words: Sequence[str], *, width: int = 8, heads: int = 2, seed: int = 0
) -> RandomAttention:
    """Self-attention of `heads` heads with matrices drawn from a normal distribution, no biases.

    A word has one vector, wherever it stands. Raises UsageError for no words, or a width that
    the heads do not divide.

    >>> one = random_attention(["a", "b", "a"], width=4, heads=2)
    >>> bool((one.embeddings[0] == one.embeddings[2]).all()), one.trace.weights.shape
    (True, (2, 3, 3))
    """
    if not words:
        raise UsageError("the sentence is empty", "give one or more words")
    if width < 1 or heads < 1 or width % heads:
        raise UsageError(
            f"width={width} with {heads} heads",
            "every head has the same width: give a multiple of the heads",
        )
    draw = np.random.default_rng(seed)
    into, out = draw.normal(size=(3 * width, width)), draw.normal(size=(width, width))
    scale = 1 / np.sqrt(width)
    weights = MultiHeadWeights(
        heads, scale * into, np.zeros(3 * width), scale * out, np.zeros(width)
    )
    vectors = [
        np.random.default_rng([seed, crc32(word.encode())]).normal(size=width) for word in words
    ]
    embeddings = np.array(vectors)
    return RandomAttention(tuple(words), embeddings, weights, multi_head(weights, embeddings))
