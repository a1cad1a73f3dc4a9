"""Frames in the encoder's format: what is converted apart is what it would be with all the rest."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.render.sinks.conversion import Converter
from mlanim.render.sinks.port import Film


def film(width, height):
    return Film(width, height, Fraction(30), "mp4", transparent=False)


@st.composite
def changes(draw):
    """Two frames of odd and even sizes, the second with a rectangle of other colours."""
    width, height = 2 * draw(st.integers(20, 60)), 2 * draw(st.integers(20, 60))
    random = np.random.default_rng(draw(st.integers(0, 9)))
    before = random.integers(0, 256, (height, width, 4), np.uint8)
    before[..., 3] = 255
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    after = before.copy()
    part = after[top : top + draw(st.integers(1, 40)), left : left + draw(st.integers(1, 40))]
    part[..., :3] = 255 - part[..., :3]
    return before, after, range(top, min(height, top + 40))


def converted(converter, rgba, rows=None):
    """The picture that the converter has after this one; a copy."""
    return converter.frame(rgba, converter.changed(rgba, rows)).to_ndarray()


@given(changes(), st.booleans())
def test_a_part_is_converted_as_the_whole_would_be(frames, told):
    before, after, rows = frames
    height, width = before.shape[:2]
    converter = Converter(film(width, height), "yuv420p")
    converted(converter, before)
    by_parts = converted(converter, after, rows if told else None)
    assert np.array_equal(by_parts, converted(Converter(film(width, height), "yuv420p"), after))
    back = converted(converter, before)
    assert np.array_equal(back, converted(Converter(film(width, height), "yuv420p"), before))


@pytest.mark.parametrize("rows", [None, range(0)])
def test_the_same_picture_needs_no_conversion(rows):
    frame = np.full((32, 48, 4), 200, np.uint8)
    converter = Converter(film(48, 32), "yuv420p")
    converted(converter, frame)
    assert converter.changed(frame, rows) is None
