"""Gradients by hand equal finite differences; documented examples hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import mlanim.subjects.attention_family.models as room
from mlanim.models.gru import gru_step
from mlanim.models.lstm import lstm_step
from mlanim.models.recurrence import CellWeights, run
from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.bracket_task import bracket_batch
from mlanim.subjects.attention_family.models.copy_networks import COPIERS, copy_batch
from mlanim.subjects.attention_family.models.memory_cells import run_cell, start_cell
from mlanim.subjects.attention_family.models.ratings import RATINGS, SEEN, pull
from mlanim.subjects.attention_family.models.recall_networks import READERS
from mlanim.subjects.attention_family.models.recall_task import recall_batch

MODULES = [module.name for module in pkgutil.iter_modules(room.__path__)]
STEP = 1e-6


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(f"{room.__name__}.{name}")).failed == 0


def assert_gradient(loss_of, parameters, gradients, draws=6):
    """Every array's gradient, at some places, is the slope between two points close by."""
    random = np.random.default_rng(5)
    assert set(gradients) == set(parameters)
    for name, array in parameters.items():
        assert gradients[name].shape == array.shape
        for _ in range(draws):
            place = tuple(int(random.integers(size)) for size in array.shape)
            was = array[place]
            array[place] = was + STEP
            above = loss_of()
            array[place] = was - STEP
            below = loss_of()
            array[place] = was
            slope = (above - below) / (2 * STEP)
            assert gradients[name][place] == pytest.approx(slope, abs=2e-8, rel=1e-5), name


@pytest.mark.parametrize("kind", READERS)
def test_readers(kind):
    reader, batch = READERS[kind], recall_batch(7, 3, np.random.default_rng(2))
    weights = reader.start(1)
    gradients = reader.gradient(weights, batch)[1]
    assert_gradient(lambda: reader.gradient(weights, batch)[0], weights, gradients)


@pytest.mark.parametrize("kind", FINDERS)
def test_finders(kind):
    finder, batch = FINDERS[kind], bracket_batch(3, np.random.default_rng(2))
    weights = finder.start(1)
    gradients = finder.gradient(weights, batch)[1]
    assert_gradient(lambda: finder.gradient(weights, batch)[0], weights, gradients)


@pytest.mark.parametrize("kind", COPIERS)
def test_copiers(kind):
    copier, rows = COPIERS[kind], copy_batch(5, 3, np.random.default_rng(2))
    weights = copier.start(1)
    gradients = copier.gradient(weights, rows)[1]
    assert_gradient(lambda: copier.gradient(weights, rows)[0], weights, gradients)


def test_tastes_and_traits():
    random = np.random.default_rng(3)
    now = {"tastes": random.normal(size=(5, 2)), "traits": random.normal(size=(6, 2))}

    def loss():
        error = (now["tastes"] @ now["traits"].T - RATINGS)[SEEN]
        return (error**2).sum() + 0.1 * sum((array**2).sum() for array in now.values())

    by = dict(zip(now, pull(**now), strict=True))
    assert_gradient(loss, now, by)


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_what_is_left_of_the_gradient_is_a_slope(kind):
    """Norms on screen: the last state is moved by hand, one step before the end and at it."""
    reader, (words, names) = READERS[kind], recall_batch(6, 1, np.random.default_rng(4))
    weights = reader.start(2)
    norms = reader.gradient_norms(weights, (words, names))[:, 0]
    assert norms[-1] == pytest.approx(np.linalg.norm(weights["out"][:, names[0]]))
    ran = run_cell(kind, weights, weights["words"][words])
    memory = ran.states[5, 0]
    cell = None if ran.cells is None else ran.cells[5, 0]
    slopes = []
    for array in (memory,) if cell is None else (memory, cell):
        for i in range(len(array)):
            ends = []
            for sign in (1, -1):
                moved = array.copy()
                moved[i] += sign * STEP
                state, inner = (moved, cell) if array is memory else (memory, moved)
                ends.append(one_more(kind, weights, words[5, 0], state, inner) @ weights["out"])
            slopes.append((ends[0] - ends[1])[names[0]] / (2 * STEP))
    assert norms[-2] == pytest.approx(np.linalg.norm(slopes), rel=1e-5)


def one_more(kind, weights, word, state, cell):
    """The next hidden state, from the equations, written out once more."""
    summed = weights["words"][word] @ weights["input"] + weights["bias"]
    recalled = state @ weights["state"]
    d = len(state)

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    if kind == "rnn":
        return np.tanh(summed + recalled)
    if kind == "lstm":
        i, f, g, o = np.split(summed + recalled, 4)
        return sigmoid(o) * np.tanh(sigmoid(f) * cell + sigmoid(i) * np.tanh(g))
    r, z = np.split(sigmoid((summed + recalled)[: 2 * d]), 2)
    return (1 - z) * np.tanh(summed[2 * d :] + r * recalled[2 * d :]) + z * state


@pytest.mark.parametrize(("kind", "step"), [("lstm", lstm_step), ("gru", gru_step)])
def test_cells_are_those_of_the_house(kind, step):
    random = np.random.default_rng(6)
    cell = start_cell(kind, 3, 4, random)
    inputs = random.normal(size=(5, 1, 3))
    blank = np.zeros_like(cell["bias"])
    weights = CellWeights(cell["input"].T, cell["state"].T, cell["bias"], blank)
    other = run(step, weights, inputs[:, 0], weights.blank())
    mine = run_cell(kind, cell, inputs)
    assert np.allclose(mine.states[1:, 0], [one.memory.state for one in other])
