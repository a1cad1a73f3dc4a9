"""Numbers of eight bits and the network that uses them, against plain formulas."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.digit_network import digits, load_digit_network, shrunk
from mlanim.subjects.systems.models.drawn_digit import STROKES, begun, prepare, rastered
from mlanim.subjects.systems.models.eight_bits import (
    multiplier_of,
    quantise,
    range_of,
    rescale,
)

VALUES = arrays.arrays(float, st.integers(2, 30), elements=st.floats(-50, 50))


@given(VALUES.filter(lambda a: np.abs(a).max() > 1e-3))
@settings(max_examples=60, deadline=None)
def test_a_value_comes_back_within_half_a_step(values):
    kept = quantise(values)
    assert kept.whole.dtype == np.int8
    # Z is rounded too: at either end a value may lie half a step beyond.
    assert np.abs(kept.real - values).max() <= kept.range.scale * (1 + 1e-9)
    inside = (kept.whole > -128) & (kept.whole < 127)
    assert np.all(np.abs(kept.real - values)[inside] <= kept.range.scale / 2 * (1 + 1e-9))
    assert kept.range.real(kept.range.zero) == 0


@given(st.floats(1e-6, 0.999), st.integers(-(10**6), 10**6))
@settings(max_examples=60, deadline=None)
def test_a_product_of_whole_numbers_is_the_nearest(factor, total):
    made = multiplier_of(factor)
    assert 2**30 <= made.whole < 2**31
    exact = Fraction(made.whole, 2**made.shift) * total
    assert float(Fraction(made.whole, 2**made.shift)) == pytest.approx(factor, rel=2**-30)
    assert abs(int(rescale(np.array([total], np.int32), made)[0]) - exact) <= Fraction(1, 2)


@pytest.mark.parametrize("made", [lambda: range_of(0, 0), lambda: multiplier_of(1.5)])
def test_what_cannot_be_is_refused(made):
    with pytest.raises(UsageError):
        made()


def test_the_float_network_is_its_formula():
    network, inputs = load_digit_network(), digits()["held_out_inputs"][:5]
    for x, logits in zip(inputs, network.logits(inputs), strict=True):
        hidden = [
            max(0.0, float(x @ weights + bias))
            for weights, bias in zip(network.first.T, network.first_bias, strict=True)
        ]
        wanted = np.array(hidden) @ network.second + network.second_bias
        np.testing.assert_allclose(logits, wanted, rtol=1e-4, atol=1e-4)


def test_the_int8_network_is_the_sum_of_whole_numbers():
    """Python's own integers, digit by digit, give the same sums."""
    small = shrunk()
    whole = small.inputs.whole(digits()["held_out_inputs"][:3])
    z1, z2 = small.first.range.zero, small.second.range.zero
    for x, sums in zip(whole.tolist(), small.sums(whole).tolist(), strict=True):
        hidden = []
        for j in range(len(small.first_bias)):
            total = int(small.first_bias[j])
            for i, q in enumerate(x):
                total += (q - small.inputs.zero) * (int(small.first.whole[i, j]) - z1)
            scaled = (total * small.factor.whole + 2 ** (small.factor.shift - 1)) // (
                2**small.factor.shift
            )
            hidden.append(min(127, max(small.middle.zero, scaled + small.middle.zero)))
        for k, made in enumerate(sums):
            wanted = int(small.second_bias[k]) + sum(
                (q - small.middle.zero) * (int(small.second.whole[j, k]) - z2)
                for j, q in enumerate(hidden)
            )
            assert made == wanted


def test_scales_agree_with_each_other():
    small, network = shrunk(), load_digit_network()
    factor = small.inputs.scale * small.first.range.scale / small.middle.scale
    assert small.factor.whole * 2.0**-small.factor.shift == pytest.approx(factor, rel=1e-9)
    bias = small.first_bias * small.inputs.scale * small.first.range.scale
    np.testing.assert_allclose(bias, network.first_bias, atol=1e-4)


def test_costs_are_counted():
    network, small = load_digit_network(), shrunk()
    assert network.cost.bytes == 4 * (64 * 32 + 32 + 32 * 10 + 10) == 9640
    assert small.cost.bytes == 64 * 32 + 32 * 10 + 4 * (32 + 10) + 4 * 5
    assert network.cost.products == small.cost.products == 64 * 32 + 32 * 10
    assert (network.cost.rescalings, small.cost.rescalings) == (0, 32)


def test_held_out_digits_are_read():
    held, labels = digits()["held_out_inputs"], digits()["held_out_labels"]
    answers = [model.logits(held).argmax(axis=1) for model in (load_digit_network(), shrunk())]
    assert min((found == labels).mean() for found in answers) > 0.95
    assert (answers[0] == answers[1]).mean() > 0.99
    train = {row.tobytes() for row in digits()["inputs"]}
    assert not any(row.tobytes() in train for row in held)


def test_the_drawn_three_is_read_as_a_three():
    drawn = prepare(rastered(STROKES))
    for model in (load_digit_network(), shrunk()):
        assert int(model.logits(drawn.inputs).argmax()) == 3


def test_counts_are_the_inked_bits_of_each_block():
    drawn = prepare(rastered(STROKES))
    for i in range(8):
        for j in range(8):
            block = drawn.bitmap[4 * i : 4 * i + 4, 4 * j : 4 * j + 4]
            assert drawn.counts[i, j] == block.sum() == 16 * drawn.inputs[8 * i + j]
    assert drawn.bitmap[0].sum() == 0 and drawn.bitmap[2].sum() > 0


@pytest.mark.parametrize("shift", [-9, 0, 7])
def test_where_on_the_page_it_stands_does_not_matter(shift):
    page = rastered(STROKES)
    moved = np.roll(page, (shift, -shift), axis=(0, 1))
    assert np.array_equal(prepare(moved).counts, prepare(page).counts)


def test_ink_is_as_far_as_the_pen_reaches():
    ink = rastered([[(0.25, 0.5), (0.75, 0.5)]], size=64, pen=0.1)
    y, x = (np.mgrid[:64, :64] + 0.5) / 64
    away = np.hypot(np.maximum(np.abs(x - 0.5) - 0.25, 0), y - 0.5)
    np.testing.assert_allclose(ink, np.clip(0.5 + (0.1 - away) * 64, 0, 1), atol=1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_a_pen_only_adds_ink(one, other):
    less, more = (rastered(begun(STROKES, share)) for share in sorted((one, other)))
    # Where a part of a stroke ends between two points, rounding may move it by next to nothing.
    assert (more >= less - 1e-9).all()
    drawn = sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in begun(STROKES, one))
    whole = sum(np.hypot(*np.diff(np.array(s), axis=0).T).sum() for s in STROKES)
    assert drawn == pytest.approx(one * whole)


def test_an_empty_page_is_refused():
    with pytest.raises(UsageError, match="nothing is drawn"):
        prepare(np.zeros((96, 96)))
