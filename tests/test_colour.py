from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.colour import (
    contrast,
    delta_e76,
    from_hex,
    lab,
    lightness,
    linear,
    mix,
    oklab,
    oklab_to_rgb,
    oklch_to_rgb,
    simulate,
    srgb,
    to_hex,
)

colours = arrays(float, 3, elements=st.floats(0, 1))


def test_published_values():
    np.testing.assert_allclose(lab(from_hex("#FF0000")), [53.24, 80.09, 67.20], atol=0.1)
    np.testing.assert_allclose(lab([1, 1, 1]), [100, 0, 0], atol=1e-6)
    np.testing.assert_allclose(oklab(from_hex("#FF0000")), [0.6280, 0.2249, 0.1258], atol=1e-3)
    assert contrast(from_hex("#767676"), [1, 1, 1]) == pytest.approx(4.54, abs=0.01)
    assert lightness(from_hex("#777777")) == pytest.approx(50.0, abs=0.1)


@given(colours)
def test_conversions_come_back(rgb):
    np.testing.assert_allclose(srgb(linear(rgb)), rgb, atol=1e-6)
    np.testing.assert_allclose(oklab_to_rgb(oklab(rgb)), rgb, atol=1e-4)
    np.testing.assert_allclose(from_hex(to_hex(rgb)), rgb, atol=0.5 / 255 + 1e-9)


@given(colours, colours)
def test_distances_are_symmetric(one, other):
    assert contrast(one, other) == pytest.approx(float(contrast(other, one)))
    assert 1 <= contrast(one, other) <= 21.001
    assert delta_e76(one, other) == pytest.approx(float(delta_e76(other, one)))


@pytest.mark.parametrize("vision", ["deuteranopia", "protanopia", "tritanopia"])
def test_greys_look_grey_to_every_eye(vision):
    greys = np.linspace(0, 1, 9)[:, np.newaxis].repeat(3, axis=1)
    np.testing.assert_allclose(simulate(greys, vision), greys, atol=0.01)


def test_red_and_green_meet_for_the_red_green_blind_only():
    red, green = from_hex("#B0413E"), from_hex("#5E7A1F")
    assert delta_e76(red, green, "deuteranopia") < 0.4 * delta_e76(red, green)
    assert delta_e76(red, green, "tritanopia") > 0.6 * delta_e76(red, green)


@given(colours, colours)
def test_a_mix_begins_and_ends_at_its_colours(start, end):
    np.testing.assert_allclose(mix(start, end, [0, 1]), [start, end], atol=1e-4)


def test_oklch_lowers_chroma_until_a_screen_can_show_it():
    vivid = oklch_to_rgb(0.9, 0.4, 145)
    assert np.all((vivid >= 0) & (vivid <= 1))
    assert oklab(vivid)[0] == pytest.approx(0.9, abs=0.01)
