"""Skip-gram: pairs, noise, and updates that are the gradient of the loss."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mlanim.subjects.words.models as room
from mlanim.subjects.words.models.learned_words import load_items, load_words
from mlanim.subjects.words.models.likely_neighbours import likely_neighbours
from mlanim.subjects.words.models.principal_components import main_plane
from mlanim.subjects.words.models.sessions import HIT, SONGS
from mlanim.subjects.words.models.skip_gram import (
    descend,
    noise_probabilities,
    skip_gram_step,
    window_pairs,
)
from mlanim.subjects.words.models.skip_gram_training import (
    SkipGramSettings,
    shorter_text,
    train_skip_gram,
)
from mlanim.subjects.words.models.small_world import CAPITALS, PEOPLE, PLURALS, sentences

MODULES = [module.name for module in pkgutil.iter_modules(room.__path__)]
THIRTEEN = [
    "thou",
    "shalt",
    "not",
    "make",
    "a",
    "machine",
    "in",
    "the",
    "likeness",
    "of",
    "a",
    "human",
    "mind",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(f"{room.__name__}.{name}")).failed == 0


def test_thirteen_words_make_46_pairs():
    pairs = window_pairs(range(len(THIRTEEN)), 2)
    assert len(THIRTEEN) == 13 and len(pairs) == 46
    assert [THIRTEEN[j] for i, j in pairs if i == 0] == ["shalt", "not"]
    assert [THIRTEEN[j] for i, j in pairs if i == 12] == ["a", "human"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 4))
def test_pairs_are_all_that_stand_near(words, window):
    due = [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(len(words))
        if 0 < abs(i - j) <= window
    ]
    assert [tuple(p) for p in window_pairs(words, window).tolist()] == due


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_noise_is_counts_to_the_power_three_quarters(counts):
    noise = noise_probabilities(counts)
    raised = [count**0.75 for count in counts]
    assert np.allclose(noise, np.array(raised) / sum(raised), atol=1e-12)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 5), st.integers(1, 6))
def test_each_update_is_the_gradient_of_the_loss(seed, pairs, negatives, width):
    """By finite differences, for every number of both matrices; words may occur twice."""
    random = np.random.default_rng(seed)
    inputs, outputs = random.normal(size=(2, 6, width))
    centres = random.integers(6, size=pairs)
    samples = random.integers(6, size=(pairs, 1 + negatives))

    def loss(v, u):
        return skip_gram_step(v, u, centres, samples).losses.sum()

    step = skip_gram_step(inputs, outputs, centres, samples)
    moved_inputs, moved_outputs = inputs.copy(), outputs.copy()
    descend(moved_inputs, moved_outputs, step, 1.0)
    for which, moved in ((0, moved_inputs), (1, moved_outputs)):
        given_matrix = (inputs, outputs)[which]
        for place in np.ndindex(given_matrix.shape):
            ends = []
            for sign in (1, -1):
                both = [inputs.copy(), outputs.copy()]
                both[which][place] += sign * 1e-5
                ends.append(loss(*both))
            slope = (ends[0] - ends[1]) / 2e-5
            assert given_matrix[place] - moved[place] == pytest.approx(slope, abs=1e-6)


def test_the_gradients_that_are_told_are_the_updates():
    random = np.random.default_rng(3)
    inputs, outputs = random.normal(size=(2, 5, 3))
    step = skip_gram_step(inputs, outputs, [1], [[2, 3, 4]])
    v, u = inputs.copy(), outputs.copy()
    descend(v, u, step, 0.5)
    assert np.allclose(inputs[1] - v[1], 0.5 * step.centre_gradients[0])
    assert np.allclose(outputs[[2, 3, 4]] - u[[2, 3, 4]], 0.5 * step.sample_gradients[0])
    assert np.array_equal(v[[0, 2, 3, 4]], inputs[[0, 2, 3, 4]])


def test_frequent_words_are_thinned_out_as_the_paper_says():
    random = np.random.default_rng(0)
    text = np.repeat([0, 1], [90_000, 10])
    kept = Counter(shorter_text(text, np.array([90_000, 10]), 1e-3, random).tolist())
    share = 90_000 / 90_010
    assert kept[0] / 90_000 == pytest.approx(np.sqrt(1e-3 / share), rel=0.05)
    assert kept[1] == 10


def test_training_learns_and_is_the_same_each_time():
    made = [
        train_skip_gram(
            [[0, 1, 0, 1, 0], [2, 3, 2, 3, 2]] * 20,
            [60, 40, 60, 40],
            SkipGramSettings(dimensions=4, epochs=30, batch=16, window=1),
            watched=[0, 2],
        )
        for _ in range(2)
    ]
    assert np.array_equal(made[0].inputs, made[1].inputs)
    assert made[0].losses[-1] < 0.8 * made[0].losses[0]
    assert made[0].snapshots.shape == (len(made[0].snapshot_steps), 2, 4)
    assert np.array_equal(made[0].snapshots[-1], made[0].inputs[[0, 2]])


def test_the_shipped_vectors_are_small_and_know_what_the_corpus_says():
    folder = room.__path__[0]
    from pathlib import Path

    assert sum(p.stat().st_size for p in Path(folder, "weights").iterdir()) < 300_000
    learned = load_words()
    assert {*PEOPLE, *CAPITALS, *CAPITALS.values(), *PLURALS, *PLURALS.values()} <= set(
        learned.words
    )
    counts = Counter(word for sentence in sentences(20_000, 1) for word in sentence)
    assert [counts[word] for word in learned.words] == learned.counts.tolist()
    assert learned.run.losses[-1] < 0.6 * learned.run.losses[0]


@pytest.mark.parametrize(
    "asked",
    [
        ("king", "man", "woman", "queen"),
        ("paris", "france", "italy", "rome"),
        ("tokyo", "japan", "peru", "lima"),
        ("cats", "cat", "horse", "horses"),
        ("prince", "boy", "girl", "princess"),
    ],
)
def test_the_shipped_vectors_solve_analogies(asked):
    from mlanim.subjects.words.models.analogy import parse_sum, solve

    one, two, three, due = asked
    made = solve(parse_sum(f"{one} - {two} + {three}"), load_words().vectors)
    assert made.best is not None and made.best.word == due


def test_songs_are_like_their_kind_and_the_hit_is_heard_beside_all():
    items = load_items()
    vectors = items.vectors
    for songs in SONGS.values():
        near = [word for word, _ in vectors.nearest(vectors.of(songs[:1])[0], 3, songs[:1])]
        assert set(near) <= set(songs)
    rows = [likely_neighbours(row, items.run.outputs, items.noise) for row in items.run.inputs]
    firsts = [items.words[int(row.argmax())] for row in rows]
    assert firsts.count(HIT) >= 25


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 12), st.integers(2, 6), st.integers(0, 999))
def test_the_plane_is_that_of_the_covariances_main_directions(count, width, seed):
    vectors = np.random.default_rng(seed).normal(size=(count, width))
    plane = main_plane(vectors)
    spread, directions = np.linalg.eigh(np.cov(vectors.T))
    for i in range(2):
        due = directions[:, -1 - i]
        assert abs(due @ plane.axes[i]) == pytest.approx(1, abs=1e-6)
        assert plane.shares[i] == pytest.approx(spread[-1 - i] / spread.sum(), abs=1e-9)
    places = plane.places(vectors)
    assert np.allclose(places.var(axis=0, ddof=1), spread[::-1][:2])
