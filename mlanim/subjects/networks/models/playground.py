"""A network learns two-dimensional data: what each of its units sees, at every stage of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.boundary_data import DATA, grid_points, known_problem
from mlanim.models.boundary_table import read_table
from mlanim.named_path import named_path
from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.fit import Fit, fit

__all__ = ["Playground", "Points", "points_of", "train_playground"]

CELLS = 64  # of a view, a side: smooth lines, and small enough to compute for all stages
_LEAST = 8


@dataclass(frozen=True, eq=False)
class Points:
    """points (n, 2), kinds (n,) from 0, in the data's units, and a view (left, right, bottom, top).

    told: how a file was read; may be empty.
    """

    points: NDArray
    kinds: NDArray
    view: tuple[float, float, float, float]
    classes: tuple[str, ...]
    axes: tuple[str, str] = ("x", "y")
    told: str = ""

    def scaled(self, points: NDArray) -> NDArray:
        """What the network sees: the view becomes -1 to 1."""
        left, right, bottom, top = self.view
        low, high = np.array([left, bottom]), np.array([right, top])
        return (points - (low + high) / 2) / ((high - low) / 2) * 1.8


def points_of(
    data: str,
    count: int,
    *,
    noise: float = 1.0,
    seed: int = 0,
    columns: Sequence[str] | None = None,
    label: str | None = None,
) -> Points:
    """One of the known data sets, or a reader's table of two to six classes.

    Raises UsageError for what is neither, and for a table that cannot be used.

    >>> points_of("moons", 40).points.shape
    (40, 2)
    """
    random = np.random.default_rng(seed)
    if data in DATA:
        if columns or label:
            raise UsageError(f"{data} has no columns to choose from", "give a table: data=FILE.csv")
        problem = known_problem(data, noise=noise, seed=seed)
        points, kinds = problem.sample(random, count)
        return Points(points, kinds, problem.view, ("class 0", "class 1"))
    path = Path(named_path(data, "data", "give the path of a .csv file"))
    if path.suffix.casefold() not in (".csv", ".tsv", ".txt"):
        raise UsageError(f"no data {data!r}", did_you_mean(data, (*DATA, "FILE.csv")))
    table = read_table(path, columns or (), label or "")
    if len(table.points) < _LEAST:
        raise UsageError(f"{path.name} has {len(table.points)} rows", f"give {_LEAST} or more")
    rows = np.sort(random.permutation(len(table.points))[:count])
    low, high = table.points.min(axis=0), table.points.max(axis=0)
    border = 0.12 * (high - low)
    view = (
        float(low[0] - border[0]),
        float(high[0] + border[0]),
        float(low[1] - border[1]),
        float(high[1] + border[1]),
    )
    return Points(
        table.points[rows], table.kinds[rows], view, table.classes, table.axes, table.told
    )


@dataclass(frozen=True, eq=False)
class Playground:
    """A training, and the grid of the view, on which all units are seen.

    A stage is the network after a number of steps that was really made: `fit.steps[stage]`. What
    its units see is computed anew each time.
    """

    data: Points
    fit: Fit

    @property
    def stages(self) -> int:
        """How many stages were kept."""
        return len(self.fit.steps)

    def parameters(self, stage: int) -> NDArray:
        """The parameters (p,) at a stage, from 0 on."""
        return np.asarray(self.fit.parameters[stage])

    def seen(self, stage: int) -> list[NDArray]:
        """What the units of each hidden layer give over the view, then the outputs' scores.

        Each (units, CELLS, CELLS), lowest row first; scores are probabilities of the classes.
        """
        made = self.fit.model.forward(self.parameters(stage), self._grid)
        hidden = [layer.T.reshape(-1, CELLS, CELLS) for layer in made.outputs[1:-1]]
        return [*hidden, self.probabilities(made.outputs[-1]).T.reshape(-1, CELLS, CELLS)]

    def probabilities(self, outputs: NDArray) -> NDArray:
        """Of the classes, (n, classes), from the last layer's outputs."""
        if outputs.shape[1] == 1:
            one = expit(outputs)
            return np.concatenate([1 - one, one], axis=1)
        return np.asarray(softmax(outputs, axis=1))

    def accuracy(self, stage: int) -> float:
        """The share of the points that it puts into the right class."""
        points = self.data.scaled(self.data.points)
        made = self.fit.model.forward(self.parameters(stage), points).outputs[-1]
        return float(np.mean(self.probabilities(made).argmax(axis=1) == self.data.kinds))

    @cached_property
    def _grid(self) -> NDArray:
        return self.data.scaled(grid_points(self.data.view, CELLS)[0])


def train_playground(
    data: Points,
    hidden: Sequence[int],
    *,
    activation: str = "tanh",
    optimiser: str = "adam",
    rate: float = 0.03,
    steps: int = 400,
    stages: int = 181,
    seed: int = 0,
) -> Playground:
    """Train a network of these hidden layers, and keep so many stages, at most one a step.

    They are closer at the beginning: first every step is kept, then they lie evenly in the square
    root of the steps, for early ones change most.

    >>> made = train_playground(points_of("xor", 60), [4], steps=50)
    >>> [view.shape[0] for view in made.seen(3)]
    [4, 2]
    """
    classes = len(data.classes)
    outputs = 1 if classes == 2 else classes
    model = Dense((2, *hidden, outputs), activation)
    loss = "cross-entropy" if outputs == 1 else "softmax cross-entropy"
    targets = data.kinds[:, None].astype(float) if outputs == 1 else np.eye(classes)[data.kinds]
    places = np.arange(min(stages, steps + 1))
    kept = np.maximum(places, (steps * (places / places[-1]) ** 2).round().astype(int))
    inputs = data.scaled(data.points)
    made = fit(
        model, loss, optimiser, inputs, targets, rate=rate, steps=steps, seed=seed, kept=kept
    )
    return Playground(data, made)
