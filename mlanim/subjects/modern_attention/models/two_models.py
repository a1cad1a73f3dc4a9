"""A large and a small model of the same tales: the language model, and a table of word pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mlanim.models.language_model.language_model import load_language_model
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import TokenStack
from mlanim.subjects.modern_attention.models.learned_arrays import learned_arrays

__all__ = ["LargeModel", "WordPairs", "load_word_pairs"]


@dataclass(frozen=True)
class WordPairs:
    """Which word follows which: logarithms of the shares (V, V), counted in the tales."""

    vocabulary: tuple[str, ...]
    logits: NDArray
    temperature: float = 1.0

    def __call__(self, words: Sequence[int]) -> NDArray:
        """Of each word to come next, (V,); it looks at the last one alone."""
        return softmax(self.logits[words[-1]] / self.temperature)

    def at(self, temperature: float) -> WordPairs:
        """The same table, drawn from at another temperature."""
        return replace(self, temperature=temperature)


@dataclass
class LargeModel:
    """The language model behind `gpt2`; what it was asked once it need not compute again."""

    temperature: float = 1.0
    stack: TokenStack = field(default_factory=load_language_model)
    _known: dict[tuple[int, ...], NDArray] = field(default_factory=dict)

    def __call__(self, words: Sequence[int]) -> NDArray:
        """Of each word to come next, (V,)."""
        if (key := tuple(words)) not in self._known:
            logits = self.stack.run(words).logits[-1]
            self._known[key] = softmax(logits / self.temperature)
        return self._known[key]


@cache
def load_word_pairs() -> WordPairs:
    """The small model, as training/modern_attention/train_word_pairs.py counted it.

    >>> pairs = load_word_pairs()
    >>> pairs.vocabulary == load_language_model().vocabulary
    True
    """
    arrays = learned_arrays("word-pairs")
    return WordPairs(tuple(map(str, arrays["vocabulary"])), np.asarray(arrays["logits"], float))
