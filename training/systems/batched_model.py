"""The small language model on many texts at once, as `mlanim.models.token_stack` runs one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mlanim.models.dot_product_attention import causal_mask
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import TokenStack

__all__ = ["Batch"]


@dataclass
class Batch:
    """B texts of equal length so far, with their keys and values of every layer.

    states: of the words read last, what enters the first layer and what leaves each, (B, T, d).
    """

    model: TokenStack
    length: int = 0
    states: list[NDArray] = field(default_factory=list)
    _kept: list[tuple[NDArray, NDArray]] = field(default_factory=list)

    def read(self, words: NDArray) -> tuple[NDArray, NDArray]:
        """Read words (B, T) more; what the output layer reads (B, T, d), and logits (B, T, V)."""
        model, (count, new) = self.model, words.shape
        assert model.position_embedding is not None
        end = self.length + new
        x = model.token_embedding[words] + model.position_embedding[self.length : end]
        mask = causal_mask(end)[self.length :]
        self.states = [x]
        for number, layer in enumerate(model.layers):
            attention, heads = layer.self_attention, layer.self_attention.heads
            rows = layer.norms[0](x) @ attention.into.T + attention.into_bias
            query, key, value = (
                part.reshape(count, new, heads, -1).transpose(0, 2, 1, 3)
                for part in np.split(rows, 3, axis=2)
            )
            if number < len(self._kept):
                key = np.concatenate([self._kept[number][0], key], axis=2)
                value = np.concatenate([self._kept[number][1], value], axis=2)
                self._kept[number] = key, value
            else:
                self._kept.append((key, value))
            scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(key.shape[-1])
            mixed = softmax(scores, mask=mask) @ value
            joined = mixed.transpose(0, 2, 1, 3).reshape(count, new, -1)
            x = x + joined @ attention.out.T + attention.out_bias
            x = x + layer.feed_forward(layer.norms[1](x)).output
            self.states.append(x)
        self.length = end
        return model.read_out(x)
