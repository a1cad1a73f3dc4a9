"""What an evaluated expression leaves: its operations in Python's order, each with its arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Evaluation", "Failure", "Kind", "Operand", "Operation"]

#: create     an array from nothing but numbers         zeros(3)
#: elementwise  one cell of each operand to one cell     a + b, where shapes may be stretched
#: choose     as elementwise, but a condition chooses    where(c, a, b)
#: reduction  the cells along axes to one cell           a.sum(axis=0)
#: scan       the cells along an axis, up to this one    cumsum(a)
#: index      cells picked out                           a[a > 2]
#: arrange    the same cells in another order or shape   a.reshape(2, 3)
#: join       the cells of several arrays in one         stack([a, b])
#: product    row meets column                           a @ b
Kind = Literal[
    "create",
    "elementwise",
    "choose",
    "reduction",
    "scan",
    "index",
    "arrange",
    "join",
    "product",
]


@dataclass(frozen=True, eq=False)
class Operand:
    """An array that goes into an operation, and how the expression writes it."""

    text: str
    values: NDArray

    @property
    def plain(self) -> bool:
        """Whether it is a number that stands in the expression as it is."""
        return self.values.ndim == 0 and not any(c.isalpha() for c in self.text.lower())


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of an expression.

    Attributes:
        name: the sign or the function: "+", "mean", "[]", "T".
        source, span: how the expression writes it, and where (from, to).
        axes: those that a reduction or a scan runs along.
        window: of a scan, how many cells it looks back at, itself included; 0 is all of them.
        subscripts: a product as einsum writes it.
        again: the same operation on other arrays of the operands' shapes, such as cell numbers;
            for index, arrange and join.
    """

    kind: Kind
    name: str
    source: str
    span: tuple[int, int]
    operands: tuple[Operand, ...]
    result: NDArray
    axes: tuple[int, ...] = ()
    window: int = 0
    subscripts: str = ""
    again: Callable[..., Any] | None = None

    @property
    def stretches(self) -> bool:
        """Whether an operand's cells are used more than once because its shape is smaller."""
        return self.kind in ("elementwise", "choose") and any(
            operand.values.shape != self.result.shape for operand in self.operands
        )


@dataclass(frozen=True, eq=False)
class Failure:
    """An operation that NumPy refuses: its operands, and what NumPy says."""

    name: str
    source: str
    span: tuple[int, int]
    operands: tuple[Operand, ...]
    error: str
    says: str

    def __str__(self) -> str:
        return f"{self.error}: {self.says}"


@dataclass(frozen=True, eq=False)
class Evaluation:
    """An expression with its operations in the order in which Python evaluates them.

    `result` is None where `failure` tells why there is none.
    """

    text: str
    operations: tuple[Operation, ...]
    result: Any
    failure: Failure | None = None

    @property
    def value(self) -> NDArray:
        """The result as an array; a number has the shape ()."""
        return np.asarray(self.result)
