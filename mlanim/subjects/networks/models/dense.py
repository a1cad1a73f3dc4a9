"""Layers of units: a forward pass, and the gradients of a loss by all weights.

Backpropagation as in Rumelhart, Hinton and Williams 1986. With no hidden layer it is a linear
model; with a sigmoid behind it, logistic regression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.networks.models.activations import ACTIVATIONS

__all__ = ["Dense", "Forward"]

Layers = list[tuple[NDArray, NDArray]]


@dataclass(frozen=True, eq=False)
class Forward:
    """sums: what each layer's units add up, (n, units); outputs: the inputs, then what each layer
    gives; the last layer is linear."""

    sums: list[NDArray]
    outputs: list[NDArray]


@dataclass(frozen=True)
class Dense:
    """sizes: inputs, hidden layers, outputs. Parameters are one vector: matrices (before, after)
    and biases, layer by layer.

    >>> Dense((2, 3, 1)).count
    13
    """

    sizes: tuple[int, ...]
    activation: str = "tanh"

    @property
    def count(self) -> int:
        """How many parameters there are."""
        return sum((a + 1) * b for a, b in zip(self.sizes, self.sizes[1:], strict=False))

    def start(self, seed: int) -> NDArray:
        """Weights from a normal distribution of variance 1 / inputs (2 / inputs for relu, as in He
        et al. 2015); biases 0."""
        random = np.random.default_rng(seed)
        gain = 2.0 if self.activation == "relu" else 1.0
        parts = []
        for before, after in zip(self.sizes, self.sizes[1:], strict=False):
            weights = random.normal(0, np.sqrt(gain / before), (before, after))
            parts += [weights.ravel(), np.zeros(after)]
        return np.concatenate(parts)

    def layers(self, parameters: NDArray) -> Layers:
        """The vector as matrices (before, after) and biases (after,)."""
        made, at = [], 0
        for before, after in zip(self.sizes, self.sizes[1:], strict=False):
            end = at + before * after
            made.append((parameters[at:end].reshape(before, after), parameters[end : end + after]))
            at = end + after
        return made

    def forward(self, parameters: NDArray, inputs: NDArray) -> Forward:
        """All that is computed on the way from inputs (n, sizes[0])."""
        layers, act = self.layers(parameters), ACTIVATIONS[self.activation]
        sums: list[NDArray] = []
        outputs = [np.asarray(inputs, float)]
        for i, (weights, bias) in enumerate(layers):
            sums.append(outputs[-1] @ weights + bias)
            outputs.append(sums[-1] if i == len(layers) - 1 else act.value(sums[-1]))
        return Forward(sums, outputs)

    def backward(self, parameters: NDArray, made: Forward, behind: NDArray) -> NDArray:
        """The gradient by all parameters, given that by the last layer's outputs (n, outputs)."""
        layers, act = self.layers(parameters), ACTIVATIONS[self.activation]
        parts: list[NDArray] = []
        for i in reversed(range(len(layers))):
            if i < len(layers) - 1:
                behind = behind * act.slope(made.sums[i], made.outputs[i + 1])
            parts = [(made.outputs[i].T @ behind).ravel(), behind.sum(axis=0), *parts]
            behind = behind @ layers[i][0].T
        return np.concatenate(parts)


def sizes_of(inputs: int, hidden: Sequence[int], outputs: int) -> tuple[int, ...]:
    """The sizes of all layers."""
    return (inputs, *hidden, outputs)
