"""What is kept of a file of word vectors while it goes by: the words asked for, and a sample."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["MOST_DIMENSIONS", "Gathered"]

MOST_DIMENSIONS = 4096
_MOST_SAMPLED = (
    20_000  # words whose neighbours are looked for: the first ones, mostly the commonest
)
_MOST_NUMBERS = 6_000_000  # in the sample: 24 MB
_MOST_SPELLINGS = 100_000


class Gathered:
    """Keeps the words that were asked for and the first of the others, whatever comes by."""

    def __init__(self, name: str, asked: Iterable[str], width: int) -> None:
        if not 1 <= width <= MOST_DIMENSIONS:
            what = f"{name}: vectors of {width:,} numbers"
            raise UsageError(what, f"1 to {MOST_DIMENSIONS:,} are read")
        self.name, self.width = name, width
        self.asked = set(asked)
        self.most = min(_MOST_SAMPLED, _MOST_NUMBERS // width)
        self.count = self.repeated = 0
        self._words: dict[str, int] = {}
        self._rows: list[NDArray] = []
        self._left = set(self.asked)
        self._spellings: list[str] = []

    @property
    def complete(self) -> bool:
        """Whether nothing that comes later could matter."""
        return not self._left and len(self._rows) >= self.most

    def wants(self, word: str) -> bool:
        """Count a word that comes by; tell whether its vector is to be kept."""
        self.count += 1
        if word in self._words:  # as others do: the first one counts
            self.repeated += 1
            return False
        if len(self._rows) < self.most or word in self._left:
            return True
        if len(self._spellings) < _MOST_SPELLINGS:
            self._spellings.append(word)
        return False

    def keep(self, word: str, vector: NDArray, where: str) -> None:
        """Keep a vector (width,) of a word that is wanted; `where` is told if it is not finite."""
        if not np.isfinite(vector).all():
            what = f"{self.name}, {where}: the vector of {word[:40]!r} holds what is no number"
            raise UsageError(what, "every value must be finite")
        self._left.discard(word)
        self._words[word] = len(self._rows)
        self._rows.append(np.asarray(vector, np.float32))

    def vectors(self) -> WordVectors:
        """What was kept. UsageError where there was nothing."""
        if not self._rows:
            raise UsageError(f"{self.name} holds no words", "give a file of word vectors")
        return WordVectors(
            tuple(self._words),
            np.stack(self._rows),
            self.name,
            tuple(self._spellings),
            whole=self.count == len(self._rows) + self.repeated,
        )
