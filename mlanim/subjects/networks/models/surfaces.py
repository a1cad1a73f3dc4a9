"""Three losses of two parameters, to compare ways down: a bowl, a valley, a saddle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

__all__ = ["SURFACES", "Surface"]

Point = NDArray


@dataclass(frozen=True)
class Surface:
    """value(points (..., 2)) and gradient(point (2,)); where all begin, and what is in view.

    rates: of each optimiser, by name.
    """

    told: str
    value: Callable[[NDArray], NDArray]
    gradient: Callable[[Point], Point]
    start: tuple[float, float]
    view: tuple[float, float, float, float]  # left, right, bottom, top
    rates: Mapping[str, float]


def _bowl(p: NDArray) -> NDArray:
    return np.asarray(p[..., 0] ** 2 + 1.5 * p[..., 1] ** 2)


def _valley(p: NDArray) -> NDArray:
    """Rosenbrock 1960, with a factor of 10 where he had 100."""
    x, y = p[..., 0], p[..., 1]
    return np.asarray((1 - x) ** 2 + 10 * (y - x * x) ** 2)


def _valley_gradient(p: Point) -> Point:
    x, y = p
    return np.array([-2 * (1 - x) - 40 * x * (y - x * x), 20 * (y - x * x)])


def _saddle(p: NDArray) -> NDArray:
    """It falls to both sides of the ridge y = 0, down to y = √2 and -√2."""
    x, y = p[..., 0], p[..., 1]
    return np.asarray(x**2 - y**2 + y**4 / 4)


def _rates(sgd: float, momentum: float, rmsprop: float, adam: float) -> Mapping[str, float]:
    return MappingProxyType({"sgd": sgd, "momentum": momentum, "rmsprop": rmsprop, "adam": adam})


#: By name.
SURFACES: Mapping[str, Surface] = MappingProxyType(
    {
        "bowl": Surface(
            "a bowl",
            _bowl,
            lambda p: np.array([2 * p[0], 3 * p[1]]),
            (-1.7, 1.5),
            (-2.2, 2.2, -2.2, 2.2),
            _rates(0.06, 0.02, 0.06, 0.12),
        ),
        "valley": Surface(
            "a bent valley",
            _valley,
            _valley_gradient,
            (-1.3, 1.0),
            (-1.8, 1.8, -1.0, 2.6),
            _rates(0.012, 0.004, 0.03, 0.08),
        ),
        "saddle": Surface(
            "a saddle",
            _saddle,
            lambda p: np.array([2 * p[0], -2 * p[1] + p[1] ** 3]),
            (-1.7, 0.02),
            (-2.2, 2.2, -2.2, 2.2),
            _rates(0.06, 0.02, 0.05, 0.08),
        ),
    }
)
