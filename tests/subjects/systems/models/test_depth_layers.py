"""Layers of a picture against the scene drawn anew from where the camera goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.depth_layers import (
    cut,
    fill_holes,
    layer_shift,
    moved_view,
)
from mlanim.subjects.systems.models.drawn_scene import DEPTHS, FOCAL, SIZE, STEP, draw_scene
from mlanim.subjects.systems.models.seen_again import compare


@pytest.fixture(scope="module")
def first():
    return draw_scene()


@pytest.fixture(scope="module")
def layers(first):
    return cut(first.colours, first.depth)


@pytest.fixture(scope="module")
def filled(layers):
    return fill_holes(layers)


def test_each_pixel_is_in_one_layer_with_its_own_colour(first, layers):
    assert [layer.depth for layer in layers] == list(DEPTHS)
    assert (sum(layer.seen.astype(int) for layer in layers) == 1).all()
    for layer in layers:
        assert np.array_equal(layer.colours[layer.seen], first.colours[layer.seen])
        assert (first.depth[layer.seen] == layer.depth).all() and not layer.guessed.any()


@pytest.mark.parametrize("steps", range(-4, 5))
def test_parallax_is_right_at_every_pixel_that_was_seen(first, filled, steps):
    """Equal to the last bit, and taken from a pixel that the first picture had."""
    made = compare(filled, first, steps * STEP)
    assert np.array_equal(
        made.view.colours[made.seen_before], made.direct.colours[made.seen_before]
    )
    assert made.view.seen[made.seen_before].all()
    assert (made.view.depth[made.seen_before] == made.direct.depth[made.seen_before]).all()
    assert made.seen_before.mean() > 0.85
    assert made.worst_seen == 0 and (steps == 0 or made.mean_guessed > 0.05)


def test_a_wrong_shift_would_be_seen(first, filled):
    made = compare(filled, first, 2 * STEP)
    other = moved_view(filled, 3 * STEP).colours
    assert np.abs(other - made.direct.colours)[made.seen_before].max() > 0.3


def test_a_pixel_moves_by_focal_length_times_camera_over_depth(filled):
    for layer in filled:
        shift = FOCAL * STEP / layer.depth
        assert layer_shift(layer.depth, STEP) == shift == round(shift)
        moved = moved_view([layer], STEP)
        whole = int(shift)
        assert np.array_equal(moved.seen[:, :-whole], layer.seen[:, whole:])


def test_each_filled_pixel_is_the_mean_of_its_neighbours(filled):
    assert [bool(layer.guessed.any()) for layer in filled] == [False, False, True, True]
    for layer in filled[2:]:
        there = np.pad(layer.there, 1)
        padded = np.pad(layer.colours * layer.there[..., np.newaxis], ((1, 1), (1, 1), (0, 0)))
        total, count = np.zeros(layer.colours.shape), np.zeros(SIZE)
        for down, right in ((0, 1), (2, 1), (1, 0), (1, 2)):
            part = np.s_[down : down + SIZE[0], right : right + SIZE[1]]
            total += padded[part]
            count += there[part]
        means = total / np.maximum(count, 1)[..., np.newaxis]
        np.testing.assert_allclose(layer.colours[layer.guessed], means[layer.guessed], atol=1e-9)
        assert not (layer.guessed & layer.seen).any()


def test_what_is_filled_was_hidden_and_the_farthest_is_whole(layers, filled):
    nearer = np.zeros(SIZE, bool)
    for layer in filled:
        assert not (layer.guessed & ~nearer).any()
        nearer |= layer.seen
    assert filled[-1].there.all()


def test_seen_means_that_the_first_picture_had_the_point(first):
    made = compare(fill_holes(cut(first.colours, first.depth)), first, 4 * STEP, margin=8)
    direct = draw_scene(4 * STEP)
    for row, column in ((60, 30), (100, 150), (20, 90), (118, 60)):
        z = direct.depth[row, column + 8]
        source = column + 8 + int(FOCAL * 4 * STEP / z)
        known = source < SIZE[1] and first.depth[row, source] == z
        assert made.seen_before[row, column] == known


@given(
    arrays.arrays(float, (4, 6), elements=st.sampled_from([1.0, 2.0, 4.0])),
    st.integers(0, 1000),
)
@settings(max_examples=25, deadline=None)
def test_any_picture_stays_as_it_is_when_the_camera_does(depth, seed):
    colours = np.random.default_rng(seed).random((4, 6, 3))
    view = moved_view(fill_holes(cut(colours, depth)), 0.0)
    assert np.array_equal(view.colours, colours) and view.seen.all()
    assert np.array_equal(view.depth, depth)


def test_a_depth_behind_the_camera_is_refused():
    with pytest.raises(UsageError, match="before the camera"):
        cut(np.zeros((1, 2, 3)), np.array([[0.0, 1.0]]))
