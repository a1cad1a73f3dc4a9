"""Multivariate adaptive regression splines, small: hinges are added where they help most.

Friedman 1991 ("Multivariate adaptive regression splines"), the forward pass of section 3.4 with
products of two. Two classes are fitted as 0 and 1, and cut at one half; more of them as one column
of 0 and 1 a class, all with the same hinges (Hastie, Tibshirani and Buja 1994, section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Hinge", "Mars"]


@dataclass(frozen=True)
class Hinge:
    """max(0, sign * (x[feature] - knot)), times its parent if there is one."""

    feature: int
    knot: float
    sign: int
    parent: Hinge | None = None

    def __call__(self, points: NDArray) -> NDArray:
        """Its value at points (n, 2), (n,)."""
        own = np.maximum(0, self.sign * (points[:, self.feature] - self.knot))
        return own if self.parent is None else own * self.parent(points)


class Mars:
    """A classifier in scikit-learn's manner.

    pairs: how many pairs of hinges may be added. knots: candidates along each axis.

    >>> x = np.array([[0.0, 0.0], [1.0, 0.0], [4.0, 0.0], [5.0, 0.0]])
    >>> Mars().fit(x, [0, 0, 1, 1]).predict(x).tolist()
    [0, 0, 1, 1]
    """

    def __init__(self, pairs: int = 6, knots: int = 12) -> None:
        self.pairs, self.knots = pairs, knots

    def fit(self, points: NDArray, kinds: NDArray) -> Mars:
        """Add pairs of hinges while they lower the squared error by a hundredth or more."""
        points = np.asarray(points, float)
        self.classes_ = np.unique(kinds)
        self.hinges: list[Hinge] = []
        wanted = self._wanted(kinds)
        columns = [np.ones(len(points))]
        error = _error(columns, wanted)
        for _ in range(min(self.pairs, max(1, len(points) // 8))):
            best: tuple[float, list[Hinge]] | None = None
            for pair in self._candidates(points):
                found = _error([*columns, *(hinge(points) for hinge in pair)], wanted)
                if best is None or found < best[0]:
                    best = found, pair
            if best is None or best[0] > 0.99 * error:
                break
            error = best[0]
            self.hinges += best[1]
            columns += [hinge(points) for hinge in best[1]]
        self._weigh(points, wanted)
        return self

    def first(self, count: int, points: NDArray, kinds: NDArray) -> Mars:
        """The model with its first `count` hinges alone, their weights fitted to these points."""
        part = Mars(self.pairs, self.knots)
        part.classes_, part.hinges = self.classes_, self.hinges[:count]
        part._weigh(np.asarray(points, float), self._wanted(kinds))
        return part

    def _wanted(self, kinds: NDArray) -> NDArray:
        """0 and 1 (n,) of two classes, a column (n, k) for each of more."""
        members = (np.asarray(kinds)[:, None] == self.classes_).astype(float)
        return members if len(self.classes_) > 2 else members[:, -1]

    def _columns(self, points: NDArray) -> NDArray:
        return np.stack([np.ones(len(points)), *(hinge(points) for hinge in self.hinges)], axis=1)

    def _weigh(self, points: NDArray, wanted: NDArray) -> None:
        self.weights = np.linalg.lstsq(self._columns(points), wanted, rcond=None)[0]

    def _candidates(self, points: NDArray) -> list[list[Hinge]]:
        parents = [None, *(hinge for hinge in self.hinges if hinge.parent is None)]
        shares = np.linspace(0.05, 0.95, self.knots)
        return [
            [Hinge(feature, float(knot), sign, parent) for sign in (1, -1)]
            for parent in parents
            for feature in (0, 1)
            if parent is None or parent.feature != feature
            for knot in np.unique(np.quantile(points[:, feature], shares))
        ]

    def decision_function(self, points: NDArray) -> NDArray:
        """Positive where the second of two classes is predicted; of more, a score (n, k) each."""
        return self._columns(np.asarray(points, float)) @ self.weights - 0.5

    def predict(self, points: NDArray) -> NDArray:
        """The class of each point."""
        scores = self.decision_function(points)
        best = scores.argmax(axis=1) if scores.ndim == 2 else (scores > 0).astype(int)
        return self.classes_[best]


def _error(columns: list[NDArray], wanted: NDArray) -> float:
    matrix = np.stack(columns, axis=1)
    solved = np.linalg.lstsq(matrix, wanted, rcond=None)[0]
    return float(((matrix @ solved - wanted) ** 2).sum())
