"""Where cells came from: proven by values that differ, one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.operation import Operation
from mlanim.subjects.arrays.models.provenance import origins
from tests.subjects.arrays.random_expressions import ARRAYS, expressions

REDUCED = {"sum": np.sum, "mean": np.mean, "max": np.max, "min": np.min, "prod": np.prod,
           "std": np.std, "any": np.any, "argmax": np.argmax, "median": np.median,
           "ptp": np.ptp}  # fmt: skip


def cells(operation: Operation, k: int, place: int) -> np.ndarray:
    """The values of operand k that a cell of the result came from."""
    own = origins(operation)[k].reshape(operation.result.size, -1)[place]
    return operation.operands[k].values.ravel()[own[own >= 0]]


@settings(max_examples=150, deadline=None)
@given(expressions)
@example("np.dot(b >= b, b >= b)")
def test_a_result_is_made_of_the_cells_that_it_is_said_to_come_from(text):
    try:
        operations = evaluate(text, ARRAYS).operations
    except UsageError:
        return
    for operation in operations:
        if operation.result.size > 200 or not _is_plain(operation):
            continue
        for place, value in enumerate(operation.result.ravel()):
            _proven(operation, place, value)


def _is_plain(operation: Operation) -> bool:
    """Whether sums are the same in every order: no overflow, nothing that is not finite."""
    arrays = [operation.result, *(operand.values for operand in operation.operands)]
    moved = operation.kind not in ("reduction", "scan", "product")
    return moved or all((np.abs(array.astype(float)) < 1e12).all() for array in arrays)


def _proven(operation: Operation, place: int, value: float) -> None:
    """Compute the cell anew from the cells alone."""
    kind, count = operation.kind, len(operation.operands)
    with np.errstate(all="ignore"):
        parts = [cells(operation, k, place) for k in range(count)]
        if kind in ("index", "join") or (kind == "arrange" and operation.name != "argsort"):
            came = np.concatenate(parts)
            assert len(came) == 1 and _same(came[0], value), operation.source
        elif kind == "reduction":
            assert _close(REDUCED[operation.name](parts[0]), value), operation.source
        elif kind == "product":
            total = np.sum(math.prod(part.astype(float) for part in parts))
            if isinstance(value, np.bool_):  # of truths, NumPy asks whether any product is true
                total = total != 0
            assert _close(total, value), operation.source
        elif kind == "scan":
            # NumPy's difference of two booleans is whether they differ.
            apart = np.subtract if parts[0].dtype.kind != "b" else np.not_equal
            total = (
                np.sum(parts[0]) if operation.name == "cumsum" else apart(parts[0][1], parts[0][0])
            )
            assert _close(total, value), operation.source
        elif kind == "choose":
            came = np.concatenate(parts[1:])
            assert len(came) == 1 and _same(came[0], value)
        elif kind == "elementwise":
            assert all(len(part) == 1 for part in parts)


def _close(one: float, other: float) -> bool:
    return math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-6)


def _same(one: float, other: float) -> bool:
    return bool(np.isclose(float(one), float(other), rtol=1e-12, equal_nan=True)) or one == other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.T", [[0], [3], [1], [4], [2], [5]]),
        ("a[:, 1]", [[1], [4]]),
        ("a.sum(axis=1)", [[0, 1, 2], [3, 4, 5]]),
        ("np.cumsum(b)", [[0, -1, -1], [0, 1, -1], [0, 1, 2]]),
        ("np.diff(b)", [[0, 1], [1, 2]]),
        ("np.sort(b)", [[1], [2], [0]]),
        ("np.diag(b)", [[0], [-1], [-1], [-1], [1], [-1], [-1], [-1], [2]]),
    ],
)
def test_numbers_of_cells(text, expected):
    operation = evaluate(text, ARRAYS).operations[-1]
    assert origins(operation)[0].reshape(operation.result.size, -1).tolist() == expected


def test_joined_cells_know_which_array_they_are_of():
    operation = evaluate("np.concatenate([b, 2 * b])", ARRAYS).operations[-1]
    first, second = (own.ravel().tolist() for own in origins(operation))
    assert first == [0, 1, 2, -1, -1, -1] and second == [-1, -1, -1, 0, 1, 2]
