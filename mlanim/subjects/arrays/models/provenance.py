"""Where each cell of a result came from: the operation on cell numbers, or index arithmetic."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.arrays.models.operation import Operation
from mlanim.subjects.arrays.models.subscripts import read_subscripts

__all__ = ["origins"]

Numbers = NDArray[np.int64]


def origins(operation: Operation) -> tuple[Numbers, ...]:
    """For each operand the numbers of the cells that each cell of the result came from.

    A cell's number is its place in C order. The arrays have the shape (*result.shape, cells);
    -1 stands where there is no cell: the zeros of `diag`, the beginning of a running sum.

    >>> from mlanim.subjects.arrays.models.evaluation import evaluate
    >>> found = evaluate("a.sum(axis=0)", {"a": np.arange(6).reshape(2, 3)})
    >>> origins(found.operations[0])[0].tolist()
    [[0, 3], [1, 4], [2, 5]]
    """
    shapes = [operand.values.shape for operand in operation.operands]
    numbers = [_numbered(shape) for shape in shapes]
    shape = operation.result.shape
    match operation.kind:
        case "create":
            return tuple(np.full((*shape, 1), -1) for _ in numbers)
        case "elementwise" | "choose":
            found = [np.broadcast_to(one, shape)[..., None] for one in numbers]
            return _chosen(operation, found) if operation.kind == "choose" else tuple(found)
        case "reduction":
            return (_lanes(numbers[0], operation.axes).reshape((*shape, -1)),)
        case "scan":
            return (_scanned(numbers[0], operation),)
        case "product":
            if operation.name in ("outer", "vdot"):
                shapes = [(one.size,) for one in numbers]
            return read_subscripts(operation.subscripts, shapes).origins(shapes)
    assert operation.again is not None
    return _again(operation, numbers)


def _numbered(shape: tuple[int, ...]) -> Numbers:
    return np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape)


def _chosen(operation: Operation, found: list[Numbers]) -> tuple[Numbers, ...]:
    """Of `where`: the condition's cell, and that of the one of the two that was taken."""
    first = operation.operands[0].values
    condition = np.broadcast_to(first.astype(bool), operation.result.shape)[..., None]
    return found[0], np.where(condition, found[1], -1), np.where(condition, -1, found[2])


def _lanes(numbers: Numbers, axes: tuple[int, ...]) -> Numbers:
    """The axes that are run along come last, and as one."""
    kept = [axis for axis in range(numbers.ndim) if axis not in axes]
    length = int(np.prod([numbers.shape[axis] for axis in axes]))
    moved = numbers.transpose([*kept, *sorted(axes)])
    return moved.reshape((*(numbers.shape[axis] for axis in kept), length))


def _scanned(numbers: Numbers, operation: Operation) -> Numbers:
    """The cells up to each one along an axis, or the window that it looks back at."""
    if operation.result.ndim != numbers.ndim or len(operation.axes) > 1:  # of all cells as one row
        numbers, axis = numbers.reshape(-1), 0
    else:
        axis = operation.axes[0] if operation.axes else 0
    if numbers.ndim == 0:
        numbers = numbers.reshape(1)
    lanes = np.moveaxis(numbers, axis, -1)
    count = lanes.shape[-1]
    ends = np.arange(operation.result.shape[axis] if operation.result.ndim else 1)
    places = np.arange(operation.window or count)
    at = ends[:, None] + places if operation.window else np.where(
        places <= ends[:, None], places, -1
    )  # fmt: skip
    picked = np.where(at >= 0, lanes[..., at], -1)
    return np.moveaxis(picked, -2, axis) if numbers.ndim > 1 else picked


def _again(operation: Operation, numbers: list[Numbers]) -> tuple[Numbers, ...]:
    """Run the operation on numbers from 1 on, which differ from one operand to the next."""
    assert operation.again is not None
    starts = np.cumsum([1, *(one.size for one in numbers)])
    moved = np.asarray(
        operation.again(*(one + start for one, start in zip(numbers, starts[:-1], strict=True)))
    )
    moved = moved.reshape(operation.result.shape)[..., None]
    return tuple(
        np.where((moved >= start) & (moved < end), moved - start, -1)
        for start, end in pairwise(starts)
    )
