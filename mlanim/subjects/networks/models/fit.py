"""Three parts make a fit: a model, a loss, an optimiser. The loop around them never changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.losses import LOSSES
from mlanim.subjects.networks.models.optimisers import OPTIMISERS

__all__ = ["Fit", "fit", "loss_and_gradient"]


@dataclass(frozen=True, eq=False)
class Fit:
    """parameters (k, p): at first, and at steps (k,); losses (k,) there."""

    model: Dense
    loss: str
    optimiser: str
    steps: NDArray
    parameters: NDArray
    losses: NDArray


def loss_and_gradient(
    model: Dense, loss: str, parameters: NDArray, inputs: NDArray, targets: NDArray
) -> tuple[float, NDArray]:
    """The loss of a model on inputs (n, i) and targets (n, o), and its gradient (p,)."""
    made = model.forward(parameters, inputs)
    measure = LOSSES[loss]
    behind = measure.gradient(made.outputs[-1], targets)
    value = measure.value(made.outputs[-1], targets)
    return value, model.backward(parameters, made, behind)


def fit(
    model: Dense,
    loss: str,
    optimiser: str,
    inputs: NDArray,
    targets: NDArray,
    *,
    rate: float,
    steps: int,
    seed: int = 0,
    kept: NDArray | None = None,
) -> Fit:
    """Train on all rows at once; parameters and losses are kept at the steps `kept` (0 included).

    Raises UsageError where the loss runs away.

    >>> line = np.array([[0.0], [1.0]])
    >>> made = fit(Dense((1, 1)), "squared error", "sgd", line, line, rate=0.5, steps=200)
    >>> bool(made.losses[-1] < 1e-3)
    True
    """
    kept = np.arange(steps + 1) if kept is None else kept
    wanted = set(kept.tolist())
    parameters = model.start(seed)
    state: tuple[NDArray, ...] = ()
    rows, losses = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(steps + 1):
            value, gradient = loss_and_gradient(model, loss, parameters, inputs, targets)
            if not np.isfinite(value) or not np.isfinite(gradient).all():
                what = f"after {t} steps the loss is no number any more, with rate={rate:g}"
                raise UsageError(what, "give a smaller rate")
            if t in wanted:
                rows.append(parameters)
                losses.append(value)
            step, state = OPTIMISERS[optimiser].step(gradient, state, t + 1)
            parameters = parameters - rate * step
    return Fit(model, loss, optimiser, np.sort(kept), np.array(rows), np.array(losses))
