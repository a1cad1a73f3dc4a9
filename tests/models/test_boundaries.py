"""Decision boundaries: the best rule is the formula's, and the learned ones are the estimators'."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.boundary_data import DATA, known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.classifiers import MODELS, Settings, decision, make_classifier


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
    assert ((decision(model, unseen) > 0) != right).mean() == pytest.approx(limit, abs=1.5e-3)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_learns_and_its_decision_is_its_prediction(name):
    problem = known_problem("normals")
    fit = fit_growing(problem, name, [12, 40], Settings(trees=10))[-1]
    points = np.random.default_rng(0).uniform(-3, 5, (200, 2))
    certain = np.abs(fit.decision(points)) > 1e-9
    predicted = fit.model.predict(points)
    assert ((fit.decision(points) > 0) == predicted)[certain].all()
    assert fit.test_error < 0.3


def test_support_vectors_are_the_estimators():
    fit = fit_growing(known_problem("xor"), "svm", [60], Settings())[0]
    np.testing.assert_array_equal(fit.points[fit.support], fit.model.support_vectors_)


@pytest.mark.parametrize("bad", [{"name": "normal"}, {"noise": 0}, {"prior": 1}])
def test_impossible_data_are_refused(bad):
    with pytest.raises(UsageError):
        known_problem(**{"name": "normals", **bad})


@pytest.mark.parametrize("sizes", [[], [3], [20, 10], [10, 10]])
def test_sizes_must_grow(sizes):
    with pytest.raises(UsageError):
        fit_growing(known_problem("normals"), "lda", sizes, Settings())
