"""How each classifier comes to its rule, as arrays: what a scene shows of the way it learns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.boundary.models.classifiers import PASSES
from mlanim.subjects.boundary.models.mars import Hinge, Mars

__all__ = [
    "Split",
    "Update",
    "class_normals",
    "forest_votes",
    "hidden_lines",
    "hinge_creases",
    "mars_stages",
    "perceptron_updates",
    "staged_scores",
    "tree_splits",
]

View = tuple[float, float, float, float]


@dataclass(frozen=True)
class Split:
    """A node of a tree.

    Attributes:
        box: the part of the plane that comes here: left, right, bottom, top; infinite where open.
        feature, threshold: points with x[feature] <= threshold go on to the first child; -1 and
            nan in a leaf.
        children: numbers of both children, empty in a leaf.
        depth: 0 for the root.
        shares: of each class among the points that come here (k,).
        count: how many do.
    """

    box: View
    feature: int
    threshold: float
    children: tuple[int, ...]
    depth: int
    shares: NDArray
    count: int


def tree_splits(model: Any) -> list[Split]:
    """A fitted decision tree's nodes, level by level, each after its parent.

    >>> from sklearn.tree import DecisionTreeClassifier
    >>> tree = DecisionTreeClassifier().fit([[0.0, 0.0], [1.0, 0.0]], [0, 1])
    >>> [(node.feature, node.threshold, node.children) for node in tree_splits(tree)][0]
    (0, 0.5, (1, 2))
    """
    tree = model.tree_
    inf = float("inf")
    queue: list[tuple[int, View, int]] = [(0, (-inf, inf, -inf, inf), 0)]
    found: list[tuple[int, View, int]] = []
    while queue:
        node, box, depth = queue.pop(0)
        found.append((node, box, depth))
        if tree.children_left[node] < 0:
            continue
        at = float(tree.threshold[node])
        left, right, bottom, top = box
        if tree.feature[node] == 0:
            halves = (left, at, bottom, top), (at, right, bottom, top)
        else:
            halves = (left, right, bottom, at), (left, right, at, top)
        queue.append((int(tree.children_left[node]), halves[0], depth + 1))
        queue.append((int(tree.children_right[node]), halves[1], depth + 1))
    number = {node: i for i, (node, _, _) in enumerate(found)}
    splits = []
    for node, box, depth in found:
        inner = tree.children_left[node] >= 0
        shares = tree.value[node][0] / tree.value[node][0].sum()
        children = (tree.children_left[node], tree.children_right[node]) if inner else ()
        splits.append(
            Split(
                box,
                int(tree.feature[node]) if inner else -1,
                float(tree.threshold[node]) if inner else float("nan"),
                tuple(number[int(child)] for child in children),
                depth,
                shares,
                int(tree.n_node_samples[node]),
            )
        )
    return splits


def forest_votes(model: Any, points: NDArray) -> NDArray:
    """The class that each tree of a fitted forest votes for, (trees, n)."""
    return np.stack([tree.predict(points).astype(int) for tree in model.estimators_])


def staged_scores(model: Any, points: NDArray, rounds: list[int]) -> list[NDArray]:
    """The lead of class 1 after each of these rounds of boosting, (n,) each.

    Of AdaBoost (Freund and Schapire 1997) and of histogram boosting the weighted sum of learners,
    of xgboost the margin of its first trees. Positive is class 1; 0 is undecided.
    """
    if hasattr(model, "get_booster"):
        return [
            np.asarray(model.predict(points, output_margin=True, iteration_range=(0, end)), float)
            for end in rounds
        ]
    stages = list(model.staged_decision_function(points))
    return [np.asarray(stages[min(end, len(stages)) - 1], float).reshape(-1) for end in rounds]


@dataclass(frozen=True)
class Update:
    """One step of a perceptron: the point that it got wrong, and the line after the step.

    weights (3,): of x, y and 1; class 1 is predicted where the sum is positive.
    """

    point: int
    weights: NDArray


def perceptron_updates(points: NDArray, kinds: NDArray, passes: int = PASSES) -> list[Update]:
    """All updates of Rosenblatt's perceptron (1958), point by point in their order, rate 1.

    >>> [update.point for update in perceptron_updates([[1.0, 0.0], [-1.0, 0.0]], [1, 0])]
    [0, 1]
    """
    rows = np.c_[np.asarray(points, float), np.ones(len(points))]
    signs = 2 * np.asarray(kinds) - 1
    weights, updates = np.zeros(3), []
    for _ in range(passes):
        for i, (row, sign) in enumerate(zip(rows, signs, strict=True)):
            if sign * (row @ weights) <= 0:
                weights = weights + sign * row
                updates.append(Update(i, weights))
    return updates


def class_normals(model: Any) -> list[tuple[NDArray, NDArray]]:
    """Mean (2,) and covariance (2, 2) of each class, as LDA, QDA or naive Bayes fitted them."""
    if hasattr(model, "steps"):  # coordinates were scaled
        scaler, inner = model[0], model[-1]
        unit = np.diag(scaler.scale_)
        return [
            (m * scaler.scale_ + scaler.mean_, unit @ c @ unit) for m, c in class_normals(inner)
        ]
    if hasattr(model, "theta_"):
        return [(m, np.diag(v)) for m, v in zip(model.theta_, model.var_, strict=True)]
    covariances = model.covariance_
    if isinstance(covariances, np.ndarray) and covariances.ndim == 2:  # shared, of LDA
        covariances = [covariances] * len(model.means_)
    return [(m, np.asarray(c)) for m, c in zip(model.means_, covariances, strict=True)]


def hidden_lines(model: Any) -> NDArray:
    """Where each unit of a network's first layer bends, (units, 3): weights of x, y and 1.

    The network is the last part of a pipeline that scales its inputs.
    """
    scaler, network = model[0], model[-1]
    slopes = network.coefs_[0].T / scaler.scale_
    shifts = network.intercepts_[0] - slopes @ scaler.mean_
    return np.c_[slopes, shifts]


def mars_stages(model: Mars, points: NDArray, kinds: NDArray) -> list[Mars]:
    """The model as it was after each pair of hinges, its weights fitted anew."""
    return [model.first(end, points, kinds) for end in range(2, len(model.hinges) + 1, 2)]


def hinge_creases(hinge: Hinge, view: View) -> tuple[NDArray, NDArray]:
    """The ends (2,) of the line in a view along which a hinge bends: where its parent is not 0."""
    left, right, bottom, top = view
    low, high = [left, bottom], [right, top]
    low[hinge.feature] = high[hinge.feature] = hinge.knot
    parent = hinge.parent
    if parent is not None:
        side = low if parent.sign > 0 else high
        side[parent.feature] = parent.knot
    return np.array(low), np.array(high)
