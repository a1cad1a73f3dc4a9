"""Scaled dot-product attention, of one head or of several, with all that it computes by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.models.softmax import softmax

__all__ = [
    "DotProductTrace",
    "MultiHeadTrace",
    "MultiHeadWeights",
    "causal_mask",
    "multi_head",
    "scaled_dot_product",
    "worked_example",
]


@dataclass(frozen=True)
class DotProductTrace:
    """What softmax(Q K^T / sqrt(dk)) V computed; leading axes (heads) come before those named."""

    scores: NDArray  # (T, S): the dot products
    scaled: NDArray  # (T, S): divided by sqrt(dk)
    mask: NDArray | None  # (T, S) bool: False is hidden; None: all is seen
    weights: NDArray  # (T, S): rows sum to 1, hidden ones are exactly 0
    output: NDArray  # (T, dv)


def scaled_dot_product(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, *, mask: ArrayLike | None = None
) -> DotProductTrace:
    """Queries (..., T, dk), keys (..., S, dk) and values (..., S, dv) to their trace.

    Vaswani et al. 2017 (arXiv 1706.03762), equation 1.

    >>> query, keys = worked_example()
    >>> trace = scaled_dot_product([query], keys, np.eye(2))
    >>> trace.scores.tolist(), trace.scaled.tolist(), trace.weights.round(2).tolist()
    ([[112.0, 96.0]], [[14.0, 12.0]], [[0.88, 0.12]])
    """
    query, key, value = (np.asarray(a, dtype=float) for a in (queries, keys, values))
    scores = query @ key.swapaxes(-1, -2)
    scaled = scores / np.sqrt(query.shape[-1])
    seen = None if mask is None else np.asarray(mask, dtype=bool)
    weights = softmax(scaled, mask=seen)
    return DotProductTrace(scores, scaled, seen, weights, weights @ value)


def worked_example(width: int = 64) -> tuple[NDArray, NDArray]:
    """A query (width,) and two keys (2, width) of small whole numbers with scores 112 and 96.

    These are the scores of the published example (Alammar, "The Illustrated Transformer"), whose
    vectors are not printed there; ours are drawn with a fixed seed and nudged until they fit.
    """
    random = np.random.default_rng(0)
    query = random.integers(1, 4, width) * random.choice([-1, 1], width)
    keys = random.integers(-3, 4, (2, width))
    for key, wanted in zip(keys, (112, 96), strict=True):
        for i in np.argsort(-np.abs(query), kind="stable"):
            missing = wanted - int(query @ key)
            key[i] = np.clip(key[i] + int(missing / query[i]), -3, 3)
    return query.astype(float), keys.astype(float)


def causal_mask(size: int) -> NDArray:
    """(size, size) bool: a position sees itself and those before it.

    >>> causal_mask(2).tolist()
    [[True, False], [True, True]]
    """
    return np.tri(size, dtype=bool)


@dataclass(frozen=True)
class MultiHeadWeights:
    """The matrices of an attention layer of width d, as PyTorch's MultiheadAttention holds them."""

    heads: int
    into: NDArray  # (3 d, d): Wq, Wk and Wv, one under the other; a row a feature that comes out
    into_bias: NDArray  # (3 d,)
    out: NDArray  # Wo (d, d)
    out_bias: NDArray  # (d,)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray], prefix: str, heads: int) -> MultiHeadWeights:
        """Read them by PyTorch's names, such as prefix "encoder.layers.0.self_attn."."""
        names = ("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")
        return cls(heads, *(arrays[prefix + name] for name in names))

    def matrix(self, name: str, head: int) -> NDArray:
        """A head's Wq, Wk or Wv as the article multiplies it: x (T, d) @ matrix (d, dk)."""
        width = len(self.out)
        start = "qkv".index(name) * width + head * (width // self.heads)
        return self.into[start : start + width // self.heads].T


@dataclass(frozen=True)
class MultiHeadTrace:
    """All that a layer of H heads computed for T queries over S keys; d = H dk."""

    queries: NDArray  # (H, T, dk)
    keys: NDArray  # (H, S, dk)
    values: NDArray  # (H, S, dk)
    scores: NDArray  # (H, T, S)
    scaled: NDArray  # (H, T, S)
    mask: NDArray | None  # (T, S)
    weights: NDArray  # (H, T, S)
    heads: NDArray  # Z (H, T, dk)
    concatenated: NDArray  # (T, d)
    output: NDArray  # (T, d): concatenated @ Wo


def multi_head(
    weights: MultiHeadWeights,
    queries_from: NDArray,
    keys_from: NDArray | None = None,
    *,
    mask: ArrayLike | None = None,
) -> MultiHeadTrace:
    """Attention of (T, d) over (S, d), over itself if that is None. Vaswani 2017, section 3.2.2.

    Raises UsageError where the width does not divide by the heads.

    >>> into, none = np.random.default_rng(0).normal(size=(12, 4)), np.zeros(12)
    >>> layer = MultiHeadWeights(2, into, none, np.eye(4), none[:4])
    >>> trace = multi_head(layer, np.eye(3, 4), mask=causal_mask(3))
    >>> trace.weights.shape, trace.weights.sum(axis=2).round(6).tolist()
    ((2, 3, 3), [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    """
    width = queries_from.shape[-1]
    if width % weights.heads:
        raise UsageError(f"{weights.heads} heads of a width of {width}", "it must divide by them")
    source = queries_from if keys_from is None else keys_from
    q, k, v = (
        split_heads(x @ matrix.T + bias, weights.heads)
        for x, matrix, bias in zip(
            (queries_from, source, source),
            np.split(weights.into, 3),
            np.split(weights.into_bias, 3),
            strict=True,
        )
    )
    seen = None if mask is None else np.asarray(mask, dtype=bool)
    head = scaled_dot_product(q, k, v, mask=seen)
    joined = join_heads(head.output)
    return MultiHeadTrace(
        queries=q,
        keys=k,
        values=v,
        scores=head.scores,
        scaled=head.scaled,
        mask=seen,
        weights=head.weights,
        heads=head.output,
        concatenated=joined,
        output=joined @ weights.out.T + weights.out_bias,
    )


def split_heads(rows: NDArray, heads: int) -> NDArray:
    """(T, H dk) to (H, T, dk)."""
    return rows.reshape(len(rows), heads, -1).swapaxes(0, 1)


def join_heads(heads: NDArray) -> NDArray:
    """(H, T, dk) to (T, H dk): the heads' rows end to end."""
    return heads.swapaxes(0, 1).reshape(heads.shape[1], -1)
