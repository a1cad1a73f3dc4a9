"""Who survived the Titanic: logistic regression on the counts, and a softmax over the classes.

The counts are those of the British Board of Trade's inquiry, 1912, as Dawson tabulated them in
1995: 2201 people by class, sex, age and fate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.fit import fit

__all__ = ["CLASSES", "GROUPS", "Logistic", "class_model", "survival_model", "survived"]

CLASSES = ("first class", "second class", "third class", "crew")
GROUPS = ("men", "women", "boys", "girls")

# [class][group] = (died, survived), groups as above.
_COUNTS = np.array(
    [
        [[118, 57], [4, 140], [0, 5], [0, 1]],
        [[154, 14], [13, 80], [0, 11], [0, 13]],
        [[387, 75], [89, 76], [35, 13], [17, 14]],
        [[670, 192], [3, 20], [0, 0], [0, 0]],
    ]
)
_FEATURES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # female, child


def survived() -> NDArray:
    """Of each group (4,), the share that survived.

    >>> survived().round(3).tolist()
    [0.203, 0.744, 0.453, 0.622]
    """
    died, lived = _COUNTS.sum(axis=0).T
    return np.asarray(lived / (died + lived))


@dataclass(frozen=True, eq=False)
class Logistic:
    """weights (k, 3): of female and of child, and the bias, at steps (k,); losses (k,)."""

    steps: NDArray
    weights: NDArray
    losses: NDArray

    def sums(self, i: int) -> NDArray:
        """The weighted sum of each group (4,) at the i-th kept step."""
        return np.asarray(_FEATURES @ self.weights[i, :2] + self.weights[i, 2])

    def chances(self, i: int) -> NDArray:
        """The sigmoid of these: the probability to survive."""
        return np.asarray(expit(self.sums(i)))


def survival_model(steps: int = 600, kept: int = 60) -> Logistic:
    """Gradient descent on the mean cross-entropy of all 2201 people, rate 2.

    >>> survival_model().chances(-1).round(2).tolist()
    [0.21, 0.72, 0.31, 0.82]
    """
    died, lived = _COUNTS.sum(axis=0).T
    total = died + lived
    columns = np.column_stack([_FEATURES, np.ones(4)])
    at = np.unique(np.linspace(0, steps, kept).round().astype(int))
    weights = np.zeros(3)
    rows, losses = [], []
    for t in range(steps + 1):
        sums = columns @ weights
        if t in at:
            rows.append(weights)
            losses.append((total * np.logaddexp(0, sums) - lived * sums).sum() / total.sum())
        weights = weights - 2 * columns.T @ (total * expit(sums) - lived) / total.sum()
    return Logistic(at, np.array(rows), np.array(losses))


def class_model() -> tuple[NDArray, NDArray]:
    """Logits (4,) and counts (4,) of the classes of a woman who survived.

    The model is linear: from female, child and survived to four logits, softmax behind them.

    >>> logits, counts = class_model()
    >>> counts.tolist()
    [140, 80, 76, 20]
    """
    rows = [
        (female, child, fate, kind, _COUNTS[kind, group, fate])
        for kind in range(4)
        for group, (female, child) in enumerate(_FEATURES)
        for fate in (0, 1)
    ]
    table = np.repeat([row[:4] for row in rows], [row[4] for row in rows], axis=0)
    targets = np.eye(4)[table[:, 3].astype(int)]
    model = Dense((3, 4), "linear")
    made = fit(
        model,
        "softmax cross-entropy",
        "adam",
        table[:, :3],
        targets,
        rate=0.1,
        steps=300,
        kept=np.array([300]),
    )
    logits = model.forward(made.parameters[-1], np.array([[1.0, 0.0, 1.0]])).outputs[-1][0]
    return logits, _COUNTS[:, 1, 1]
