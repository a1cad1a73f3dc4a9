"""How numbers are printed: true to their digits, short, and all in one manner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.subjects.arrays.models.printed import printed


def value_of(text: str) -> float:
    return {"True": 1.0, "False": 0.0}.get(text) or float(
        text.replace("−", "-").replace("False", "0")
    )


@given(arrays(np.float64, 3, elements=st.floats(-1e12, 1e12, allow_subnormal=False)))
def test_a_printed_number_is_its_value_rounded(values):
    for text, value in zip(printed(values), values, strict=True):
        assert len(text) <= 10
        assert abs(value_of(text) - value) <= max(0.0051, 0.0051 * abs(value))


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1, 20, -3], ["1", "20", "−3"]),
        ([0.25, 1.0], ["0.25", "1.00"]),
        ([0.5, 1.0], ["0.5", "1.0"]),
        ([302010, 12345678], ["302010", "1.23e7"]),
        ([0.0001, 5.0], ["1e−4", "5"]),
        ([-0.0, 1.0], ["0.0", "1.0"]),
        ([True, False], ["True", "False"]),
        ([np.nan, 1.5], ["nan", "1.5"]),
    ],
)
def test_manners(values, texts):
    assert printed(np.array(values)) == texts
