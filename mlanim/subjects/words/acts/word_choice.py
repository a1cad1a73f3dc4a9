"""Whose words a film is of, and which of them: what the parameters ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlanim.explainer import Explainer
from mlanim.subjects.words.models.analogy import Analogy, parse_sum, solve
from mlanim.subjects.words.models.asked import check_words, wanted_words
from mlanim.subjects.words.models.learned_words import (
    LearnedWords,
    learn_corpus,
    load_words,
)
from mlanim.subjects.words.models.skip_gram_training import SkipGramSettings
from mlanim.subjects.words.models.small_world import KINDS
from mlanim.subjects.words.models.vector_file import read_vectors
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["OF_VECTORS", "WordChoice", "choose_words"]

#: The steps that vectors give by themselves; the others need the text they were learned from.
OF_VECTORS = ("embedding-colours", "map", "analogy")
STRIPS = ("king", "prince", "father", "man", "boy", "water", "paris")


@dataclass(frozen=True)
class WordChoice:
    """vectors: of the words that a film is of. learned: how they were learned; None where that is
    not known. strips, mapped: the words of these steps. analogy: None where its words are not
    there and were not asked for.
    """

    vectors: WordVectors
    learned: LearnedWords | None
    strips: tuple[str, ...]
    mapped: tuple[str, ...]
    analogy: Analogy | None

    def kind(self, word: str) -> int:
        """The number of a word's kind, for its colour and mark."""
        kinds = list(KINDS.values()) if self.learned is load_words() else [self.strips]
        return next((i for i, words in enumerate(kinds) if word in words), 5)


def choose_words(scene: Explainer) -> WordChoice:
    """Read what the parameters `words`, `analogy`, `vectors` and `corpus` of a scene ask for.

    Raises UsageError for files that cannot be read, and for words that are not in them.
    """
    given = scene.given_parameters
    asked: list[str] = list(scene.words or ())
    check_words(asked, scene.vectors, scene.corpus)
    own = not (scene.vectors or scene.corpus)
    text: str = scene.analogy
    learned = None
    if scene.vectors:
        wanted = [*wanted_words(asked, text), *STRIPS]
        vectors = read_vectors(scene.vectors, wanted, scene.working("reading"))
    else:
        learned = load_words() if own else _learn(scene)
        vectors = learned.vectors
    vectors.check(asked)
    strips = tuple(asked) or _default(vectors, learned, own)
    if learned is not None and not asked:
        mapped = tuple(learned.words[i] for i in learned.watched)
        mapped = tuple(dict.fromkeys([*(w for w in strips[:1] if own), *mapped]))
    else:
        mapped = _with_neighbours(vectors, strips)
    terms_there = all(term.word in vectors for term in parse_sum(text, vectors.places))
    analogy = None
    if terms_there or "analogy" in given:
        analogy = solve(parse_sum(text, vectors.places), vectors)
    return WordChoice(vectors, learned, strips, mapped, analogy)


def _learn(scene: Explainer) -> LearnedWords:
    settings = SkipGramSettings(
        window=scene.window,
        negatives=scene.negatives,
        dimensions=scene.dimensions,
        epochs=scene.epochs,
        rate=0.05,
        frequent=1e-3,
        seed=scene.training_seed,
    )
    learned = learn_corpus(scene.corpus, settings, scene.working("learning"))
    if learned.told:
        scene.note(learned.told)
    return learned


def _default(vectors: WordVectors, learned: LearnedWords | None, own: bool) -> tuple[str, ...]:
    """Words to begin with where none are asked for."""
    if own or all(word in vectors for word in STRIPS):
        return STRIPS
    if learned is not None:
        return tuple(learned.words[i] for i in learned.watched[: len(STRIPS)])
    telling = [word for word in vectors.words if len(word) > 3 and word.isalpha()]
    return tuple((telling or list(vectors.words))[: len(STRIPS)])


def _with_neighbours(vectors: WordVectors, words: Sequence[str], each: int = 4) -> tuple[str, ...]:
    near = [
        other
        for word, row in zip(words, vectors.of(words), strict=True)
        for other, _ in vectors.nearest(row, each, [word])
    ]
    return tuple(dict.fromkeys([*words, *near]))[: max(len(words), 60)]
