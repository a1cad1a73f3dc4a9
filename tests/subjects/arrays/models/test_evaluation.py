"""An expression's value is NumPy's own, and so is every operation on the way."""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.arrays.models.evaluation import evaluate
from tests.subjects.arrays.hostile_expressions import HOSTILE
from tests.subjects.arrays.random_expressions import ARRAYS, NAMESPACE, expressions

NUMPYS = (ArithmeticError, IndexError, TypeError, ValueError)


def judged(text: str) -> Any:
    """What Python and NumPy make of a text, or the error that they raise."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return eval(text, dict(NAMESPACE))
        except NUMPYS as error:
            return error


@settings(max_examples=300, deadline=None)
@given(expressions)
def test_the_value_is_numpys(text):
    try:
        found = evaluate(text, ARRAYS)
    except UsageError as error:
        # Only what is too large or too deep for a picture, or no numbers, is not drawn.
        told = ("at most", "too deep", "only an array", "drawn", "64 bits")
        assert any(word in str(error) for word in told), error
        return
    expected = judged(text)  # after it: what is too large for us could fill the memory
    if isinstance(expected, Exception):
        assert (
            found.failure is not None
            and found.failure.says == " ".join(str(expected).split())[:200]
        )
        return
    assert found.failure is None, found.failure
    np.testing.assert_array_equal(found.value, np.asarray(expected))
    assert found.value.dtype == np.asarray(expected).dtype
    for operation in found.operations:
        np.testing.assert_array_equal(operation.result, np.asarray(judged(operation.source)))
        start, end = operation.span
        assert found.text[start:end] == operation.source


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_is_refused_in_a_line_and_at_once(text):
    started = time.monotonic()
    with pytest.raises(UsageError) as caught:
        found = evaluate(text, ARRAYS)
        if found.failure:
            raise UsageError(str(found.failure))
    assert len(str(caught.value).splitlines()) == 1 and len(str(caught.value)) < 400
    assert time.monotonic() - started < 5  # under a second where nothing else runs


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text("ab()[]+-*/.,:'np0123 ", max_size=30))
def test_any_text_is_a_value_or_a_line(text):
    try:
        evaluate(text, ARRAYS)
    except UsageError as error:
        assert len(str(error).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("(a - a.mean(axis=0)) / a.std(axis=0)", "reduction elementwise reduction elementwise"),
        ("a[a > 2]", "elementwise index"),
        ("np.where(a > 2, a, 0)", "elementwise choose"),
        ("a @ m", "product"),
        ("a.reshape(3, 2).T", "arrange arrange"),
        ("np.vstack([b, b])", "join"),
        ("np.zeros(3) + b.cumsum()", "create scan elementwise"),
    ],
)
def test_operations_come_in_pythons_order(text, kinds):
    assert " ".join(one.kind for one in evaluate(text, ARRAYS).operations) == kinds


@pytest.mark.parametrize(
    ("text", "arrays", "value"),
    [
        (
            "a.dot(b)",
            {"a": [1, 2, 3], "b": [[1, 10], [100, 1000], [10000, 100000]]},
            [30201, 302010],
        ),
        ("einsum('i,ij->i', a, arange(12).reshape(3, 4))", {"a": [0, 1, 2]}, [0, 22, 76]),
        (
            "1 / n * sum(square(predictions - labels))",
            {"n": 3, "predictions": [1, 1, 1], "labels": [1, 2, 3]},
            5 / 3,
        ),
    ],
)
def test_published_values(text, arrays, value):
    found = evaluate(text, {name: np.array(given) for name, given in arrays.items()})
    np.testing.assert_allclose(found.value, value, rtol=1e-15)


def test_what_is_given_is_not_written_into():
    before = {name: array.copy() for name, array in ARRAYS.items()}
    evaluate("np.sort(a.T)[0] + b.cumsum()[:2]", ARRAYS)
    assert all((ARRAYS[name] == array).all() for name, array in before.items())


def test_a_name_that_was_not_given_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'data'"):
        evaluate("dta + 1", {"data": np.ones(2)})
    with pytest.raises(UsageError, match="--set q="):
        evaluate("q + 1", {})
