"""The operators of a graph of values: what each gives, and its slope along each of its inputs.

At a kink a slope has to be chosen: that of relu at 0 is 0, and max gives all of it to the first of
its greatest inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["FUNCTIONS", "OPERATORS", "Operator", "at_kink"]

Inputs = tuple[float, ...]


@dataclass(frozen=True)
class Operator:
    """sign: how it is drawn. value(inputs, exponent); slopes(inputs, value, exponent), one an
    input. Only "power" has an exponent, a number that is written in the expression."""

    sign: str
    value: Callable[[Inputs, float], float]
    slopes: Callable[[Inputs, float, float], Inputs]


def _sigmoid(x: float) -> float:
    """Without overflow on either side.

    >>> _sigmoid(0.0), _sigmoid(-1000.0)
    (0.5, 0.0)
    """
    small = math.exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


def _bell(x: float) -> float:
    """The slope of the sigmoid, true where it is nearly flat as well.

    >>> _bell(0.0), f"{_bell(40.0):.3e}"
    (0.25, '4.248e-18')
    """
    small = math.exp(-abs(x))
    return small / (1 + small) ** 2


def _first_of_greatest(inputs: Inputs) -> Inputs:
    first = inputs.index(max(inputs))
    return tuple(float(i == first) for i in range(len(inputs)))


def _power(x: Inputs, exponent: float) -> float:
    return float(math.pow(x[0], exponent))


def _power_slope(x: Inputs, out: float, exponent: float) -> Inputs:
    return (0.0 if exponent == 0 else exponent * math.pow(x[0], exponent - 1),)


def _raised_slopes(x: Inputs, out: float, _: float) -> Inputs:
    base, exponent = x
    return exponent * math.pow(base, exponent - 1), out * math.log(base)


_ALL = {
    "add": Operator("+", lambda x, _: sum(x), lambda x, out, _: (1.0,) * len(x)),
    "subtract": Operator("−", lambda x, _: x[0] - x[1], lambda x, out, _: (1.0, -1.0)),
    "negate": Operator("−", lambda x, _: -x[0], lambda x, out, _: (-1.0,)),
    "multiply": Operator("×", lambda x, _: x[0] * x[1], lambda x, out, _: (x[1], x[0])),
    "divide": Operator("÷", lambda x, _: x[0] / x[1], lambda x, out, _: (1 / x[1], -out / x[1])),
    "power": Operator("^", _power, _power_slope),
    "raise": Operator("^", lambda x, _: math.pow(x[0], x[1]), _raised_slopes),
    "tanh": Operator(
        "tanh", lambda x, _: math.tanh(x[0]), lambda x, out, _: (4 * _bell(2 * x[0]),)
    ),
    "relu": Operator("relu", lambda x, _: max(0.0, x[0]), lambda x, out, _: (float(x[0] > 0),)),
    "sigmoid": Operator("sigmoid", lambda x, _: _sigmoid(x[0]), lambda x, out, _: (_bell(x[0]),)),
    "exp": Operator("exp", lambda x, _: math.exp(x[0]), lambda x, out, _: (out,)),
    "log": Operator("log", lambda x, _: math.log(x[0]), lambda x, out, _: (1 / x[0],)),
    "max": Operator("max", lambda x, _: max(x), lambda x, out, _: _first_of_greatest(x)),
}

OPERATORS: Mapping[str, Operator] = MappingProxyType(_ALL)

#: Those that are written as functions, `tanh(x)`, or of one input behind it, `(x).tanh()`.
FUNCTIONS = ("tanh", "relu", "sigmoid", "exp", "log", "max")


def at_kink(operator: str, inputs: Inputs) -> bool:
    """Whether the slope had to be chosen here.

    >>> at_kink("relu", (0.0,)), at_kink("max", (1.0, 1.0)), at_kink("max", (1.0, 0.0))
    (True, True, False)
    """
    if operator == "relu":
        return inputs[0] == 0
    return operator == "max" and inputs.count(max(inputs)) > 1
