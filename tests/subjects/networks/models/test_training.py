"""Networks, losses and optimisers: each gradient is true, each update is as it was published."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.activations import ACTIVATIONS
from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.fit import fit, loss_and_gradient
from mlanim.subjects.networks.models.frameworks import exchanges
from mlanim.subjects.networks.models.losses import LOSSES
from mlanim.subjects.networks.models.optimisers import OPTIMISERS, optimise
from mlanim.subjects.networks.models.playground import CELLS, points_of, train_playground
from mlanim.subjects.networks.models.surfaces import SURFACES
from mlanim.subjects.networks.models.titanic import survival_model, survived


def _differences(value, at, step=1e-5):
    rows = step * np.eye(len(at))
    return np.array([(value(at + row) - value(at - row)) / (2 * step) for row in rows])


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("hidden", [(), (3,), (4, 2), (2, 3, 2, 2)])
def test_gradients_of_networks_equal_finite_differences(hidden, loss, activation):
    random = np.random.default_rng(len(hidden))
    outputs = 3 if "softmax" in loss else 1
    model = Dense((2, *hidden, outputs), activation)
    inputs = random.normal(size=(9, 2))
    kinds = random.integers(outputs if outputs > 1 else 2, size=9)
    targets = np.eye(3)[kinds] if outputs > 1 else kinds[:, None].astype(float)
    at = model.start(1) + 0.1 * random.normal(size=model.count)
    value, gradient = loss_and_gradient(model, loss, at, inputs, targets)

    def moved(parameters):
        return loss_and_gradient(model, loss, parameters, inputs, targets)[0]

    assert value == pytest.approx(moved(at))
    assert np.allclose(gradient, _differences(moved, at), rtol=1e-6, atol=1e-8)


def test_a_linear_models_gradient_is_its_closed_form():
    random = np.random.default_rng(0)
    x, y = random.normal(size=(12, 2)), random.integers(2, size=(12, 1)).astype(float)
    model = Dense((2, 1))
    at = random.normal(size=3)
    columns = np.column_stack([x, np.ones(12)])
    chances = 1 / (1 + np.exp(-columns @ at))
    logistic = loss_and_gradient(model, "cross-entropy", at, x, y)[1]
    assert np.allclose(logistic, columns.T @ (chances - y[:, 0]) / 12)
    squared = loss_and_gradient(model, "squared error", at, x, y)[1]
    assert np.allclose(squared, 2 * columns.T @ (columns @ at - y[:, 0]) / 12)


@pytest.mark.parametrize("name", SURFACES)
def test_slopes_of_the_surfaces_equal_finite_differences(name):
    surface = SURFACES[name]
    for at in np.random.default_rng(0).uniform(-1.5, 1.5, size=(20, 2)):
        assert np.allclose(surface.gradient(at), _differences(surface.value, at), 1e-6, 1e-7)


def _published(name, gradients, x, rate):
    """The updates, written out number by number from the papers."""
    v = s = m = 0.0
    for t, g in enumerate(gradients, 1):
        if name == "sgd":
            x -= rate * g
        elif name == "momentum":
            v = 0.9 * v + g
            x -= rate * v
        elif name == "rmsprop":
            s = 0.9 * s + 0.1 * g**2
            x -= rate * g / (math.sqrt(s) + 1e-8)
        else:
            m = 0.9 * m + (1 - 0.9) * g
            v = 0.999 * v + (1 - 0.999) * g**2
            x -= rate * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return x


@pytest.mark.parametrize("name", OPTIMISERS)
@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=12))
def test_updates_are_as_published(name, gradients):
    given_ = iter(gradients)
    path = optimise(name, lambda x: np.array([next(given_)]), np.zeros(1), 0.1, len(gradients))
    assert path[-1, 0] == pytest.approx(_published(name, gradients, 0.0, 0.1), rel=1e-9, abs=1e-12)


def test_adams_first_step_is_as_long_as_the_rate():
    path = optimise("adam", lambda x: np.array([1e-3, -50.0]), np.zeros(2), 0.1, 1)
    assert np.allclose(path[1], [-0.1, 0.1], rtol=1e-4)


@pytest.mark.parametrize("name", SURFACES)
def test_all_optimisers_come_down_from_one_start(name):
    surface = SURFACES[name]
    left, right, bottom, top = surface.view
    for optimiser, rate in surface.rates.items():
        path = optimise(optimiser, surface.gradient, np.array(surface.start), rate, 120)
        assert surface.value(path[-1]) < 0.2 * surface.value(path[0]) + 0.2
        assert (path >= (left, bottom)).all() and (path <= (right, top)).all()


def test_the_logistic_model_ends_where_its_gradient_is_zero():
    model = survival_model(3000, 2)
    died, lived = np.array([[1329, 338], [109, 316], [35, 29], [17, 28]]).T
    assert np.allclose(survived(), lived / (died + lived))
    columns = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
    slope = columns.T @ ((died + lived) * model.chances(-1) - lived) / 2201
    assert np.abs(slope).max() < 1e-6
    assert (np.diff(survival_model().losses) <= 1e-12).all()


@pytest.mark.parametrize("data", ["moons", "circles", "xor"])
def test_the_playground_learns(data):
    made = train_playground(points_of(data, 150, seed=1), [4, 3], steps=250, seed=1)
    assert made.fit.losses[-1] < 0.4 * made.fit.losses[0]
    assert made.accuracy(made.stages - 1) > 0.9


def test_what_units_see_is_what_they_compute():
    made = train_playground(points_of("moons", 60), [3, 2], steps=30)
    *hidden, scores = made.seen(7)
    data = made.data
    left, right, bottom, top = data.view
    row, column = 11, 40
    x = left + (column + 0.5) / CELLS * (right - left)
    y = bottom + (row + 0.5) / CELLS * (top - bottom)
    at = data.scaled(np.array([[x, y]]))
    (w1, b1), (w2, b2), (w3, b3) = made.fit.model.layers(made.fit.parameters[7])
    first = np.tanh(at @ w1 + b1)
    second = np.tanh(first @ w2 + b2)
    assert np.allclose(hidden[0][:, row, column], first[0])
    assert np.allclose(hidden[1][:, row, column], second[0])
    chance = 1 / (1 + np.exp(-(second @ w3 + b3)))[0, 0]
    assert np.allclose(scores[:, row, column], [1 - chance, chance])


def test_a_readers_table_of_three_classes(tmp_path):
    random = np.random.default_rng(0)
    middles = np.array([[0, 0], [500, 1], [0, 3]])
    rows = [(*middles[k] + random.normal(size=2) * (60, 0.2), "abc"[k]) for k in [0, 1, 2] * 12]
    path = tmp_path / "mine.csv"
    path.write_text("x,y,class\n" + "".join(f"{x},{y},{k}\n" for x, y, k in rows))
    made = train_playground(points_of(str(path), 100), [4], steps=200)
    assert made.data.classes == ("a", "b", "c") and made.seen(0)[-1].shape[0] == 3
    assert made.accuracy(made.stages - 1) > 0.95


def test_a_loss_that_runs_away_is_told():
    data = points_of("moons", 60)
    with pytest.raises(UsageError, match="smaller rate"):
        inputs, targets = data.scaled(data.points), data.kinds[:, None].astype(float)
        fit(Dense((2, 1)), "squared error", "sgd", inputs, targets, rate=50.0, steps=500)


@pytest.mark.parametrize("data", ["spirals", "nothing.csv", "x.png"])
def test_data_that_is_not_there_is_refused(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        points_of(data, 50)


def test_one_part_at_a_time_is_exchanged():
    made = exchanges()
    for before, after in pairwise(made):
        differing = [i for i in range(3) if before.parts[i] != after.parts[i]]
        assert differing == [after.changed]
    assert made[-1].accuracy > made[1].accuracy
    for step in made:
        inputs, targets = step.data.scaled(step.data.points), step.data.kinds[:, None]
        value, _ = loss_and_gradient(
            step.fit.model, step.fit.loss, step.fit.parameters[-1], inputs, targets
        )
        assert value == pytest.approx(step.fit.losses[-1])
