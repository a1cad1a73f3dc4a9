from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.render.sinks.alpha import straight_alpha
from mlanim.render.sinks.changes import changed_rectangle
from mlanim.render.sinks.palette import TRANSPARENT, ColourCount

FRAMES = arrays(np.uint8, (6, 8, 4), elements=st.integers(0, 255))


def shown(frame: np.ndarray) -> np.ndarray:
    colours = ColourCount()
    colours.add(frame)
    palette = colours.palette()
    indices = palette.indices(frame[..., :3])
    assert (indices != TRANSPARENT).all()
    return palette.argb[indices][..., 1:].astype(int)


@settings(max_examples=20)
@given(FRAMES)
def test_few_colours_are_kept_to_within_what_an_eye_can_tell(frame):
    frame[..., 3] = 255
    assert np.abs(shown(frame) - frame[..., :3]).max() <= 3


def test_many_colours_are_near_and_the_surface_is_exact():
    ramp = np.zeros((64, 256, 4), np.uint8)
    ramp[..., 0] = np.arange(256)
    ramp[..., 1] = np.arange(64)[:, None] * 4
    ramp[..., 3] = 255
    surface = np.full((64, 256, 4), (250, 240, 230, 255), np.uint8)
    frame = np.concatenate([surface, surface, ramp])
    palette_colours = shown(frame)
    assert (palette_colours[:128] == (250, 240, 230)).all()
    assert np.abs(palette_colours - frame[..., :3]).mean() < 8


@given(FRAMES, FRAMES)
def test_outside_of_the_changed_rectangle_nothing_changed(before, after):
    after[:2] = before[:2]
    changed = changed_rectangle(before, after)
    patched = before.copy()
    if changed is not None:
        patched[changed] = after[changed]
    assert np.array_equal(patched, after)


def test_equal_frames_have_no_changed_rectangle():
    frame = np.ones((4, 4, 4), np.uint8)
    assert changed_rectangle(frame, frame.copy()) is None
    assert changed_rectangle(None, frame) == (slice(0, 4), slice(0, 4))


@given(st.tuples(*[st.integers(0, 255)] * 3), st.integers(1, 255))
def test_straight_alpha_undoes_the_multiplication(colour, alpha):
    multiplied = np.array([[[round(c * alpha / 255) for c in colour] + [alpha]]], np.uint8)
    straight = straight_alpha(multiplied)[0, 0].astype(int)
    assert straight[3] == alpha
    assert np.abs(straight[:3] - colour).max() <= np.ceil(255 / (2 * alpha)) + 1
