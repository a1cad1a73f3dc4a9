"""Activation functions and their slopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

__all__ = ["ACTIVATIONS", "Activation"]


@dataclass(frozen=True)
class Activation:
    """value(z), and slope(z, value) from both; arrays of any shape. The slope of relu at 0 is 0."""

    value: Callable[[NDArray], NDArray]
    slope: Callable[[NDArray, NDArray], NDArray]


#: By name.
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "tanh": Activation(np.tanh, lambda z, a: 1 - a * a),
        "relu": Activation(lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(float)),
        "sigmoid": Activation(expit, lambda z, a: a * (1 - a)),
        "linear": Activation(lambda z: z, lambda z, a: np.ones_like(z)),
    }
)
