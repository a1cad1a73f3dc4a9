"""The line through the houses: the published numbers, true slopes, a reader's table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.houses import houses, read_regression
from mlanim.subjects.networks.models.linear_fit import (
    best_line,
    best_weight,
    descend_line,
    error_surface,
    largest_rate,
    mean_squared_error,
    mse_gradient,
)


def test_the_guess_of_the_storyboard():
    sizes, prices = houses().inputs[:, :1], houses().targets
    assert (sizes[:, 0] * 0.18).round(1).tolist() == [378.7, 288.0, 432.0]
    assert round(mean_squared_error(sizes, prices, np.array([0.18, 0.0]))) == 2058


def test_the_best_lines_of_the_storyboard():
    sizes, prices = houses().inputs[:, :1], houses().targets
    weight = best_weight(sizes[:, 0], prices)
    assert round(weight, 5) == 0.17689
    assert round(mean_squared_error(sizes, prices, np.array([weight, 0.0])), 1) == 2016.7
    line = best_line(sizes, prices)
    assert (round(line[0], 6), round(line[1], 3)) == (0.058488, 247.263)
    assert round(mean_squared_error(sizes, prices, line), 2) == 447.29


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 2), st.integers(0, 999))
def test_the_gradient_is_that_of_finite_differences(features, seed):
    random = np.random.default_rng(seed)
    inputs, targets = random.normal(size=(7, features)), random.normal(size=7)
    weights = random.normal(size=features + 1)
    made = mse_gradient(inputs, targets, weights)
    for i in range(features + 1):
        step = 1e-5 * np.eye(features + 1)[i]
        ahead = mean_squared_error(inputs, targets, weights + step)
        behind = mean_squared_error(inputs, targets, weights - step)
        assert made[i] == pytest.approx((ahead - behind) / 2e-5, rel=1e-6, abs=1e-8)


def test_descent_follows_the_gradient_to_the_best_line():
    table = houses()
    path = descend_line(table.scaled[:, :1], table.targets, np.zeros(2), 3000)
    for before, after in zip(path.points[:20], path.points[1:21], strict=True):
        slope = mse_gradient(table.scaled[:, :1], table.targets, before)
        assert np.allclose(after, before - path.rate * slope)
    assert np.allclose(path.points[-1], best_line(table.scaled[:, :1], table.targets), rtol=1e-3)


def test_a_rate_that_runs_away_is_refused_with_the_largest():
    inputs, targets = houses().scaled[:, :1], houses().targets
    most = largest_rate(inputs)
    with pytest.raises(UsageError, match="runs away"):
        descend_line(inputs, targets, np.zeros(2), 5, most)
    assert descend_line(inputs, targets, np.zeros(2), 400, 0.99 * most).losses[-1] < 1e5


def test_the_surface_is_the_loss():
    table = houses(10)
    across, up = np.linspace(0, 300, 5), np.linspace(-50, 50, 4)
    one = error_surface(table.scaled[:, :1], table.targets, across, up)
    two = error_surface(table.scaled, table.targets, across, up, bias=12.0)
    for i, second in enumerate(up):
        for j, first in enumerate(across):
            loss = mean_squared_error(table.scaled[:, :1], table.targets, np.array([first, second]))
            assert one[i, j] == pytest.approx(loss)
            loss = mean_squared_error(table.scaled, table.targets, np.array([first, second, 12.0]))
            assert two[i, j] == pytest.approx(loss)


def test_a_readers_table(tmp_path):
    path = tmp_path / "trees.csv"
    path.write_text("id,girth,height,volume,note\n" + "".join(
        f"{i},{8 + i},{60 + i * i},{10.5 * i},x\n" for i in range(1, 9)
    ))  # fmt: skip
    table = read_regression(path)
    assert table.names == ("girth", "height", "volume") and table.inputs.shape == (8, 2)
    chosen = read_regression(path, ["height", "volume"])
    assert chosen.inputs[:, 0].tolist() == [60 + i * i for i in range(1, 9)]
    assert chosen.units.tolist() == [100.0]


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("", None, "empty"),
        ("a\n1\n2\n3\n", None, "1 column of numbers"),
        ("a,b\n1,2\n", None, "1 whole rows"),
        ("a,b\n1,2\n2,2\n3,2\n", None, "same in all rows"),
        ("a,b\n1,2\n2,3\nx,4\n4,5\n5,6\n", None, "row 4"),
        ("a,b\n1,2\n2,3\n3,5\n", ["a", "c"], "no column 'c'"),
        ("a,b\n1,2\n2,3\n3,5\n", ["a"], "columns=a"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, text, columns, said):
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_regression(path, columns)
