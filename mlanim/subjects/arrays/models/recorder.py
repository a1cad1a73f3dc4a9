"""Running one operation: its operands and result are noted, and what NumPy refuses is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.arrays.models.limits import (
    MOST_DIMENSIONS,
    MOST_TOTAL,
    check_cells,
    check_integer,
    refusal,
)
from mlanim.subjects.arrays.models.operation import Failure, Operand, Operation

__all__ = ["Part", "Recorder", "RefusedError"]

_NUMPYS_WORD = (ArithmeticError, IndexError, MemoryError, TypeError, ValueError)
_LONGEST = 200


@dataclass(frozen=True)
class Part:
    """A part of an expression: how it is written, and where."""

    source: str
    span: tuple[int, int]


class RefusedError(Exception):
    """NumPy refuses an operation."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Recorder:
    """The operations of one evaluation, as they come."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self._cells = 0

    def operands(
        self, values: Sequence[Any], texts: Sequence[str], part: Part
    ) -> tuple[Operand, ...]:
        """Values as operands; lists become arrays, as NumPy takes them."""
        return tuple(
            Operand(text, self.listed(value, part))
            for value, text in zip(values, texts, strict=True)
        )

    def listed(self, value: Any, part: Part) -> NDArray:
        """A number or a nested list as an array of numbers."""
        if isinstance(value, np.ndarray):
            return value
        check_cells(_count(value), part.source)
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError) as error:
            raise self._refused(error, "array", part, ()) from None
        self._check(array, part)
        return array

    def run(
        self,
        compute: Callable[[], Any],
        name: str,
        part: Part,
        operands: tuple[Operand, ...],
        **about: Any,
    ) -> Any:
        """Compute and note an operation.

        Raises:
            RefusedError: NumPy does not do it.
            UsageError: the result is nothing that can be drawn.
        """
        try:
            result = compute()
        except _NUMPYS_WORD as error:
            raise self._refused(error, name, part, operands) from None
        if isinstance(result, int):
            check_integer(result, part.source)
        array = np.asarray(result)
        self._check(array, part)
        self._cells += array.size
        if self._cells > MOST_TOTAL:
            why = f"with it, {self._cells:,} cells have been made"
            raise refusal(part.source, why, f"at most {MOST_TOTAL:,}")
        # The result may be a view of what is given, and nothing here writes into either.
        done = Operation(name=name, source=part.source, span=part.span, operands=operands,
                         result=array, **about)  # fmt: skip
        self.operations.append(done)
        return result

    def quietly(self, compute: Callable[[], Any], part: Part) -> Any:
        """Compute what is told from a shape and is no operation on an array."""
        try:
            return compute()
        except _NUMPYS_WORD as error:
            raise self._refused(error, "", part, ()) from None

    def _check(self, array: NDArray, part: Part) -> None:
        check_cells(array.size, part.source)
        if array.dtype.kind not in "biuf":
            what = {"c": "complex numbers", "O": "Python objects", "U": "text"}
            told = what.get(array.dtype.kind, str(array.dtype))
            raise refusal(part.source, f"it gives {told}", "only real numbers are drawn")
        if array.ndim > MOST_DIMENSIONS:
            why = f"it has {array.ndim} dimensions"
            raise refusal(part.source, why, f"at most {MOST_DIMENSIONS} are drawn")

    def _refused(
        self, error: BaseException, name: str, part: Part, operands: tuple[Operand, ...]
    ) -> RefusedError:
        says = " ".join(str(error).split())[:_LONGEST]
        kind = type(error).__name__.lstrip("_")
        kind = "TypeError" if isinstance(error, TypeError) else kind
        return RefusedError(Failure(name, part.source, part.span, operands, kind, says))


def _count(value: Any) -> int:
    """Numbers in nested lists, some of which may be arrays."""
    if isinstance(value, list | tuple):
        return sum(map(_count, value))
    return int(np.size(value)) if isinstance(value, np.ndarray) else 1
