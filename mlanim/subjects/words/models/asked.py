"""Which words are asked for and where they come from, refused where that cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.soon_read import soon_read
from mlanim.subjects.words.models.analogy import parse_sum, solve
from mlanim.subjects.words.models.corpus_text import read_corpus
from mlanim.subjects.words.models.learned_words import load_words
from mlanim.subjects.words.models.vector_file import read_vectors

__all__ = ["check_words", "judge_words", "wanted_words"]

_MOST_WORDS = 60


def check_words(words: Sequence[str], vectors: Path | None, corpus: Path | None) -> None:
    """Refuse empty words, too many of them, and words of two sources.

    Raises:
        UsageError: one of these.
    """
    if "" in words:
        raise UsageError(f"words={','.join(words)}", "there is a word too little between commas")
    if len(words) > _MOST_WORDS:
        raise UsageError(f"{len(words)} words", f"at most {_MOST_WORDS} find room")
    if vectors and corpus:
        raise UsageError("both vectors= and corpus=", "give one: vectors are learned already")


def wanted_words(words: Sequence[str], analogy: str) -> list[str]:
    """All that has to be looked up in a file of vectors.

    >>> wanted_words(["tea"], "ice-cream + milk")
    ['tea', 'ice', 'cream', 'milk', 'ice-cream', '+', 'milk']
    """
    terms = [term.word for term in parse_sum(analogy, set(words))]
    return [*words, *terms, *analogy.split()]


def judge_words(given: Mapping[str, Any]) -> None:
    """Refuse words, sums and files that the scene would refuse, but for what takes long to learn.

    Raises:
        UsageError: as the scene does.
    """
    words, analogy = list(given.get("words") or ()), given.get("analogy")
    vectors, corpus = given.get("vectors"), given.get("corpus")
    check_words(words, vectors, corpus)
    if corpus is not None:
        if soon_read(corpus):
            read_corpus(corpus)
        return
    if not (words or analogy is not None or vectors) or not soon_read(vectors):
        return
    wanted = wanted_words(words, analogy or "a")
    known = read_vectors(vectors, wanted) if vectors else load_words().vectors
    known.check(words)
    if analogy is not None:
        solve(parse_sum(analogy, known.places), known)
