import numpy as np
import pytest

from mlanim.models.attention import AdditiveScore, GeneralScore, attend, weighted_sum
from mlanim.models.softmax import softmax

RANDOM = np.random.default_rng(0)
STATES = RANDOM.normal(size=(3, 4))
QUERY = RANDOM.normal(size=4)


def test_the_published_step_scores_weights_and_sum():
    weights, context = attend([13, 9, 9], STATES)
    assert weights.round(4).tolist() == [0.9647, 0.0177, 0.0177]
    by_hand = 0.9647 * STATES[0] + 0.0177 * STATES[1] + 0.0177 * STATES[2]
    np.testing.assert_allclose(context, by_hand, atol=2e-4)


def test_a_masked_state_leaves_no_mark_on_the_context():
    changed = STATES.copy()
    changed[2] = 1e6
    _, context = attend([1.0, 2.0, 3.0], STATES, mask=[True, True, False])
    _, same = attend([1.0, 2.0, 3.0], changed, mask=[True, True, False])
    np.testing.assert_array_equal(context, same)


def test_bahdanau_is_a_small_network_on_query_and_key():
    query, key, energy = RANDOM.normal(size=(5, 4)), RANDOM.normal(size=(5, 4)), np.arange(5.0)
    scores = AdditiveScore(query, key, energy)(QUERY, STATES)
    for score, state in zip(scores, STATES, strict=True):
        assert score == pytest.approx(energy @ np.tanh(query @ QUERY + key @ state))


def test_luong_is_a_bilinear_form_and_the_dot_product_for_the_identity():
    matrix = RANDOM.normal(size=(4, 4))
    scores = GeneralScore(matrix)(QUERY, STATES)
    np.testing.assert_allclose(scores, [QUERY @ matrix @ state for state in STATES])
    np.testing.assert_allclose(GeneralScore(np.eye(4))(QUERY, STATES), STATES @ QUERY)


def test_the_order_of_the_words_does_not_matter_to_the_context():
    scores = RANDOM.normal(size=3)
    order = [2, 0, 1]
    np.testing.assert_allclose(
        attend(scores, STATES)[1], attend(scores[order], STATES[order])[1], atol=1e-12
    )


def test_a_weighted_sum_lies_between_the_states():
    context = weighted_sum(softmax([0.3, 2.0, -1.0]), STATES)
    assert (context >= STATES.min(axis=0)).all()
    assert (context <= STATES.max(axis=0)).all()
