"""What is shipped is what training makes: its first steps, its log, its figures."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.copy_networks import COPIERS
from mlanim.subjects.attention_family.models.learned import (
    COPIED_LENGTHS,
    READ_LENGTHS,
    held_out_brackets,
    held_out_names,
    held_out_rows,
    load_learned,
    train_copier,
    train_finder,
    train_reader,
)
from mlanim.subjects.attention_family.models.recall_networks import READERS

PLACE = files("mlanim.subjects.attention_family.models") / "weights"


def test_weights_are_small():
    sizes = [len(path.read_bytes()) for path in PLACE.iterdir() if path.name.endswith(".npz")]
    assert len(sizes) == 3 and sum(sizes) < 300_000


# The rate falls along a line to the last step, so a shorter run is told how long the whole is.
@pytest.mark.parametrize(
    ("task", "kind", "train", "steps"),
    [
        ("recall", "rnn", train_reader, 50),
        ("recall", "attention", train_reader, 50),
        ("brackets", "window", train_finder, 30),
        ("copy", "full", train_copier, 100),
    ],
)
def test_training_makes_what_is_shipped(task, kind, train, steps):
    shipped, again = load_learned(task)[kind], train(kind, until=steps)
    count = len(again.steps)
    assert again.steps[-1] == steps
    assert np.allclose(again.losses, shipped.losses[:count], rtol=1e-4)
    assert np.allclose(again.accuracies, shipped.accuracies[:count], atol=0.011)


@pytest.mark.parametrize("kind", READERS)
def test_readers_do_what_their_log_says(kind):
    learned = load_learned("recall")[kind]
    for at, length in enumerate(READ_LENGTHS):
        now = READERS[kind].accuracy(learned.weights, held_out_names(length))
        assert now == pytest.approx(learned.accuracies[-1, at], abs=0.02)


@pytest.mark.parametrize("kind", FINDERS)
def test_finders_do_what_their_log_says(kind):
    learned = load_learned("brackets")[kind]
    now = FINDERS[kind].accuracy(learned.weights, held_out_brackets())
    assert now == pytest.approx(learned.accuracies[-1], abs=0.02)


@pytest.mark.parametrize("kind", COPIERS)
def test_copiers_do_what_their_log_says(kind):
    learned = load_learned("copy")[kind]
    for length in (4, 12):
        rows = held_out_rows(length)
        now = (COPIERS[kind].copied(learned.weights, rows) == rows).mean()
        at = COPIED_LENGTHS.index(length)
        assert now == pytest.approx(learned.accuracies[-1, at], abs=0.02)


def test_the_story_is_true():
    recall, copy, found = (load_learned(task) for task in ("recall", "copy", "brackets"))
    assert all(recall[kind].accuracies[-1].min() > 0.95 for kind in ("lstm", "gru", "attention"))
    assert recall["rnn"].accuracies[-1].max() < 0.4
    left = {}
    for kind in ("rnn", "lstm", "gru"):
        norms = READERS[kind].gradient_norms(recall[kind].weights, held_out_names(30)).mean(axis=1)
        left[kind] = norms[0] / norms[-1]
    assert left["rnn"] < 1e-6 < 1e-3 < min(left["lstm"], left["gru"])
    twelve = COPIED_LENGTHS.index(12)
    assert copy["none"].accuracies[-1, twelve] < 0.7 < 0.95 < copy["some"].accuracies[-1, twelve]
    assert copy["full"].accuracies[3, twelve] > copy["some"].accuracies[3, twelve]
    assert found["window"].accuracies[-1] > 0.98 > 0.6 > found["attention"].accuracies[-1]
