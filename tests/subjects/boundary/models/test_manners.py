"""What is shown of a classifier's way is the estimator's own."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier, HistGradientBoostingClassifier

from mlanim.models.boundary_data import known_problem
from mlanim.subjects.boundary.models import manners as manners
from mlanim.subjects.boundary.models.classifiers import PASSES, Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.mars import Mars
from mlanim.subjects.boundary.models.task import known_task

POINTS = np.random.default_rng(5).uniform(-3, 4, (300, 2))


def fitted(name, count=120, data="mixture", **settings):
    task = known_task(known_problem(data), count, 0)
    return fit_growing(task, name, [count], Settings(**settings))[0]


def test_a_trees_boxes_are_its_leaves():
    tree = fitted("tree", depth=5).model
    splits = manners.tree_splits(tree)
    leaves = [split for split in splits if not split.children]
    assert len(leaves) == tree.get_n_leaves()
    assert max(split.depth for split in splits) == tree.get_depth()
    assert splits[0].count == 120
    for point in POINTS:
        x, y = np.float32(point)
        (home,) = [
            leaf
            for leaf in leaves
            if leaf.box[0] < x <= leaf.box[1] and leaf.box[2] < y <= leaf.box[3]
        ]
        np.testing.assert_allclose(home.shares, tree.predict_proba(point[None])[0])


def test_children_come_after_their_parents():
    for i, split in enumerate(manners.tree_splits(fitted("tree").model)):
        assert all(child > i for child in split.children)


def test_a_forests_votes_are_its_trees():
    forest = fitted("forest", trees=7).model
    votes = manners.forest_votes(forest, POINTS)
    assert votes.shape == (7, 300)
    np.testing.assert_array_equal(votes[3], forest.estimators_[3].predict(POINTS))


@pytest.mark.parametrize("name", ["xgboost", "adaboost"])
def test_the_last_round_is_the_whole_model(name):
    fit = fitted(name, trees=12)
    first, last = manners.staged_scores(fit.model, POINTS, [1, 12])
    np.testing.assert_array_equal(last > 0, fit.model.predict(POINTS) == 1)
    assert not np.allclose(first, last)


@pytest.mark.parametrize("kind", [AdaBoostClassifier, HistGradientBoostingClassifier])
def test_rounds_beyond_the_last_are_the_last(kind):
    problem = known_problem("normals")
    points, kinds = problem.sample(np.random.default_rng(0), 80)
    model = kind().fit(points, kinds)
    ends = manners.staged_scores(model, POINTS, [500, 900])
    np.testing.assert_array_equal(ends[0], ends[1])


def test_the_perceptrons_updates_end_at_scikit_learns_line():
    fit = fitted("perceptron", data="normals")
    updates = manners.perceptron_updates(fit.points, fit.kinds, PASSES)
    ours, theirs = updates[-1].weights, np.r_[fit.model.coef_[0], fit.model.intercept_]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_a_perceptron_learns_only_from_mistakes():
    fit = fitted("perceptron", data="normals")
    weights = np.zeros(3)
    for update in manners.perceptron_updates(fit.points, fit.kinds):
        row, sign = np.r_[fit.points[update.point], 1], 2 * fit.kinds[update.point] - 1
        assert sign * (row @ weights) <= 0
        weights = update.weights


@pytest.mark.parametrize("name", ["lda", "qda", "naive-bayes"])
def test_class_normals_give_the_models_rule(name):
    fit = fitted(name, data="normals")
    logs = []
    for kind, (mean, covariance) in enumerate(manners.class_normals(fit.model)):
        away = POINTS - mean
        squared = ((away @ np.linalg.inv(covariance)) * away).sum(axis=1)
        share = (fit.kinds == kind).mean()
        logs.append(np.log(share) - squared / 2 - np.log(np.linalg.det(covariance)) / 2)
    guessed = (logs[1] > logs[0]).astype(int)
    assert (guessed == fit.model.predict(POINTS)).mean() > 0.97


def test_hidden_lines_are_where_units_bend():
    model = fitted("mlp").model
    lines = manners.hidden_lines(model)
    inputs = model[0].transform(POINTS) @ model[-1].coefs_[0] + model[-1].intercepts_[0]
    np.testing.assert_allclose(np.c_[POINTS, np.ones(300)] @ lines.T, inputs, atol=1e-9)


def test_the_last_stage_of_mars_is_mars():
    fit = fitted("mars")
    stages = manners.mars_stages(fit.model, fit.points, fit.kinds)
    assert len(stages) == len(fit.model.hinges) // 2
    last = stages[-1].decision_function(POINTS)
    np.testing.assert_allclose(last, fit.model.decision_function(POINTS), atol=1e-9)


def test_mars_tells_three_classes_apart():
    kinds = np.random.default_rng(1).integers(0, 3, 300)
    points = POINTS / 3 + np.array([[0, 0], [5, 0], [0, 5]])[kinds]
    mars = Mars().fit(points, kinds)
    assert (mars.predict(points) == kinds).mean() > 0.95
    assert mars.decision_function(points).shape == (300, 3)


def test_a_hinge_bends_along_its_crease():
    model = fitted("mars").model
    for hinge in model.hinges:
        low, high = manners.hinge_creases(hinge, (-3, 4, -3, 4))
        assert low[hinge.feature] == high[hinge.feature] == hinge.knot
        middle = (low + high) / 2
        step = np.zeros(2)
        step[hinge.feature] = hinge.sign * 0.1
        values = hinge(np.array([middle - step, middle, middle + step]))
        assert values[0] == values[1] == 0
        assert values[2] > 0 or not -3 < (hinge.parent.knot if hinge.parent else 0) < 4
