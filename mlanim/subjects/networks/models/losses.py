"""What a model's outputs are measured by, and the gradient of that by the outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax, softmax

__all__ = ["LOSSES", "Loss"]


@dataclass(frozen=True)
class Loss:
    """value(outputs, targets) and gradient(outputs, targets), both of means over n rows.

    outputs (n, k); targets (n, k). classes(outputs) gives scores (n, classes).
    """

    value: Callable[[NDArray, NDArray], float]
    gradient: Callable[[NDArray, NDArray], NDArray]


def _squared(outputs: NDArray, targets: NDArray) -> float:
    return float(np.mean((outputs - targets) ** 2))


def _squared_gradient(outputs: NDArray, targets: NDArray) -> NDArray:
    return 2 * (outputs - targets) / outputs.size


def _logistic(outputs: NDArray, targets: NDArray) -> float:
    """-log of the sigmoid's probability of what was the case, without overflow."""
    return float(np.mean(np.logaddexp(0, outputs) - targets * outputs))


def _logistic_gradient(outputs: NDArray, targets: NDArray) -> NDArray:
    return np.asarray((expit(outputs) - targets) / outputs.size)


def _softmax(outputs: NDArray, targets: NDArray) -> float:
    return float(-np.mean(np.sum(targets * log_softmax(outputs, axis=1), axis=1)))


def _softmax_gradient(outputs: NDArray, targets: NDArray) -> NDArray:
    return np.asarray((softmax(outputs, axis=1) - targets) / len(outputs))


#: By name.
LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        "squared error": Loss(_squared, _squared_gradient),
        "cross-entropy": Loss(_logistic, _logistic_gradient),
        "softmax cross-entropy": Loss(_softmax, _softmax_gradient),
    }
)
