"""Lines that read from the right: whole, in Pango's order, and at the right of their page."""

from __future__ import annotations

import numpy as np
import pytest

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line, shape, wrapped
from mlanim.primitives.heading import Heading
from mlanim.primitives.label import LINE_HEIGHT, Label
from mlanim.theme import LIGHT
from mlanim.words.direction import BREAKS, right_to_left

EVERY, WORD = "كل", "كلمة"  # "every word"
FONT = LIGHT.fonts.sans

pytestmark = pytest.mark.filterwarnings("ignore:Source Sans 3 lacks")


def test_the_first_word_stands_at_the_right() -> None:
    line = set_line(f"{EVERY} {WORD}", FONT)
    unit = shape("H", FONT).glyphs[0][:, 1].max()
    first = shape(EVERY, FONT).glyphs
    last = line.glyphs[-len(first) :]  # from left to right, as they are drawn
    apart = [
        np.ptp(drawn[:, 0]) * unit - np.ptp(own[:, 0])
        for drawn, own in zip(last, first, strict=True)
    ]
    assert np.allclose(apart, 0, atol=2)
    alone = set_line(EVERY, FONT).advance + set_line(WORD, FONT).advance
    assert alone < line.advance < 1.3 * alone


def test_headings_and_lines_begin_at_the_right() -> None:
    page = Area(0, 0, 8, 4)
    assert Heading(f"{EVERY} {WORD}", area=page).get_right()[0] == pytest.approx(8, abs=0.01)
    assert Heading("Every word", area=page).get_left()[0] < 0.1
    lines = Label(f"{WORD} {EVERY} {WORD} {WORD} {EVERY}", width=1.2)
    apart = LINE_HEIGHT * lines.cap_height
    rows: dict[int, float] = {}
    for glyph in lines:
        row = round((lines.baseline[1] + lines.cap_height / 2 - glyph.get_y()) / apart)
        rows[row] = max(rows.get(row, -9), glyph.get_right()[0])
    assert len(rows) > 1
    assert np.ptp(list(rows.values())) < 0.1 * apart


def test_a_text_goes_the_way_of_its_first_letter() -> None:
    assert right_to_left(f"12 {EVERY}") and not right_to_left(f"word {EVERY}")
    assert not right_to_left("12 %")


@pytest.mark.filterwarnings("ignore:no font here has")
def test_chinese_lines_break_between_signs_and_not_before_a_comma() -> None:
    assert len(wrapped("每个词，看所有词。", FONT, "normal", 4.0)) > 1
    assert [piece for piece in BREAKS.split("看词，看 it。") if piece and piece != " "] == [
        "看",
        "词，",
        "看",
        "it。",
    ]
