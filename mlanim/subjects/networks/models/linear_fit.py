"""A weight and a bias for each house: the mean squared error, its slope, and the way down it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = [
    "Path",
    "best_line",
    "best_weight",
    "descend_line",
    "error_surface",
    "largest_rate",
    "mean_squared_error",
    "mse_gradient",
]


@dataclass(frozen=True, eq=False)
class Path:
    """points (k, p): the parameters at first and after each step; losses (k,); rate."""

    points: NDArray
    losses: NDArray
    rate: float


def mean_squared_error(inputs: NDArray, targets: NDArray, weights: NDArray) -> float:
    """The mean of (inputs @ weights[:-1] + weights[-1] - targets) squared.

    inputs (n, p), targets (n,), weights (p + 1,): the last is the bias.

    >>> from mlanim.subjects.networks.models.houses import houses
    >>> table = houses()
    >>> round(mean_squared_error(table.inputs[:, :1], table.targets, np.array([0.18, 0.0])))
    2058
    """
    return float(np.mean((inputs @ weights[:-1] + weights[-1] - targets) ** 2))


def mse_gradient(inputs: NDArray, targets: NDArray, weights: NDArray) -> NDArray:
    """Its gradient by weights and bias, (p + 1,): twice the mean of error times input."""
    errors = inputs @ weights[:-1] + weights[-1] - targets
    return 2 * np.append(inputs.T @ errors, errors.sum()) / len(targets)


def best_weight(inputs: NDArray, targets: NDArray) -> float:
    """The best weight (of one input) without a bias.

    >>> from mlanim.subjects.networks.models.houses import houses
    >>> round(best_weight(houses().inputs[:, 0], houses().targets), 5)
    0.17689
    """
    return float(inputs @ targets / (inputs @ inputs))


def best_line(inputs: NDArray, targets: NDArray) -> NDArray:
    """The best weights and bias, (p + 1,), by least squares.

    >>> from mlanim.subjects.networks.models.houses import houses
    >>> best_line(houses().inputs[:, :1], houses().targets).round(6).tolist()
    [0.058488, 247.263274]
    """
    columns = np.column_stack([inputs, np.ones(len(targets))])
    return np.linalg.lstsq(columns, targets, rcond=None)[0]


def largest_rate(inputs: NDArray) -> float:
    """Above this rate gradient descent on the mean squared error runs away: 2 / curvature."""
    columns = np.column_stack([inputs, np.ones(len(inputs))])
    return 2 / float(np.linalg.eigvalsh(2 * columns.T @ columns / len(columns))[-1])


def descend_line(
    inputs: NDArray, targets: NDArray, start: NDArray, steps: int, rate: float | None = None
) -> Path:
    """Gradient descent on the mean squared error; without a rate, four fifths of the largest.

    Raises UsageError for a rate with which it would run away.
    """
    most = largest_rate(inputs)
    rate = 0.8 * most if rate is None else rate
    if rate >= most:
        raise UsageError(f"rate={rate:g} runs away on this loss", f"below {most:.3g}, or none")
    points, losses = [np.asarray(start, float)], []
    for _ in range(steps):
        points.append(points[-1] - rate * mse_gradient(inputs, targets, points[-1]))
    losses = [mean_squared_error(inputs, targets, point) for point in points]
    return Path(np.array(points), np.array(losses), rate)


def error_surface(
    inputs: NDArray, targets: NDArray, across: NDArray, up: NDArray, *, bias: float = 0.0
) -> NDArray:
    """The loss over a grid of two parameters: (len(up), len(across)).

    Of one input (n, 1): its weight across, the bias up. Of two: both weights, at that bias.
    """
    first, second = np.meshgrid(across, up)
    if inputs.shape[1] == 1:
        made = first[..., None] * inputs[:, 0] + second[..., None]
    else:
        made = first[..., None] * inputs[:, 0] + second[..., None] * inputs[:, 1]
        made = made + bias
    return np.asarray(np.mean((made - targets) ** 2, axis=-1))
