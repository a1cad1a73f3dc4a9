"""A colour bar: its colours are those of the cells, its numbers where their colours are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manim import Square

from mlanim.colour import from_hex
from mlanim.errors import UsageError
from mlanim.primitives import AttentionMatrix, ColourBar, HeatImage, TensorBox
from mlanim.theme import LIGHT, THEMES, Words

VALUES = np.array([[1.0, -2.0, 0.25], [0.5, 0.0, 1.5]])


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_a_cells_colour_is_found_at_its_value(theme) -> None:
    box = TensorBox(VALUES, theme=theme)
    bar = ColourBar(box)
    assert (bar.low, bar.high) == (-2, 2)
    strip = np.array([colour.to_rgb() for colour in bar.bar.get_fill_colors()])
    for value, cell in zip(VALUES.ravel(), box.cells, strict=True):
        at = (value - bar.low) / (bar.high - bar.low) * (len(strip) - 1)
        blend = np.array([np.interp(at, range(len(strip)), strip[:, i]) for i in range(3)])
        np.testing.assert_allclose(blend, from_hex(cell.get_fill_color().to_hex()), atol=0.02)


def test_it_stands_beside_as_high_as_the_array() -> None:
    box = TensorBox(VALUES)
    bar = ColourBar(box)
    assert bar.bar.height == pytest.approx(box.cells.height)
    assert bar.get_left()[0] > box.get_right()[0]
    low, zero, high = (number.get_center()[1] for number in bar.numbers)
    assert zero == pytest.approx((low + high) / 2, abs=0.02)
    assert bar.numbers.get_top()[1] <= bar.bar.get_top()[1] + 0.02


def test_weights_begin_with_nothing_and_end_with_all() -> None:
    weights = np.array([[0.25, 0.75], [0.5, 0.5]])
    bar = ColourBar(AttentionMatrix(weights, ["a", "b"], ["c", "d"]))
    assert [number.text for number in bar.numbers] == ["0.00", "1.00"]
    assert bar.seen.detail == "weight: from 0.00 to 1.00"
    high = ColourBar(HeatImage(100 * np.eye(3), width=2, height=2), height=1)
    assert [number.text for number in high.numbers] == ["0", "100"]
    assert high.bar.height == pytest.approx(1)


def test_its_title_is_what_the_values_are_in_the_films_language() -> None:
    german = replace(LIGHT, words=Words({"hidden state": "verborgener Zustand"}))
    titles = [
        ColourBar(TensorBox(VALUES)),
        ColourBar(TensorBox(VALUES, theme=german)),
        ColourBar(TensorBox(VALUES, role="key", label="K of head 1")),
        ColourBar(TensorBox(VALUES, role="context", means="positional code")),
        ColourBar(TensorBox(VALUES), title="logit"),
    ]
    assert [bar.title.text for bar in titles] == [
        "hidden state",
        "verborgener Zustand",
        "K of head 1",
        "positional code",
        "logit",
    ]
    assert not len(ColourBar(TensorBox(VALUES, role="class_a")).title)  # nobody knows
    for bar in titles:  # turned, beside the numbers, and as large as they are
        assert bar.title.get_left()[0] > bar.numbers.get_right()[0]
        assert bar.title.height > bar.title.width
        assert bar.title.cap_height == pytest.approx(LIGHT.sizes.small)


def test_what_has_no_scale_is_told() -> None:
    with pytest.raises(UsageError, match="a colour bar of Square"):
        ColourBar(Square())
