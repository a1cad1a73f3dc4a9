from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import DL, RIGHT, Rectangle, Square

from mlanim.errors import UsageError
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT, Area
from mlanim.primitives.text import Label

sides = st.floats(4, 40)
weights = st.lists(st.floats(0.5, 10), min_size=1, max_size=6)


@given(sides, sides, weights)
def test_rows_fill_the_area_from_top_to_bottom_in_the_ratio_of_their_weights(w, h, shares):
    area = Area.of_frame(w, h, margin=0.2)
    rows = area.rows(*shares, gap=0.1)
    assert rows[0].top == pytest.approx(area.top)
    assert rows[-1].bottom == pytest.approx(area.bottom)
    for upper, lower in pairwise(rows):
        assert upper.bottom - lower.top == pytest.approx(0.1)
    heights = np.array([row.height for row in rows])
    assert heights / heights.sum() == pytest.approx(np.array(shares) / sum(shares))


@given(sides, sides, weights)
def test_columns_fill_the_area_from_left_to_right(w, h, shares):
    area = Area.of_frame(w, h, margin=0.2)
    columns = area.columns(*shares, gap=0.1)
    assert columns[0].left == pytest.approx(area.left)
    assert columns[-1].right == pytest.approx(area.right)
    for before, after in pairwise(columns):
        assert after.left - before.right == pytest.approx(0.1)
    assert all(column.height == area.height for column in columns)


@given(sides, sides)
def test_the_frame_is_centred_on_the_origin(w, h):
    assert np.allclose(Area.of_frame(w, h).center, 0)


@given(st.floats(0.1, 30), st.floats(0.1, 30), st.sampled_from([-1, 0, 1]))
def test_what_was_fitted_lies_inside(w, h, across):
    area = Area(-3, -2, 5, 4)
    shape = area.fit(Rectangle(width=w, height=h), across * RIGHT)
    assert shape.get_left()[0] >= area.left - 1e-6
    assert shape.get_right()[0] <= area.right + 1e-6
    assert shape.get_top()[1] <= area.top + 1e-6
    assert shape.get_bottom()[1] >= area.bottom - 1e-6


def test_an_edge_takes_the_mobject_against_it():
    area = Area(0, 0, 10, 6)
    square = area.place(Square(2), DL)
    assert np.allclose(square.get_corner(DL), [0, 0, 0])


def test_shapes_of_frames_are_told_apart():
    assert Area.of_frame(14.22, 8).is_wide
    assert Area.of_frame(8, 14.22).is_tall
    square = Area.of_frame(8, 8)
    assert not square.is_wide
    assert not square.is_tall


def test_text_is_never_scaled_below_the_legible_size():
    label = Label("hidden states of the encoder", size=0.2)
    with pytest.raises(UsageError, match="'hidden states of the encoder' would be"):
        Area(0, 0, label.width / 2, 1).fit(label)
    Area(0, 0, label.width * 0.95, 1).fit(label)
    assert label.cap_height >= MINIMUM_CAP_HEIGHT


@pytest.mark.parametrize("shares", [(), (1, 0), (1, -1)])
def test_weights_must_be_positive(shares):
    with pytest.raises(UsageError, match="greater than 0"):
        Area(0, 0, 4, 4).rows(*shares)


def test_an_area_cannot_be_empty():
    with pytest.raises(UsageError, match="smaller margins"):
        Area(0, 0, 4, 4).inset(2)
