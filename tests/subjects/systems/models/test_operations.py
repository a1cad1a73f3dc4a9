"""Each operation of the programs against plain loops or NumPy, alone and for many memories."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.operations import OPERATIONS, WIDTH, operation_named
from mlanim.subjects.systems.models.program import instruction, written

REFERENCE = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: np.float64(a) / b,
    "abs": lambda a: abs(a),
    "reciprocal": lambda a: np.float64(1) / a,
    "sin": math.sin,
    "cos": math.cos,
    "arctan": math.atan,
    "exp": math.exp,
    "log": lambda a: math.log(a) if a > 0 else (-math.inf if a == 0 else math.nan),
    "heaviside": lambda a: 1.0 if a > 0 else 0.0,
    "minimum": min,
    "maximum": max,
    "vector scale": lambda a, v: [a * x for x in v],
    "vector broadcast": lambda a: [a] * WIDTH,
    "vector add": lambda v, w: [x + y for x, y in zip(v, w, strict=True)],
    "vector subtract": lambda v, w: [x - y for x, y in zip(v, w, strict=True)],
    "vector multiply": lambda v, w: [x * y for x, y in zip(v, w, strict=True)],
    "vector divide": lambda v, w: [x / y for x, y in zip(v, w, strict=True)],
    "dot": lambda v, w: math.fsum(x * y for x, y in zip(v, w, strict=True)),
    "vector norm": lambda v: math.hypot(*v),
    "outer": lambda v, w: np.outer(v, w),
    "matrix scale": lambda a, m: [[a * x for x in row] for row in m],
    "matrix add": lambda m, n: np.add(m, n),
    "matrix subtract": lambda m, n: np.subtract(m, n),
    "matrix multiply": lambda m, n: np.multiply(m, n),
    "transpose": lambda m: [list(column) for column in zip(*m, strict=True)],
    "matrix vector": lambda m, v: np.einsum("ij,j->i", m, v),
    "matrix product": lambda m, n: np.einsum("ij,jk->ik", m, n),
    "matrix norm": lambda m: math.hypot(*np.ravel(m)),
}
SHAPES = {"s": (), "v": (WIDTH,), "m": (WIDTH, WIDTH)}


def test_every_operation_has_a_reference():
    assert {operation.name for operation in OPERATIONS} == {"constant", *REFERENCE}
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS[1:], ids=lambda operation: operation.name)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_an_operation_is_its_formula(operation, seed):
    rng = np.random.default_rng(seed)
    many = [rng.normal(size=(5, *SHAPES[kind])) for kind in operation.takes]
    with np.errstate(all="ignore"):
        made = operation.compute(many[0], many[-1] if len(many) > 1 else many[0])
        assert made.shape == (5, *SHAPES[operation.gives])
        for i in range(5):
            wanted = REFERENCE[operation.name](*(array[i] for array in many))
            np.testing.assert_allclose(made[i], wanted, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("operation", OPERATIONS[1:], ids=lambda operation: operation.name)
def test_a_memory_shared_by_all_examples_is_spread(operation):
    rng = np.random.default_rng(3)
    shared = [rng.normal(size=(2, 1, *SHAPES[kind])) for kind in operation.takes]
    one = [np.repeat(array, 3, axis=1) for array in shared]
    with np.errstate(all="ignore"):
        some = operation.compute(one[0], shared[-1])
        whole = operation.compute(one[0], one[-1])
    np.testing.assert_allclose(some, whole, rtol=1e-12)


def test_lines_read_as_code():
    assert written(instruction("s3", "constant", constant=0.25)) == "s3 = 0.25"
    assert written(instruction("v2", "vector scale", "s0", "v0")) == "v2 = s0 * v0"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("s1", "dott", "v0", "v1"), "did you mean 'dot'"),
        (("s1", "dot", "v0", "v9"), "no place"),
        (("v1", "dot", "v0", "v1"), "it takes 'vv' to 's'"),
    ],
)
def test_what_cannot_be_written_is_refused(words, told):
    with pytest.raises(UsageError, match=told):
        instruction(*words)
    assert OPERATIONS[operation_named("outer")].gives == "m"
