"""Sums of word vectors, such as king - man + woman, and the words that are nearest to them."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.words.models.word_vectors import WordVectors, cosines

__all__ = ["Analogy", "Candidate", "Term", "parse_sum", "solve"]

MOST_TERMS = 40
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_HOW = 'write it like "king - man + woman"'


@dataclass(frozen=True)
class Term:
    """A word that is added (sign 1) or taken away (-1)."""

    sign: int
    word: str


@dataclass(frozen=True)
class Candidate:
    """A word, the cosine of its vector with the sum, and whether the sum was asked with it."""

    word: str
    cosine: float
    asked: bool


@dataclass(frozen=True)
class Analogy:
    """terms: n. parts: (n, d), their vectors without signs. total: (d,). ranking: all words, best
    first, those asked with among them.
    """

    terms: tuple[Term, ...]
    parts: NDArray
    total: NDArray
    ranking: tuple[Candidate, ...]

    @property
    def partial_sums(self) -> NDArray:
        """The sum after each term, (n, d); the last is the total."""
        signs = np.array([term.sign for term in self.terms])
        sums = np.cumsum(signs[:, None] * self.parts, axis=0)
        sums[-1] = self.total
        return sums

    @property
    def best(self) -> Candidate | None:
        """The first that was not asked with; None where all words were."""
        return next((c for c in self.ranking if not c.asked), None)


def parse_sum(text: str, known: Container[str] = ()) -> tuple[Term, ...]:
    """Read a sum of words. Signs stand between spaces or before a word; within a known word a
    hyphen is a letter.

    Raises UsageError, in one line, for what is no sum.

    >>> [(term.sign, term.word) for term in parse_sum("king - man + woman")]
    [(1, 'king'), (-1, 'man'), (1, 'woman')]
    >>> [term.word for term in parse_sum("ice-cream + tea-milk", {"ice-cream"})]
    ['ice-cream', 'tea', 'milk']
    """
    pieces: list[str] = []
    for piece in text.split():
        if piece in _SIGNS or piece in known:
            pieces.append(piece)
        else:
            pieces += [part for part in re.split(r"([-+−–])", piece) if part]
    terms: list[Term] = []
    sign: int | None = 1
    waiting = ""
    for piece in pieces:
        if piece in _SIGNS:
            if waiting:
                raise UsageError(f"analogy={text!r}", f"two signs: {waiting} {piece}", _HOW)
            sign, waiting = _SIGNS[piece], piece
        elif sign is None:
            raise UsageError(
                f"analogy={text!r}", f"no sign between {terms[-1].word!r} and {piece!r}", _HOW
            )
        else:
            terms.append(Term(sign, piece))
            sign, waiting = None, ""
    if waiting or not terms:
        what = f"no word behind {waiting!r}" if waiting else "no words"
        raise UsageError(f"analogy={text!r}", what, _HOW)
    if len(terms) > MOST_TERMS:
        raise UsageError(f"analogy has {len(terms)} words", f"at most {MOST_TERMS} can be followed")
    return tuple(terms)


def solve(terms: tuple[Term, ...], vectors: WordVectors) -> Analogy:
    """Add the vectors as they are, and rank all words by their cosine with the sum.

    Raises UsageError for a word that is not there, and where everything cancels out.

    >>> made = solve(parse_sum("a + b"), WordVectors(("a", "b", "c"), np.eye(3)))
    >>> [(c.word, round(c.cosine, 3), c.asked) for c in made.ranking][0]
    ('a', 0.707, True)
    """
    words = [term.word for term in terms]
    parts = vectors.of(words)
    total = np.array([term.sign for term in terms]) @ parts
    if np.abs(total).max() < 1e-9 * max(1.0, np.abs(parts).max()):
        told = " ".join(f"{'+' if t.sign > 0 else '-'} {t.word}" for t in terms)
        raise UsageError(f"analogy: {told} adds up to nothing", "nothing has a cosine with zeros")
    found = cosines(vectors.vectors, total)
    order = np.argsort(-found, kind="stable")
    asked = set(words)
    ranking = tuple(
        Candidate(vectors.words[i], float(found[i]), vectors.words[i] in asked) for i in order
    )
    return Analogy(terms, parts, total, ranking)
