"""The verbs of attention leave what they promise, with the values that were computed."""

import numpy as np
import pytest
from manim import DOWN, RIGHT

from mlanim.errors import UsageError
from mlanim.motion import attend, concat, reveal_row, score, softmax, weighted_sum
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Number

STATES = np.array([[1.0, -2.0], [0.5, 0.0], [3.0, 1.0]])
WEIGHTS = np.array([0.9, 0.02, 0.08])


@pytest.fixture
def boxes():
    return [TensorBox(v, limit=3).shift(i * RIGHT) for i, v in enumerate(STATES)]


@pytest.fixture
def numbers():
    return [Number(v, decimals=0).shift(i * RIGHT + DOWN) for i, v in enumerate((13, 9, 9))]


def test_score_leaves_a_number_for_each_state_and_no_query_twice(stage, boxes, numbers):
    query = TensorBox([1.0, 1.0]).shift(4 * RIGHT)
    stage.add(*boxes, query)
    stage.play(score(boxes, query, numbers))
    assert stage.mobjects == [*boxes, query, *numbers]


def test_score_wants_a_number_for_each_state(boxes, numbers):
    with pytest.raises(UsageError, match="3 states and 2 scores"):
        score(boxes, boxes[0], numbers[:2])


def test_softmax_keeps_the_scores_and_ends_at_the_weights(stage, numbers):
    bars = SoftmaxBars(WEIGHTS)
    stage.add(*numbers)
    stage.play(softmax(numbers, bars))
    assert stage.mobjects == [*numbers, bars]
    assert bars.weights.tolist() == WEIGHTS.tolist()
    assert [number.text for number in bars.numbers] == ["0.90", "0.02", "0.08"]


def test_softmax_moves_bars_that_are_there_to_the_next_weights(stage, numbers):
    bars = SoftmaxBars(WEIGHTS)
    stage.add(bars)
    stage.play(softmax(numbers, bars, WEIGHTS[::-1]))
    assert bars.weights.tolist() == WEIGHTS[::-1].tolist()


def test_every_frame_of_softmax_sums_to_one(stage, numbers):
    bars, sums = SoftmaxBars(WEIGHTS), []
    verb = softmax(numbers, bars)
    verb._setup_scene(stage)
    verb.begin()
    for share in np.linspace(0, 1, 12):
        verb.interpolate(share)
        sums.append(bars.weights.sum())
    assert np.allclose(sums, 1)


def test_weighted_sum_leaves_only_the_context_with_its_very_values(stage, boxes):
    values = WEIGHTS @ STATES
    context = TensorBox(values, role="context", limit=3).shift(3 * DOWN)
    stage.add(*boxes)
    stage.play(weighted_sum(boxes, WEIGHTS, context))
    assert stage.mobjects == [*boxes, context]
    assert context.values.tolist() == values.tolist()
    assert np.array([box.values for box in boxes]).tolist() == STATES.tolist()


def test_weighted_sum_fades_copies_to_the_true_products(stage, boxes):
    context = TensorBox(WEIGHTS @ STATES, limit=3).shift(3 * DOWN)
    verb = weighted_sum(boxes, WEIGHTS, context)
    stage.add(*boxes)
    verb._setup_scene(stage)
    verb.begin()
    verb.interpolate(0.95 / verb.run_time)
    copies = [m for m in stage.mobjects if isinstance(m, TensorBox) and m not in [*boxes, context]]
    shown = np.array([copy.values for copy in copies])
    assert np.allclose(shown, WEIGHTS[:, None] * STATES)


def test_weighted_sum_refuses_a_context_that_is_not_the_sum(boxes):
    with pytest.raises(UsageError, match="not the weighted sum"):
        weighted_sum(boxes, WEIGHTS, TensorBox([1.0, 1.0]))


def test_concat_leaves_both_parts_and_the_whole(stage, boxes):
    whole = TensorBox([*STATES[0], *STATES[1]], orientation="row").shift(3 * DOWN)
    stage.add(*boxes[:2])
    stage.play(concat(boxes[0], boxes[1], whole))
    assert stage.mobjects == [*boxes[:2], whole]
    assert all(cell.get_fill_opacity() == 1 for cell in whole.cells)


def test_concat_refuses_a_whole_of_other_values(boxes):
    with pytest.raises(UsageError, match=r"not \[a, b\]"):
        concat(boxes[0], boxes[1], TensorBox([1.0, 2.0, 3.0, 4.0]))


def test_attend_brings_arrows_in_and_moves_them_on(stage, boxes):
    arrows = AttentionArrows(boxes, [1, -3, 0], WEIGHTS)
    stage.play(attend(arrows))
    assert stage.mobjects == [arrows]
    assert arrows.weights.tolist() == WEIGHTS.tolist()
    stage.play(attend(arrows, WEIGHTS[::-1]))
    assert arrows.weights.tolist() == WEIGHTS[::-1].tolist()


@pytest.mark.parametrize("with_bars", [True, False])
def test_reveal_row_adds_one_row_to_the_matrix(stage, with_bars):
    matrix = AttentionMatrix(
        [WEIGHTS, WEIGHTS[::-1]], ["I", "am"], ["je", "suis", "là"], revealed=0
    )
    matrix.shift(2 * RIGHT)
    bars = SoftmaxBars(WEIGHTS)
    stage.add(matrix, bars)
    stage.play(reveal_row(matrix, 0, bars if with_bars else None))
    assert stage.mobjects[0] is matrix or matrix in stage.mobjects
    assert {type(m) for m in stage.mobjects} == {AttentionMatrix, SoftmaxBars}
    assert matrix.is_revealed(0)
    assert not matrix.is_revealed(1)
