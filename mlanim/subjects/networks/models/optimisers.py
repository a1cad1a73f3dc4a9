"""Four ways to step against a gradient, each as it was published.

sgd       Robbins and Monro 1951: x -= rate * g
momentum  Polyak 1964: v = 0.9 v + g, x -= rate * v
rmsprop   Hinton's lecture 6e, 2012: s = 0.9 s + 0.1 g², x -= rate * g / (sqrt(s) + 1e-8)
adam      Kingma and Ba 2014, algorithm 1: m = 0.9 m + 0.1 g, v = 0.999 v + 0.001 g², both divided
          by what they lack at first (1 - 0.9^t and 1 - 0.999^t), x -= rate * m / (sqrt(v) + 1e-8)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean

__all__ = ["OPTIMISERS", "Optimiser", "optimise"]

_TINY = 1e-8


@dataclass(frozen=True)
class Optimiser:
    """step(gradient, state, t): the step for rate 1, and the next state; t counts from 1.

    told: its name in words. state is a tuple of vectors, empty at first.
    """

    told: str
    step: Callable[[NDArray, tuple[NDArray, ...], int], tuple[NDArray, tuple[NDArray, ...]]]


def _sgd(g: NDArray, state: tuple, t: int) -> tuple[NDArray, tuple]:
    return g, ()


def _momentum(g: NDArray, state: tuple, t: int) -> tuple[NDArray, tuple]:
    velocity = 0.9 * state[0] + g if state else g
    return velocity, (velocity,)


def _rmsprop(g: NDArray, state: tuple, t: int) -> tuple[NDArray, tuple]:
    squares = (0.9 * state[0] if state else 0.0) + 0.1 * g * g
    return g / (np.sqrt(squares) + _TINY), (squares,)


def _adam(g: NDArray, state: tuple, t: int) -> tuple[NDArray, tuple]:
    mean, squares = state or (np.zeros_like(g), np.zeros_like(g))
    mean, squares = 0.9 * mean + 0.1 * g, 0.999 * squares + 0.001 * g * g
    unbiased = mean / (1 - 0.9**t), squares / (1 - 0.999**t)
    return unbiased[0] / (np.sqrt(unbiased[1]) + _TINY), (mean, squares)


#: By name, in the order of their years.
OPTIMISERS: Mapping[str, Optimiser] = MappingProxyType(
    {
        "sgd": Optimiser("gradient descent", _sgd),
        "momentum": Optimiser("momentum", _momentum),
        "rmsprop": Optimiser("RMSProp", _rmsprop),
        "adam": Optimiser("Adam", _adam),
    }
)


def optimise(
    name: str,
    gradient: Callable[[NDArray], NDArray],
    start: NDArray,
    rate: float,
    steps: int,
) -> NDArray:
    """The points (steps + 1, p) that an optimiser passes from `start`.

    >>> optimise("sgd", lambda x: 2 * x, np.array([1.0]), 0.25, 2).ravel().tolist()
    [1.0, 0.5, 0.25]
    """
    if name not in OPTIMISERS:
        raise UsageError(f"no optimiser {name!r}", did_you_mean(name, OPTIMISERS))
    points = [np.asarray(start, float)]
    state: tuple[NDArray, ...] = ()
    for t in range(1, steps + 1):
        step, state = OPTIMISERS[name].step(gradient(points[-1]), state, t)
        points.append(points[-1] - rate * step)
    return np.array(points)
