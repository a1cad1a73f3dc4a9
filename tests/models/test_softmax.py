import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mlanim.models.softmax import log_softmax, softmax

scores = arrays.arrays(
    float, arrays.array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e3, 1e3)
)


def test_the_published_step():
    assert softmax([13, 9, 9]).round(4).tolist() == [0.9647, 0.0177, 0.0177]


@given(scores)
def test_weights_are_not_negative_and_sum_to_one(values):
    weights = softmax(values)
    assert weights.shape == values.shape
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-12)


@given(scores, st.floats(-1e3, 1e3))
def test_adding_the_same_to_every_score_changes_nothing(values, shift):
    np.testing.assert_allclose(softmax(values + shift), softmax(values), atol=1e-9)


@given(scores)
def test_a_larger_score_never_gets_a_smaller_weight(values):
    row, weights = values.reshape(-1), softmax(values.reshape(-1))
    assert (np.diff(weights[np.argsort(row)]) >= 0).all()


@given(st.lists(st.tuples(st.floats(-50, 50), st.booleans()), min_size=1, max_size=8))
def test_a_mask_takes_words_away_and_leaves_the_rest_a_softmax(pairs):
    values = np.array([score for score, _ in pairs])
    mask = np.array([kept for _, kept in pairs])
    mask[0] = True
    weights = softmax(values, mask=mask)
    assert (weights[~mask] == 0).all()
    np.testing.assert_allclose(weights[mask], softmax(values[mask]), atol=1e-12)


def test_a_mask_that_leaves_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        softmax([1.0, 2.0], mask=[False, False])


@given(scores)
def test_log_softmax_is_the_logarithm(values):
    np.testing.assert_allclose(np.exp(log_softmax(values)), softmax(values), atol=1e-12)


def test_scores_too_large_for_exp_are_no_trouble():
    assert softmax([1000.0, 1000.0]).tolist() == [0.5, 0.5]
    assert log_softmax([0.0, 1000.0]).tolist() == [-1000.0, 0.0]
