"""Decision boundaries: the best rule is the formula's, and the learned ones are the estimators'."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.boundary_data import DATA, known_problem
from mlanim.subjects.boundary.models import fit as boundary_fit
from mlanim.subjects.boundary.models.classifiers import MODELS, Settings, make_classifier
from mlanim.subjects.boundary.models.fit import class_scores, fit_growing, growing_sizes
from mlanim.subjects.boundary.models.task import known_task


def learned(data, name, sizes, settings=None, seed=0):
    task = known_task(known_problem(data), max(sizes, default=4), seed)
    return fit_growing(task, name, sizes, settings or Settings())


@given(st.floats(-3, 5), st.floats(-3, 5))
def test_the_best_rule_for_the_normals_is_the_formula(x, y):
    formula = 13 * x - 7 * y - 3 * x * y
    margin = known_problem("normals").margin(np.array([[x, y]]))[0]
    assert abs(formula) < 1e-6 or (margin > 0) == (formula > 0)


def test_the_bayes_error_of_the_normals_is_the_published_one():
    assert known_problem("normals").bayes_error() == pytest.approx(0.07307, abs=1e-5)


@pytest.mark.parametrize("name", DATA)
def test_the_bayes_error_agrees_with_a_large_sample(name):
    problem, count = known_problem(name), 100_000
    points, kinds = problem.sample(np.random.default_rng(3), count)
    best = problem.bayes_error()
    seen = ((problem.margin(points) > 0) != kinds).mean()
    assert abs(seen - best) < 3 * np.sqrt(best * (1 - best) / count)


@pytest.mark.parametrize(("name", "limit"), [("logistic", 0.0753), ("qda", 0.0731)])
def test_errors_settle_where_they_must(name, limit):
    problem = known_problem("normals")
    points, kinds = problem.sample(np.random.default_rng(1), 50_000)
    model = make_classifier(name, Settings(), len(points)).fit(points, kinds)
    unseen, right = problem.sample(np.random.default_rng(2), 400_000)
    guessed = class_scores(model, unseen, 2).argmax(axis=1)
    assert (guessed != right).mean() == pytest.approx(limit, abs=1.5e-3)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_learns_and_its_decision_is_its_prediction(name):
    fit = learned("normals", name, [12, 40], Settings(trees=10))[-1]
    points = np.random.default_rng(0).uniform(-3, 5, (200, 2))
    certain = np.abs(fit.decision(points)) > 1e-9
    predicted = fit.model.predict(points)
    assert ((fit.decision(points) > 0) == predicted)[certain].all()
    assert fit.test_error < 0.3


def test_support_vectors_are_the_estimators():
    fit = learned("xor", "svm", [60])[0]
    np.testing.assert_array_equal(fit.points[fit.support], fit.model.support_vectors_)


@pytest.mark.parametrize("bad", [{"name": "normal"}, {"noise": 0}, {"prior": 1}])
def test_impossible_data_are_refused(bad):
    with pytest.raises(UsageError):
        known_problem(**{"name": "normals", **bad})


@pytest.mark.parametrize("sizes", [[], [3], [20, 10], [10, 10]])
def test_sizes_must_grow(sizes):
    with pytest.raises(UsageError):
        learned("normals", "lda", sizes)


def test_more_sizes_than_points_are_refused():
    task = known_task(known_problem("normals"), 20, 0)
    with pytest.raises(UsageError, match="there are 20 points"):
        fit_growing(task, "lda", [10, 21], Settings())


@given(st.integers(4, 50), st.integers(2, 20), st.integers(2, 60))
def test_growing_sizes_go_from_first_to_last(first, times, steps):
    sizes = growing_sizes([first, first * times], steps)
    assert (sizes[0], sizes[-1]) == (first, first * times)
    assert sizes == sorted(set(sizes))


def test_fits_are_made_once(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told = []
    task = known_task(known_problem("normals"), 30, 0)

    def again(settings):
        return fit_growing(task, "lda", [10, 30], settings, lambda *share: told.append(share))

    first = again(Settings())
    assert told == [(1, 2), (2, 2)]
    second = again(Settings())
    assert len(told) == 2
    np.testing.assert_array_equal(first[1].grid, second[1].grid)
    again(Settings(penalty=2))
    assert len(told) == 4
    for file in tmp_path.rglob("*.pkl"):
        file.write_bytes(b"damaged")
    np.testing.assert_array_equal(again(Settings())[1].grid, first[1].grid)
    assert len(told) == 6


def test_kept_fits_bring_no_library_along(tmp_path):
    code = """
import sys
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.task import task_of
from mlanim.subjects.boundary.models.classifiers import Settings
fit = fit_growing(task_of("normals", 30), "logistic", [30], Settings())[0]
print("sklearn" in sys.modules, fit.model.predict(fit.points[:2]).tolist())
"""
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split(" ", 1)
        for _ in range(2)
    ]
    assert [one[0] for one in told] == ["True", "False"]
    assert told[0][1] == told[1][1]


def test_other_processes_fit_the_same(monkeypatch):
    task = known_task(known_problem("normals"), 60, 0)
    alone = boundary_fit._fit_all(task, "tree", [10, 20, 40, 60], Settings(), lambda *_: None)
    monkeypatch.setattr(boundary_fit, "_WORTH_WORKERS", -1)
    shared = boundary_fit._fit_all(task, "tree", [10, 20, 40, 60], Settings(), lambda *_: None)
    for one, other in zip(alone, shared, strict=True):
        np.testing.assert_array_equal(one.grid, other.grid)
        assert (one.count, one.test_error) == (other.count, other.test_error)


@pytest.mark.parametrize("there", [True, False])
def test_boosting_does_without_xgboost(monkeypatch, there):
    if not there:
        monkeypatch.setitem(sys.modules, "xgboost", None)
    kind = type(make_classifier("xgboost", Settings(), 50)).__name__
    expected = there and importlib.util.find_spec("xgboost") is not None
    assert kind == ("XGBClassifier" if expected else "HistGradientBoostingClassifier")
