"""From a model that scores the next word to a whole sentence: greedily, or with a beam."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Hypothesis", "NextWord", "beam_search", "greedy"]

M = TypeVar("M")

# Memory so far and the word said last (an index) to log-probabilities (V,) and the memory after.
NextWord = Callable[[M, int], tuple[NDArray, M]]


@dataclass(frozen=True)
class Hypothesis(Generic[M]):
    """Words said so far (without the start), the sum of their log-probabilities, the memory."""

    words: tuple[int, ...]
    log_probability: float
    memory: M

    def extended(self, word: int, log_probability: float, memory: M) -> Hypothesis[M]:
        """This hypothesis and one word more."""
        return Hypothesis((*self.words, word), self.log_probability + log_probability, memory)


def greedy(
    next_word: NextWord[M], memory: M, *, start: int, end: int, longest: int
) -> Hypothesis[M]:
    """Say the most probable word, again and again, until `end` (included) or `longest` words.

    >>> def countdown(left, word):
    ...     return np.log([0.1, 0.9] if left else [0.9, 0.1]), left - 1
    >>> greedy(countdown, 2, start=0, end=0, longest=9).words
    (1, 1, 0)
    """
    said: Hypothesis[M] = Hypothesis((), 0.0, memory)
    word = start
    while len(said.words) < longest and (word != end or not said.words):
        log_probabilities, after = next_word(said.memory, word)
        word = int(np.argmax(log_probabilities))
        said = said.extended(word, float(log_probabilities[word]), after)
    return said


def beam_search(
    next_word: NextWord[M], memory: M, *, start: int, end: int, longest: int, width: int
) -> Hypothesis[M]:
    """Keep the `width` most probable beginnings at every word; return the most probable sentence.

    A beam can lose the greedy sentence on the way, so that is searched too: the result is never
    less probable than `greedy`'s. With width 1 it is `greedy`'s. Sutskever et al. 2014, section
    3.2; the log-probability is not divided by the length.
    """
    best = greedy(next_word, memory, start=start, end=end, longest=longest)
    if width == 1:
        return best
    beam: list[Hypothesis[M]] = [Hypothesis((), 0.0, memory)]
    for _ in range(longest):
        longer = []
        for said in beam:
            log_probabilities, after = next_word(
                said.memory, said.words[-1] if said.words else start
            )
            for word in np.argsort(-log_probabilities, kind="stable")[:width]:
                longer.append(said.extended(int(word), float(log_probabilities[word]), after))
        longer.sort(key=lambda said: -said.log_probability)
        ended = [said for said in longer[:width] if said.words[-1] == end]
        best = max([best, *ended], key=lambda said: said.log_probability)
        # More words only lower a probability: a beginning below the best sentence is hopeless.
        beam = [said for said in longer[:width] if said.words[-1] != end]
        beam = [said for said in beam if said.log_probability > best.log_probability]
        if not beam:
            break
    return best
