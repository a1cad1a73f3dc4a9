"""Operations on scalars, vectors and matrices: those of AutoML-Zero without its random draws.

Real, Liang, So and Le 2020, supplement. Each works on many memories at once: a scalar is an array
(...), a vector (..., n), a matrix (..., n, n), the leading axes being examples, tasks or both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean

__all__ = ["OPERATIONS", "WIDTH", "Kind", "Operation", "operation_named"]

Kind = Literal["s", "v", "m"]
#: The width of every vector: how many features an example has.
WIDTH = 4


@dataclass(frozen=True)
class Operation:
    """takes: the kinds of its one or two inputs, none for a constant. gives: its result's kind.

    written: how a line reads, with {0} and {1} for the inputs. compute: of two arrays; one that
    is not taken is not looked at.
    """

    name: str
    takes: str
    gives: Kind
    written: str
    compute: Callable[[NDArray, NDArray], NDArray]


def _scaled_vector(a: NDArray, b: NDArray) -> NDArray:
    return a[..., np.newaxis] * b


def _scaled_matrix(a: NDArray, b: NDArray) -> NDArray:
    return a[..., np.newaxis, np.newaxis] * b


def _step(a: NDArray, _: NDArray) -> NDArray:
    return np.greater(a, 0).astype(float)


def _outer(a: NDArray, b: NDArray) -> NDArray:
    return a[..., :, np.newaxis] * b[..., np.newaxis, :]


def _matrix_vector(a: NDArray, b: NDArray) -> NDArray:
    return (a @ b[..., np.newaxis])[..., 0]


def _spread_out(a: NDArray, _: NDArray) -> NDArray:
    return np.repeat(a[..., np.newaxis], WIDTH, axis=-1)


OPERATIONS: tuple[Operation, ...] = (
    Operation("constant", "", "s", "{c}", lambda a, b: a),
    Operation("add", "ss", "s", "{0} + {1}", lambda a, b: a + b),
    Operation("subtract", "ss", "s", "{0} - {1}", lambda a, b: a - b),
    Operation("multiply", "ss", "s", "{0} * {1}", lambda a, b: a * b),
    Operation("divide", "ss", "s", "{0} / {1}", lambda a, b: a / b),
    Operation("abs", "s", "s", "abs({0})", lambda a, _: np.abs(a)),
    Operation("reciprocal", "s", "s", "1 / {0}", lambda a, _: 1 / a),
    Operation("sin", "s", "s", "sin({0})", lambda a, _: np.sin(a)),
    Operation("cos", "s", "s", "cos({0})", lambda a, _: np.cos(a)),
    Operation("arctan", "s", "s", "arctan({0})", lambda a, _: np.arctan(a)),
    Operation("exp", "s", "s", "exp({0})", lambda a, _: np.exp(a)),
    Operation("log", "s", "s", "log({0})", lambda a, _: np.log(a)),
    Operation("heaviside", "s", "s", "heaviside({0})", _step),
    Operation("minimum", "ss", "s", "min({0}, {1})", lambda a, b: np.minimum(a, b)),
    Operation("maximum", "ss", "s", "max({0}, {1})", lambda a, b: np.maximum(a, b)),
    Operation("vector scale", "sv", "v", "{0} * {1}", _scaled_vector),
    Operation("vector broadcast", "s", "v", "bcast({0})", _spread_out),
    Operation("vector add", "vv", "v", "{0} + {1}", lambda a, b: a + b),
    Operation("vector subtract", "vv", "v", "{0} - {1}", lambda a, b: a - b),
    Operation("vector multiply", "vv", "v", "{0} * {1}", lambda a, b: a * b),
    Operation("vector divide", "vv", "v", "{0} / {1}", lambda a, b: a / b),
    Operation("dot", "vv", "s", "dot({0}, {1})", lambda a, b: np.vecdot(a, b)),
    Operation("vector norm", "v", "s", "norm({0})", lambda a, _: np.sqrt(np.vecdot(a, a))),
    Operation("outer", "vv", "m", "outer({0}, {1})", _outer),
    Operation("matrix scale", "sm", "m", "{0} * {1}", _scaled_matrix),
    Operation("matrix add", "mm", "m", "{0} + {1}", lambda a, b: a + b),
    Operation("matrix subtract", "mm", "m", "{0} - {1}", lambda a, b: a - b),
    Operation("matrix multiply", "mm", "m", "{0} * {1}", lambda a, b: a * b),
    Operation("transpose", "m", "m", "transpose({0})", lambda a, _: np.swapaxes(a, -1, -2)),
    Operation("matrix vector", "mv", "v", "dot({0}, {1})", _matrix_vector),
    Operation("matrix product", "mm", "m", "matmul({0}, {1})", lambda a, b: a @ b),
    Operation(
        "matrix norm", "m", "s", "norm({0})", lambda a, _: np.sqrt((a * a).sum(axis=(-1, -2)))
    ),
)

_PLACES = {operation.name: i for i, operation in enumerate(OPERATIONS)}


def operation_named(name: str) -> int:
    """The place of an operation in OPERATIONS; UsageError with the nearest name for another.

    >>> OPERATIONS[operation_named("dot")].written
    'dot({0}, {1})'
    """
    if name not in _PLACES:
        raise UsageError(f"unknown operation {name!r}", did_you_mean(name, _PLACES))
    return _PLACES[name]
