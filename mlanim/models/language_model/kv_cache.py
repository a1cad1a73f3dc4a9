"""The key-value cache: what a causal model keeps, so that a new token costs one new query only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mlanim.models.dot_product_attention import join_heads, scaled_dot_product, split_heads
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import TokenStack

__all__ = ["CachedLayer", "CachedStep", "KVCache"]


@dataclass(frozen=True)
class CachedLayer:
    """What one layer computed for one new token, and what it keeps of all S tokens so far."""

    query: NDArray  # (H, dk), of the new token only
    keys: NDArray  # (H, S, dk): kept ones, and the new one last
    values: NDArray  # (H, S, dk)
    scaled: NDArray  # (H, S)
    weights: NDArray  # (H, S); rows sum to 1
    output: NDArray  # (d,)


@dataclass(frozen=True)
class CachedStep:
    """One new token through all layers."""

    layers: tuple[CachedLayer, ...]
    logits: NDArray  # (V,)

    @property
    def probabilities(self) -> NDArray:
        """Of each word to come next, (V,)."""
        return softmax(self.logits)


@dataclass
class KVCache:
    """Keys and values of every layer of a causal model, for the tokens that were read.

    Each `read` gives the row that a whole pass over all tokens would give for the last of them.
    """

    model: TokenStack
    length: int = 0
    _kept: list[tuple[NDArray, NDArray]] = field(default_factory=list)

    def read(self, word: int) -> CachedStep:
        """Read one token more, by its index."""
        tokens, positions, kinds = self.model.embed([word], start=self.length)
        x = tokens + positions + (0 if kinds is None else kinds)
        steps = []
        for number, layer in enumerate(self.model.layers):
            attention = layer.self_attention
            entered = layer.norms[0](x) if layer.norm_first else x
            query, key, value = (
                split_heads(rows, attention.heads)
                for rows in np.split(entered @ attention.into.T + attention.into_bias, 3, axis=1)
            )
            if number < len(self._kept):
                keys, values = self._kept[number]
                key = np.concatenate([keys, key], axis=1)
                value = np.concatenate([values, value], axis=1)
                self._kept[number] = key, value
            else:
                self._kept.append((key, value))
            head = scaled_dot_product(query, key, value)
            added = x + join_heads(head.output) @ attention.out.T + attention.out_bias
            x = added if layer.norm_first else layer.norms[0](added)
            entered = layer.norms[1](x) if layer.norm_first else x
            added = x + layer.feed_forward(entered).output
            x = added if layer.norm_first else layer.norms[1](added)
            steps.append(
                CachedLayer(
                    query[:, 0], key, value, head.scaled[:, 0], head.weights[:, 0], x[0].copy()
                )
            )
        self.length += 1
        return CachedStep(tuple(steps), self.model.read_out(x)[1][0])

    def read_all(self, words: Sequence[int]) -> list[CachedStep]:
        """Read several tokens, one after the other."""
        return [self.read(word) for word in words]
