"""Descent by Adam with a bound on the gradient's norm, over named arrays; and its log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlanim.subjects.attention_family.models.memory_cells import Parameters

__all__ = ["Progress", "descend"]

_LONGEST = 1.0


@dataclass(frozen=True, eq=False)
class Progress:
    """parameters: after the last step. steps: (k,), when there was a measurement. losses: (k,),
    the mean since the one before. measured: (k,) or (k, ...), what `measure` gave."""

    parameters: Parameters
    steps: np.ndarray
    losses: np.ndarray
    measured: np.ndarray


def descend(
    parameters: Parameters,
    gradient: Callable[[Parameters, Any], tuple[float, Parameters]],
    batches: Callable[[], Any],
    *,
    steps: int,
    rate: float,
    every: int,
    measure: Callable[[Parameters], Any] = lambda parameters: 0.0,
    until: int | None = None,
) -> Progress:
    """Take steps; gradient(parameters, batch) gives the loss and its gradients.

    Kingma and Ba 2014, algorithm 1 (0.9 and 0.999). A gradient longer than 1 is shortened to 1
    (Pascanu et al. 2013), and the rate falls along a line to a tenth. until: where to stop, if that
    is before the last step.

    >>> square = lambda p, batch: (float(p["x"] @ p["x"]), {"x": 2 * p["x"]})
    >>> made = descend({"x": np.ones(1)}, square, int, steps=200, rate=0.05, every=100)
    >>> made.steps.tolist(), bool(abs(made.parameters["x"][0]) < 0.01)
    ([0, 100, 200], True)
    """
    now = {name: array.copy() for name, array in parameters.items()}
    mean = {name: np.zeros_like(array) for name, array in now.items()}
    squares = {name: np.zeros_like(array) for name, array in now.items()}
    at, measured = [0], [measure(now)]
    means: list[float] = []
    losses: list[float] = []
    for step in range(1, (until or steps) + 1):
        loss, gradients = gradient(now, batches())
        if not means:
            means.append(loss)
        losses.append(loss)
        length = np.sqrt(sum(float(np.vdot(g, g)) for g in gradients.values()))
        share = min(1.0, _LONGEST / max(length, 1e-12))
        pace = rate * (1 - 0.9 * step / steps)
        for name, g in gradients.items():
            g = g * share
            mean[name] += 0.1 * (g - mean[name])
            squares[name] += 0.001 * (g * g - squares[name])
            root = np.sqrt(squares[name] / (1 - 0.999**step)) + 1e-8
            now[name] -= pace * mean[name] / (1 - 0.9**step) / root
        if step % every == 0:
            at.append(step)
            means.append(float(np.mean(losses)))
            measured.append(measure(now))
            losses.clear()
    return Progress(now, np.array(at), np.array(means), np.array(measured))
