"""Results that do not fit their type: NumPy's integers begin again at the other end, unsaid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlanim.subjects.arrays.models.limits import refusal

__all__ = ["check_fits"]

_POWERS = ("**", "power", "square")
_CELLWISE = (*_POWERS, "+", "-", "*", "add", "subtract", "multiply")
_SUMMED = ("sum", "prod", "cumsum", "cumprod", "diff", "@", "dot", "matmul", "inner", "outer")
_GROWING = frozenset((*_CELLWISE, *_SUMMED, "vdot", "einsum"))


def check_fits(
    name: str, compute: Callable[..., Any], values: Sequence[Any], result: Any, part: str
) -> None:
    """Refuse integers that went round the end of 64 bits, and powers that became infinite.

    `compute` on `values` gave `result`; of integers it is computed once more in floats, which are
    less exact and reach further.

    >>> check_fits("**", np.power, [np.array([10]), 18], np.array([10**18]), "a ** 18")
    >>> a = np.array([10])
    >>> check_fits("**", np.power, [a, 19], a**19, "a ** 19")
    Traceback (most recent call last):
    mlanim.errors.UsageError: in the expression, `a ** 19`: its integers have more than 64 bits, \
which NumPy cuts off unsaid: write floats: a.astype(float)
    """
    kind = np.asarray(result).dtype.kind
    if name not in _GROWING or kind not in "iuf":
        return
    if kind == "f":
        _check_power(name, values, result, part)
        return
    if np.asarray(result).dtype.itemsize < 8:
        return  # of a narrow type the reader chose the end
    floats = compute(*(np.asarray(value, dtype=float) for value in values))
    # What went round is off by a multiple of 2**64; rounding floats are by far less.
    if np.any(np.abs(np.asarray(floats) - np.asarray(result, dtype=float)) > 2.0**62):
        why = "its integers have more than 64 bits, which NumPy cuts off unsaid"
        raise refusal(part, why, "write floats: a.astype(float)")


def _check_power(name: str, values: Sequence[Any], result: Any, part: str) -> None:
    finite = all(np.isfinite(np.asarray(value, dtype=float)).all() for value in values)
    # A zero to a negative power is infinite too, and no large number.
    if name in _POWERS and finite and np.isinf(result).any() and np.all(values[0]):
        raise refusal(part, "it is larger than any float", "at most 1.8e308")
