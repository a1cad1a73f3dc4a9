"""A task of long memory: a name, many deeds, and the question whose they were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["LENGTHS", "NAMES", "WORDS", "recall_batch", "written"]

NAMES = ("Ada", "Ben", "Cleo", "Dan")
_DEEDS = ("sang", "ran", "ate", "slept", "read", "swam")
_LINKS = ("and", "then")
#: Every word that may occur; the names first, the question last.
WORDS = (*NAMES, *_DEEDS, *_LINKS, "who?")
#: Shortest and longest sequence, with the name and the question.
LENGTHS = (20, 40)


def recall_batch(length: int, count: int, random: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Word numbers (length, count), one sequence a column, and the names (count,) to be told.

    A name, deeds with "and" or "then" between them, "who?"; deeds and links are drawn by chance.

    >>> words, names = recall_batch(6, 1, np.random.default_rng(0))
    >>> written(words[:, 0])
    ['Dan', 'slept', 'then', 'ran', 'and', 'who?']
    """
    names = random.integers(0, len(NAMES), count)
    words = np.empty((length, count), int)
    words[0] = names
    inner = np.arange(1, length - 1)
    for t in inner:
        first, many = (4, len(_DEEDS)) if t % 2 else (10, len(_LINKS))
        words[t] = first + random.integers(0, many, count)
    words[-1] = len(WORDS) - 1
    return words, names


def written(words: Sequence[int] | NDArray) -> list[str]:
    """Word numbers as words."""
    return [WORDS[int(i)] for i in words]
