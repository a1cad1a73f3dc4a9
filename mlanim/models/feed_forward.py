"""The feed-forward network of a transformer layer: the same two matrices for each position."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean

__all__ = ["ACTIVATIONS", "FeedForward", "FeedForwardTrace", "gelu", "gelu_tanh", "relu"]


def relu(x: NDArray) -> NDArray:
    """max(0, x)."""
    return np.maximum(x, 0)


def gelu(x: NDArray) -> NDArray:
    """x times the normal distribution's share below x. Hendrycks & Gimpel 2016 (arXiv 1606.08415).

    >>> gelu(np.array([-1.0, 0.0, 1.0])).round(4).tolist()
    [-0.1587, 0.0, 0.8413]
    """
    from scipy.special import erf  # comes with Manim and scikit-learn

    return x * 0.5 * (1 + erf(x / np.sqrt(2)))


def gelu_tanh(x: NDArray) -> NDArray:
    """GPT-2's approximation of `gelu` by a tanh, the same to about 5e-4.

    >>> float(abs(gelu_tanh(np.linspace(-4, 4)) - gelu(np.linspace(-4, 4))).max()) < 5e-4
    True
    """
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


ACTIVATIONS: Mapping[str, Callable[[NDArray], NDArray]] = {
    "relu": relu,
    "gelu": gelu,
    "gelu_tanh": gelu_tanh,
}


@dataclass(frozen=True)
class FeedForwardTrace:
    """What it computed for T positions."""

    before: NDArray  # (T, f): before the activation
    hidden: NDArray  # (T, f)
    output: NDArray  # (T, d)


@dataclass(frozen=True)
class FeedForward:
    """activation(x W1 + b1) W2 + b2. Vaswani et al. 2017, equation 2.

    >>> layer = FeedForward(np.eye(2), np.zeros(2), np.ones((1, 2)), np.zeros(1), "relu")
    >>> layer(np.array([[3.0, -5.0]])).output.tolist()
    [[3.0]]
    """

    first: NDArray  # (f, d)
    first_bias: NDArray  # (f,)
    second: NDArray  # (d, f)
    second_bias: NDArray  # (d,)
    activation: str

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray], prefix: str, activation: str) -> FeedForward:
        """Read it by PyTorch's names, such as prefix "encoder.layers.0."."""
        if activation not in ACTIVATIONS:
            raise UsageError(f"no activation {activation!r}", did_you_mean(activation, ACTIVATIONS))
        first, first_bias, second, second_bias = (
            arrays[f"{prefix}linear{n}.{part}"] for n in (1, 2) for part in ("weight", "bias")
        )
        return cls(first, first_bias, second, second_bias, activation)

    def __call__(self, rows: NDArray) -> FeedForwardTrace:
        """Run (T, d), each position for itself."""
        before = rows @ self.first.T + self.first_bias
        hidden = ACTIVATIONS[self.activation](before)
        return FeedForwardTrace(before, hidden, hidden @ self.second.T + self.second_bias)
