"""One problem, one loop, and three parts of which one at a time is exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.fit import Fit, fit
from mlanim.subjects.networks.models.playground import CELLS, Points, points_of

__all__ = ["Exchange", "exchanges"]

_STEPS = 150


@dataclass(frozen=True, eq=False)
class Exchange:
    """name: of what comes out; parts: model, loss, optimiser in words; changed: which of them is
    another than before (-1: none); fit and data."""

    name: str
    parts: tuple[str, str, str]
    changed: int
    fit: Fit
    data: Points

    @property
    def accuracy(self) -> float:
        """The share of points on the right side of its line."""
        made = self._decided(self.data.scaled(self.data.points))
        return float(np.mean((made > self.threshold) == (self.data.kinds == 1)))

    @property
    def threshold(self) -> float:
        """Outputs above it mean class 1: half of 0 and 1, or the logit 0."""
        return 0.5 if self.fit.loss == "squared error" else 0.0

    def seen(self, grid: NDArray) -> NDArray:
        """Outputs less the threshold over points (CELLS², 2) of the view, (CELLS, CELLS)."""
        made = self._decided(self.data.scaled(grid)) - self.threshold
        return made.reshape(CELLS, CELLS)

    def _decided(self, inputs: NDArray) -> NDArray:
        return self.fit.model.forward(self.fit.parameters[-1], inputs).outputs[-1][:, 0]


def exchanges(seed: int = 3) -> list[Exchange]:
    """Linear regression, then logistic regression, then a network, then the same with Adam.

    >>> [step.changed for step in exchanges()]
    [-1, 1, 0, 2]
    """
    data = points_of("moons", 120, seed=seed)
    inputs, targets = data.scaled(data.points), data.kinds[:, None].astype(float)
    line, network = Dense((2, 1)), Dense((2, 6, 1))
    made = []
    for name, model, told, loss, optimiser, rate, changed in (
        ("linear regression", line, "a weighted sum", "squared error", "sgd", 0.3, -1),
        ("logistic regression", line, "a weighted sum", "cross-entropy", "sgd", 0.5, 1),
        ("a network", network, "6 hidden units", "cross-entropy", "sgd", 0.5, 0),
        ("a network, faster", network, "6 hidden units", "cross-entropy", "adam", 0.05, 2),
    ):
        done = fit(model, loss, optimiser, inputs, targets, rate=rate, steps=_STEPS, seed=seed)
        steps = {"sgd": "gradient descent", "adam": "Adam"}[optimiser]
        made.append(Exchange(name, (told, loss, steps), changed, done, data))
    return made
