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


@given(changes(), st.booleans())
def test_a_part_is_converted_as_the_whole_would_be(frames, told):
    before, after, rows = frames
    height, width = before.shape[:2]
    converter = Converter(film(width, height), "yuv420p")
    converter.frame(before, None)
    by_parts = converter.frame(after, rows if told else None).to_ndarray()
    whole = Converter(film(width, height), "yuv420p").frame(after, None).to_ndarray()
    assert np.array_equal(by_parts, whole)
    back = converter.frame(before, None).to_ndarray()
    assert np.array_equal(
        back, Converter(film(width, height), "yuv420p").frame(before, None).to_ndarray()
    )


@pytest.mark.parametrize("rows", [None, range(0)])
def test_what_did_not_change_stays(rows):
    frame = np.full((32, 48, 4), 200, np.uint8)
    converter = Converter(film(48, 32), "yuv420p")
    first = converter.frame(frame, None)
    assert converter.frame(frame, rows) is first
