"""A judge that tells real replies from generated ones, and a ranker that guesses their votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["RULE", "Judge", "Ranker", "fit_judge", "fit_ranker", "votes_of"]

#: How many votes a reply gets; made up, so that there is something to learn.
RULE = (
    (2, "it names what was lost"),
    (5, "it says garden or roof"),
    (1, "it names who lost it"),
)
_OUTDOORS = ("garden", "roof")
_NEWTON_STEPS = 12


@dataclass(frozen=True)
class Judge:
    """Logistic regression on standardised features (f,) of a reply."""

    mean: NDArray
    spread: NDArray
    weights: NDArray
    bias: float

    def logits(self, features: NDArray) -> NDArray:
        """Log-odds that each of (n, f) is real, (n,)."""
        return (features - self.mean) / self.spread @ self.weights + self.bias

    def real(self, features: NDArray) -> NDArray:
        """The probability that each of (n, f) is real, (n,)."""
        return 1 / (1 + np.exp(-self.logits(features)))

    def accuracy(self, features: NDArray, real: NDArray) -> float:
        """The share of (n, f) that it tells rightly."""
        return float(((self.logits(features) > 0) == (np.asarray(real) > 0.5)).mean())


def fit_judge(features: NDArray, real: NDArray, penalty: float = 3.0) -> Judge:
    """Newton's method on the logistic loss of (n, f) plus half the penalty times |weights|^2.

    >>> judge = fit_judge(np.array([[0.0], [1.0], [3.0], [4.0]]), np.array([0, 0, 1, 1]))
    >>> judge.accuracy(np.array([[0.5], [3.5]]), np.array([0, 1]))
    1.0
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    ridge = np.diag([penalty] * features.shape[1] + [1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - real) + ridge @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return Judge(mean, spread, weights[:-1], float(weights[-1]))


@dataclass(frozen=True)
class Ranker:
    """Ridge regression on standardised features (f,): the votes that a reply will get."""

    mean: NDArray
    spread: NDArray
    weights: NDArray
    bias: float

    def votes(self, features: NDArray) -> NDArray:
        """Of each of (n, f), (n,)."""
        return (features - self.mean) / self.spread @ self.weights + self.bias


def fit_ranker(features: NDArray, votes: NDArray, penalty: float = 3.0) -> Ranker:
    """Least squares of (n, f) plus the penalty times |weights|^2, in closed form.

    >>> ranker = fit_ranker(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]), 1e-9)
    >>> ranker.votes(np.array([[3.0]])).round(3).tolist()
    [7.0]
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows = (features - mean) / spread
    square = rows.T @ rows + penalty * np.eye(rows.shape[1])
    weights = np.linalg.solve(square, rows.T @ (votes - votes.mean()))
    return Ranker(mean, spread, weights, float(votes.mean()))


def votes_of(post: Sequence[str], reply: Sequence[str]) -> int:
    """By the stated `RULE`.

    >>> post = "the owl lost a lamp . what did you lose .".split()
    >>> votes_of(post, "i lost my lamp said the owl . they looked in the garden".split())
    8
    """
    lost = post.index("lost")
    thing, hero = post[lost + 2], post[lost - 1]
    kept = (thing in reply, any(place in reply for place in _OUTDOORS), hero in reply)
    return sum(votes for (votes, _), yes in zip(RULE, kept, strict=True) if yes)
