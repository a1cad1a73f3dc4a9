"""A network that reads digits, 64 numbers to 32 units to 10, in float32 and in int8.

In int8 every product and sum is one of whole numbers; scales are needed only to read the ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.systems.models.eight_bits import (
    HIGHEST,
    LOWEST,
    Multiplier,
    Quantised,
    Range,
    multiplier_of,
    quantise,
    range_of,
    rescale,
)

__all__ = [
    "Cost",
    "DigitNetwork",
    "EightBitNetwork",
    "digits",
    "eight_bit",
    "load_digit_network",
    "shrunk",
]

_WEIGHTS = files(__package__) / "weights"
_HELD_OUT = 4  # of so many digits one is held out


@dataclass(frozen=True)
class Cost:
    """bytes: of all that is stored. products: multiplications by a weight, for one digit.

    rescalings: multiplications of hidden units by the factor between two scales.
    """

    bytes: int
    products: int
    rescalings: int = 0


@dataclass(frozen=True)
class DigitNetwork:
    """first: (64, h), second: (h, 10), their biases (h,) and (10,); all float32."""

    first: NDArray
    first_bias: NDArray
    second: NDArray
    second_bias: NDArray

    def hidden(self, inputs: NDArray) -> NDArray:
        """relu(x W + b): (..., 64) to (..., h)."""
        return np.maximum(inputs.astype(np.float32) @ self.first + self.first_bias, 0)

    def logits(self, inputs: NDArray) -> NDArray:
        """(..., 64) from 0 to 1, to (..., 10)."""
        return self.hidden(inputs) @ self.second + self.second_bias

    @property
    def cost(self) -> Cost:
        """One multiplication a weight."""
        arrays = (self.first, self.first_bias, self.second, self.second_bias)
        return Cost(sum(array.nbytes for array in arrays), self.first.size + self.second.size)


@dataclass(frozen=True)
class EightBitNetwork:
    """The same with weights of int8 and biases of int32, whose scale is input times weight.

    inputs, middle: the ranges of what goes in and of the hidden units. factor: from the first
    layer's sums to the hidden units' range.
    """

    first: Quantised
    first_bias: NDArray
    second: Quantised
    second_bias: NDArray
    inputs: Range
    middle: Range
    factor: Multiplier

    def hidden(self, whole: NDArray) -> NDArray:
        """Whole numbers (..., 64) to (..., h): sums of int32, rescaled; relu is the clip at Z."""
        sums = _sums(whole, self.inputs, self.first) + self.first_bias
        steps = rescale(sums, self.factor) + self.middle.zero
        return np.clip(steps, max(LOWEST, self.middle.zero), HIGHEST).astype(np.int8)

    def sums(self, whole: NDArray) -> NDArray:
        """Whole numbers (..., 64) to the last layer's (..., 10), in int32."""
        return _sums(self.hidden(whole), self.middle, self.second) + self.second_bias

    def logits(self, inputs: NDArray) -> NDArray:
        """(..., 64) from 0 to 1, to what the last sums mean, (..., 10)."""
        return self.middle.scale * self.second.range.scale * self.sums(self.inputs.whole(inputs))

    @property
    def cost(self) -> Cost:
        """Scales and zero points are stored too; each hidden unit is rescaled once."""
        arrays = (self.first.whole, self.first_bias, self.second.whole, self.second_bias)
        ranges = (self.first.range, self.second.range, self.inputs, self.middle)
        kept = len(ranges) * (np.dtype(np.float32).itemsize + np.dtype(np.int8).itemsize)
        products = self.first.whole.size + self.second.whole.size
        return Cost(sum(array.nbytes for array in arrays) + kept, products, len(self.first_bias))


def eight_bit(network: DigitNetwork, examples: NDArray) -> EightBitNetwork:
    """Quantise a network; examples (n, 64) tell how far its hidden units go."""
    first, second = quantise(network.first), quantise(network.second)
    inputs = range_of(0.0, 1.0)
    middle = range_of(0.0, network.hidden(examples).max())
    scales = inputs.scale * first.range.scale, middle.scale * second.range.scale
    return EightBitNetwork(
        first,
        np.rint(network.first_bias / scales[0]).astype(np.int32),
        second,
        np.rint(network.second_bias / scales[1]).astype(np.int32),
        inputs,
        middle,
        multiplier_of(scales[0] / middle.scale),
    )


@cache
def digits() -> Mapping[str, NDArray]:
    """The digits of scikit-learn, 8 x 8: inputs (n, 64) from 0 to 1 and labels (n,).

    One in four is held out: "inputs", "labels", "held_out_inputs", "held_out_labels".

    >>> {name: len(array) for name, array in digits().items()}
    {'inputs': 1348, 'labels': 1348, 'held_out_inputs': 449, 'held_out_labels': 449}
    """
    from sklearn.datasets import load_digits

    found = load_digits()
    inputs, labels = found.data / 16, found.target
    out = np.arange(len(labels)) % _HELD_OUT == _HELD_OUT - 1
    return {
        "inputs": inputs[~out],
        "labels": labels[~out],
        "held_out_inputs": inputs[out],
        "held_out_labels": labels[out],
    }


@cache
def load_digit_network() -> DigitNetwork:
    """The bundled network, as training/systems/train_digits.py wrote it.

    >>> load_digit_network().first.shape
    (64, 32)
    """
    with (_WEIGHTS / "digit-network.npz").open("rb") as file, np.load(file) as stored:
        return DigitNetwork(**{name: stored[name] for name in stored.files})


@cache
def shrunk() -> EightBitNetwork:
    """The bundled network in eight bits; the digits it was trained on give the ranges."""
    return eight_bit(load_digit_network(), digits()["inputs"])


def _sums(whole: NDArray, given: Range, weights: Quantised) -> NDArray:
    """Sums of products of whole numbers, each less its zero point, in int32 (equation 4)."""
    left = whole.astype(np.int32) - given.zero
    return left @ (weights.whole.astype(np.int32) - weights.range.zero)
