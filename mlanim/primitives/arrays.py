"""What a primitive accepts, finite numbers of a rank, weights, words, and keeps unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Self, TypeVar

import numpy as np

from mlanim.errors import UsageError, did_you_mean

__all__ = ["Kept", "finite_array", "frozen", "one_of", "weight_array"]

Thing = TypeVar("Thing")

_SUM_TOLERANCE = 1e-3
_RANK_NAMES = {1: "vector (n,)", 2: "matrix (rows, columns)", 3: "stack (layers, rows, columns)"}


class Kept(Generic[Thing]):
    """What copies of a mobject share: it never changes.

    >>> from copy import deepcopy
    >>> log = Kept([1, 2])
    >>> deepcopy(log).thing is log.thing
    True
    """

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __deepcopy__(self, memo: object) -> Self:
        return self


def one_of(name: str, given: str, allowed: Sequence[str]) -> None:
    """Refuse a word that is not among those allowed."""
    if given not in allowed:
        raise UsageError(f"{name}={given!r} is unknown", did_you_mean(str(given), allowed))


def frozen(values: np.ndarray) -> np.ndarray:
    """A view that nobody can write to."""
    view = values.view()
    view.flags.writeable = False
    return view


def finite_array(values: Any, what: str, ranks: tuple[int, ...]) -> np.ndarray:
    """A float copy of `values`, checked: not empty, of an allowed rank, without NaN or infinity.

    >>> finite_array([1, 2], "TensorBox", (1, 2)).shape
    (2,)
    """
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError) as reason:
        raise UsageError(
            f"{what} cannot read {type(values).__name__} as numbers",
            "give an array of numbers in which all rows have the same length",
        ) from reason
    if array.ndim not in ranks or array.size == 0:
        allowed = " or ".join(_RANK_NAMES[rank] for rank in ranks)
        raise UsageError(
            f"{what} was given an array of shape {array.shape}", f"it draws a {allowed}, not empty"
        )
    if not np.isfinite(array).all():
        where = tuple(int(index) for index in np.argwhere(~np.isfinite(array))[0])
        raise UsageError(
            f"{what} was given {array[where]} at index {where}",
            "every value must be a finite number",
            "look at the computation that made it",
        )
    return array


def weight_array(
    weights: Any, what: str, ranks: tuple[int, ...], *, normalised: bool = True
) -> np.ndarray:
    """Like `finite_array`, for weights from 0 to 1 whose rows sum to 1 (if `normalised`)."""
    array = finite_array(weights, what, ranks)
    # Rounding (float16 weights, say) may step over the edges by a hair.
    outside = (array < -_SUM_TOLERANCE) | (array > 1 + _SUM_TOLERANCE)
    if outside.any():
        where = tuple(int(index) for index in np.argwhere(outside)[0])
        raise UsageError(
            f"{what} was given the weight {array[where]:g} at index {where}",
            "weights lie between 0 and 1",
            "apply a softmax to the scores first",
        )
    sums = array.sum(axis=-1)
    if normalised and (np.abs(sums - 1) > _SUM_TOLERANCE).any():
        row = int(np.argmax(np.abs(np.atleast_1d(sums) - 1)))
        raise UsageError(
            f"{what} was given weights that sum to {np.atleast_1d(sums)[row]:.4g} in row {row}",
            "each row must sum to 1",
            "apply a softmax to the scores first",
        )
    return array
