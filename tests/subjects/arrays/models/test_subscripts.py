"""Subscripts: what einsum makes of them, the products of each cell, and the loops."""

from __future__ import annotations

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.subscripts import example_arrays, read_subscripts

CASES = [
    ("i,ij->i", [(3,), (3, 4)]),
    ("ij,jk", [(2, 3), (3, 4)]),
    ("ij,jk->ki", [(2, 3), (3, 4)]),
    ("ii", [(3, 3)]),
    ("ii->i", [(3, 3)]),
    ("ba", [(2, 3)]),
    ("...ij,...jk->...ik", [(2, 2, 3), (2, 3, 4)]),
    ("...j,jk", [(2, 2, 3), (3, 4)]),
    ("i,j,k->kji", [(2,), (3,), (4,)]),
    ("ijk->", [(2, 3, 4)]),
    ("...i->...", [(4,)]),
    ("bij,bjk->bik", [(2, 2, 3), (2, 3, 2)]),
]


@pytest.mark.parametrize(("text", "shapes"), CASES)
def test_the_products_of_each_cell_sum_to_einsums(text, shapes):
    random = np.random.default_rng(0)
    arrays = [random.integers(-9, 9, shape) for shape in shapes]
    read = read_subscripts(text, shapes)
    expected = np.einsum(text, *arrays)
    assert read.shape == expected.shape
    factors = [array.ravel()[own] for array, own in zip(arrays, read.origins(shapes), strict=True)]
    np.testing.assert_array_equal(np.prod(factors, axis=0).sum(axis=-1), expected)


@pytest.mark.parametrize(("text", "shapes"), CASES)
def test_the_loops_compute_the_same(text, shapes):
    random = np.random.default_rng(1)
    arrays = {
        name: random.integers(-9, 9, shape) for name, shape in zip("xyz", shapes, strict=False)
    }
    read = read_subscripts(text, shapes)
    out = np.zeros(read.shape, dtype=int)
    lines = [line if read.result else line.replace("out", "out[()]")
             for line in read.loops(list(arrays))]  # fmt: skip
    exec("\n".join(lines), {"range": range, "out": out, **arrays})
    np.testing.assert_array_equal(out, np.einsum(text, *arrays.values()))


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("ij,jk", [(2, 3)]),
        ("ij,jk->im", [(2, 3), (3, 4)]),
        ("i", [(2, 3)]),
        ("i,i", [(2,), (3,)]),
        ("1j", [(2, 3)]),
        ("ij->ii", [(2, 3)]),
        ("...->i", [(2,)]),
        ("é", [(2,)]),
        ("i" * 100, [(2,)]),
    ],
)
def test_wrong_subscripts_are_a_line(text, shapes):
    with pytest.raises(UsageError, match="einsum"):
        read_subscripts(text, shapes)


def test_subscripts_without_arrays_have_an_example():
    arrays = example_arrays("ij,jk->ik")
    assert np.einsum("ij,jk->ik", *arrays.values()).shape == (2, 4)
