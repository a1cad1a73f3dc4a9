"""A task of edges: which letter is commonest in the bracketed part that is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["KINDS", "LENGTH", "LETTERS", "SIGNS", "BracketBatch", "bracket_batch"]

LETTERS = "abcd"
#: Both kinds of brackets; a question is the number of one.
KINDS = ("()", "[]")
SIGNS = (*LETTERS, *"()[]")
LENGTH = 22
_LONGEST = 6
_SHORTEST = 3


@dataclass(frozen=True, eq=False)
class BracketBatch:
    """signs: (B, n) numbers in SIGNS. questions: (B,) numbers in KINDS. answers: (B,) letters.

    edges: (B, 2), where the asked brackets stand; training never sees them.
    """

    signs: NDArray
    questions: NDArray
    answers: NDArray
    edges: NDArray

    def text(self, row: int) -> str:
        """A row's signs, one behind the other."""
        return "".join(SIGNS[i] for i in self.signs[row])


def bracket_batch(count: int, random: np.random.Generator) -> BracketBatch:
    """Rows of 22 signs: letters by chance, a part in ( ) and one in [ ], and which is asked for.

    A part has three to six letters, one of which is commoner than each other one.

    >>> batch = bracket_batch(1, np.random.default_rng(0))
    >>> batch.text(0), KINDS[batch.questions[0]], LETTERS[batch.answers[0]]
    ('(ccbb)aaad[dccdcc]cdbd', '[]', 'c')
    """
    signs: list[NDArray] = []
    questions: list[int] = []
    answers: list[int] = []
    edges: list[tuple[int, int]] = []
    while len(signs) < count:
        row = random.integers(0, len(LETTERS), LENGTH)
        question, order = int(random.integers(2)), int(random.integers(2))
        sizes = random.integers(_SHORTEST, _LONGEST + 1, 2)
        spare = LENGTH - int(sizes.sum()) - 4
        before, between = np.sort(random.integers(0, spare + 1, 2))
        starts = [int(before), int(between + sizes[0] + 2)]
        places = {}
        for start, size, kind in zip(starts, sizes, (order, 1 - order), strict=True):
            end = start + int(size) + 1
            row[start], row[end] = 4 + 2 * kind, 5 + 2 * kind
            places[kind] = (start, end)
        left, right = places[question]
        counts = np.bincount(row[left + 1 : right], minlength=len(LETTERS))
        if (counts == counts.max()).sum() == 1:
            signs.append(row)
            questions.append(question)
            answers.append(int(counts.argmax()))
            edges.append((left, right))
    return BracketBatch(*map(np.array, (signs, questions, answers, edges)))
