"""Cosines, neighbours, sums of words, and words that are not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.words.models.analogy import Term, parse_sum, solve
from mlanim.subjects.words.models.traits import SCORES
from mlanim.subjects.words.models.word_vectors import WordVectors, cosine, nearest_spelling

WORDS = ("king", "queen", "man", "woman", "ice-cream")


def made(seed: int = 0, count: int = len(WORDS), width: int = 4) -> WordVectors:
    words = (*WORDS, *(f"w{i}" for i in range(count)))[:count]
    return WordVectors(words, np.random.default_rng(seed).normal(size=(count, width)), "mine.txt")


def test_the_published_cosines():
    jay, ann, tom = SCORES
    assert cosine(jay[:2], ann[:2]) == pytest.approx(0.868, abs=5e-4)
    assert cosine(jay[:2], tom[:2]) == pytest.approx(-0.2095, abs=5e-5)
    assert cosine(jay, ann) == pytest.approx(0.658, abs=1e-3)
    assert cosine(jay, tom) == pytest.approx(-0.368, abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.integers(5, 30), st.lists(st.integers(0, 1), min_size=1, max_size=5))
def test_the_ranking_is_that_of_the_cosines(seed, count, signs):
    vectors = made(seed, count)
    terms = tuple(
        Term(1 if sign else -1, word) for sign, word in zip(signs, vectors.words, strict=False)
    )
    solved = solve(terms, vectors)
    total = sum(t.sign * vectors.of([t.word])[0] for t in terms)
    assert np.allclose(solved.total, total)
    due = {word: cosine(total, vectors.of([word])[0]) for word in vectors.words}
    assert [c.word for c in solved.ranking] == sorted(due, key=lambda word: -due[word])
    assert all(c.cosine == pytest.approx(due[c.word], abs=1e-9) for c in solved.ranking)
    asked = {t.word for t in terms}
    assert {c.word for c in solved.ranking if c.asked} == asked
    best = max((w for w in due if w not in asked), key=lambda w: due[w], default=None)
    assert (solved.best.word if solved.best else None) == best


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("king - man + woman", "+king -man +woman"),
        ("king-man+woman", "+king -man +woman"),
        ("- man + king", "-man +king"),
        ("king − man", "+king -man"),
        ("ice-cream - man", "+ice-cream -man"),
        ("king", "+king"),
        ("king + king + queen - man - woman", "+king +king +queen -man -woman"),
    ],
)
def test_sums_of_any_length_and_sign(text, due):
    terms = parse_sum(text, set(WORDS))
    assert " ".join(f"{'+' if t.sign > 0 else '-'}{t.word}" for t in terms) == due


@pytest.mark.parametrize("text", ["", "  ", "king -", "king man", "king + - man", "+", "- -"])
def test_what_is_no_sum_is_one_line(text):
    with pytest.raises(UsageError, match="analogy"):
        parse_sum(text)


def test_a_sum_that_cancels_out_is_refused():
    with pytest.raises(UsageError, match="adds up to nothing"):
        solve(parse_sum("king - king"), made())


def test_a_missing_word_is_answered_with_the_nearest_spelling():
    for wrong, near in (("kign", "king"), ("Queen", "queen"), ("womann", "woman")):
        with pytest.raises(UsageError) as told:
            made().of([wrong])
        assert str(told.value) == f"mine.txt has no word {wrong!r}: did you mean {near!r}?"
    with pytest.raises(UsageError, match="none there is spelt like it"):
        made().of(["zzzzqq"])
    assert nearest_spelling("x", []) == ""


def test_neighbours_are_the_best_cosines():
    vectors = made(3, 30)
    one = vectors.of(["king"])[0]
    near = vectors.nearest(one, 5, ["king"])
    due = sorted(
        (-cosine(one, vectors.of([word])[0]), word) for word in vectors.words if word != "king"
    )
    assert [word for word, _ in near] == [word for _, word in due[:5]]
