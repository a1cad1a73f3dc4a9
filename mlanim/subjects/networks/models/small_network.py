"""A network of 2 inputs, 3 hidden units and 1 output as a graph of single numbers.

Its loss is the mean squared error over four examples: the exclusive or, with -1 and 1. The
gradient of the mean is the mean of the gradients, one graph an example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.value_graph import Run, ValueGraph

__all__ = ["EXAMPLES", "NetworkStep", "first_weights", "network_graph", "train_network"]

#: x1, x2 and the target y of each example.
EXAMPLES = ((-1.0, -1.0, -1.0), (-1.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, -1.0))

_UNITS = "abc"
_GIVEN = ("x1", "x2", "y")


def network_graph() -> ValueGraph:
    """One example's squared error: 34 nodes.

    a1, a2, a0 are the weights and the bias into the first hidden unit, va its weight into the
    output; b and c are the others', v0 is the output's bias.

    >>> len(network_graph().nodes), len(network_graph().names)
    (34, 16)
    """
    units = [f"v{u}*tanh({u}1*x1 + {u}2*x2 + {u}0)" for u in _UNITS]
    return read_expression(f"({' + '.join(units)} + v0 - y)**2")


def first_weights(seed: int) -> dict[str, float]:
    """Weights drawn from a normal distribution, two decimals each; biases are 0."""
    random = np.random.default_rng(seed)
    names = [name for u in _UNITS for name in (f"{u}1", f"{u}2", f"{u}0", f"v{u}")]
    drawn = {name: round(float(random.normal(0, 0.8)), 2) for name in names}
    return {name: 0.0 if name.endswith("0") else value for name, value in drawn.items()} | {
        "v0": 0.0
    }


@dataclass(frozen=True)
class NetworkStep:
    """weights by name; runs: one an example; loss: their mean; gradients of it by weight."""

    weights: dict[str, float]
    runs: tuple[Run, ...]
    loss: float
    gradients: dict[str, float]

    def named(self, example: int) -> dict[str, float]:
        """All named values of the graph, for one example."""
        return self.weights | dict(zip(_GIVEN, EXAMPLES[example], strict=True))


def train_network(weights: Mapping[str, float], rate: float, steps: int) -> list[NetworkStep]:
    """The network as it is, then after each step of gradient descent on the mean squared error.

    >>> losses = [step.loss for step in train_network(first_weights(0), 0.2, 5)]
    >>> losses[-1] < losses[0]
    True
    """
    graph = network_graph()
    made = [_step(graph, dict(weights))]
    for _ in range(steps):
        last = made[-1]
        moved = {n: value - rate * last.gradients[n] for n, value in last.weights.items()}
        made.append(_step(graph, moved))
    return made


def _step(graph: ValueGraph, weights: dict[str, float]) -> NetworkStep:
    runs = tuple(
        graph.run(weights | dict(zip(_GIVEN, example, strict=True))) for example in EXAMPLES
    )
    loss = float(np.mean([run.values[-1] for run in runs]))
    gradients = {
        name: float(np.mean([run.gradients[graph.names[name]] for run in runs])) for name in weights
    }
    return NetworkStep(weights, runs, loss, gradients)
