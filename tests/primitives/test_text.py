from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import RIGHT, UP, Transform, VGroup

from mlanim import fonts
from mlanim.errors import UsageError
from mlanim.primitives import glyphs
from mlanim.primitives.glyphs import set_line, shape
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.text import Formula, Label, Number, format_number
from mlanim.theme import DARK, LIGHT

NEEDED = "éèàùçœÉ−×·√∑→←↑↓…ᵀ⁰²⁻₀₁₂₉αβσθΣ≤≥≈±«»“”’–—"


def span(label: VGroup) -> float:
    points = np.concatenate([glyph.points for glyph in label])
    return float(np.ptp(points[:, 1]))


def drawn(text: str, **style: object) -> np.ndarray:
    return np.concatenate([glyph.points for glyph in Label(text, **style)])


@pytest.mark.parametrize("size", [0.18, 0.34, 1.5])
@pytest.mark.parametrize("style", [{}, {"weight": "bold"}, {"mono": True}])
def test_capitals_are_as_tall_as_asked(size, style):
    assert span(Label("H", size=size, **style)) == pytest.approx(size, rel=0.02)
    assert Label("ace", size=size, **style).cap_height == pytest.approx(size, rel=1e-6)


def test_size_names_are_the_themes():
    for name in ("small", "body", "title"):
        assert Label("ace", size=name).cap_height == pytest.approx(getattr(LIGHT.sizes, name))


def test_cap_height_and_baseline_follow_the_group_they_are_in():
    label = Label("état", size=0.2)
    VGroup(label, Label("x")).scale(3).rotate(0.7).shift(2 * RIGHT)
    assert label.cap_height == pytest.approx(0.6)
    before = label.baseline
    label.shift(UP)
    assert label.baseline == pytest.approx(before + UP)


def test_baselines_stand_level_whatever_hangs_below():
    low, high = Label("ace"), Label("Ápg").shift(3 * UP)
    low.align_baseline(high)
    assert low.baseline[1] == pytest.approx(high.baseline[1])
    assert Label("ace").align_baseline(1.5).baseline[1] == pytest.approx(1.5)


def test_center_on_goes_by_capitals_so_that_neighbours_stand_level():
    one, other = Label("ace").center_on((1, 2, 0)), Label("Ápg").center_on((4, 2, 0))
    assert one.baseline[1] == pytest.approx(other.baseline[1])
    assert one.get_center()[0] == pytest.approx(1, abs=0.01)


def test_accents_are_drawn():
    assert span(Label("é")) > 1.15 * span(Label("e"))
    assert drawn("é").shape == drawn("e\u0301").shape  # composed or not, the same letter


def test_the_shipped_sans_has_what_formulas_and_labels_need():
    assert [c for c in NEEDED if glyphs._borrowed(c, fonts.SANS, "normal")] == []
    assert len(Label(NEEDED)) == len(NEEDED)


def test_figures_have_one_width():
    assert {round(glyphs.set_line(d, fonts.SANS).advance, 6) for d in "0123456789"} == {
        glyphs.set_line("0", fonts.SANS).advance.__round__(6)
    }


def test_words_are_kerned():
    apart = sum(glyphs.set_line(letter, fonts.SANS).advance for letter in "AV")
    assert glyphs.set_line("AV", fonts.SANS).advance < apart


def test_spaces_keep_their_width():
    one, three = Label("a b"), Label("a   b")
    assert three.width > one.width + 1.5 * one.cap_height * 0.3
    assert len(one) == len(three) == 2


def test_lines_wrap_between_words():
    text = "each hidden state gets a score before softmax"
    label = Label(text, width=2.5)
    assert label.width <= 2.5
    assert span(label) > 2 * span(Label(text))
    assert len(label) == len(text.replace(" ", ""))
    assert Label("incompréhensible", width=0.5).width > 0.5  # one word stays whole


def test_centred_lines_share_their_middle():
    label = Label("a long first line\nshort", align="center")
    first, second = label[: len("alongfirstline")], label[len("alongfirstline") :]
    assert first.get_center()[0] == pytest.approx(second.get_center()[0], abs=0.05)
    assert first.get_center()[1] > second.get_center()[1]


def test_colour_comes_from_the_theme():
    assert Label("x").color_hex == LIGHT.ink
    assert Label("x", role="muted").color_hex == LIGHT.muted
    assert Label("x", role="encoder", theme=DARK).color_hex == DARK.role("encoder").ink
    assert Label("x").set_color("#FF0000").color_hex == "#FF0000"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "a\x00b"}, "U+0000"),
        ({"text": "a\tb"}, "U+0009"),
        ({"text": "x", "role": "encodr"}, "encoder"),
        ({"text": "x", "size": "bdy"}, "body"),
        ({"text": "x", "size": 0}, "above 0"),
        ({"text": "x", "size": float("nan")}, "above 0"),
        ({"text": "x", "weight": "heavy"}, "bold"),
        ({"text": "x", "align": "centre"}, "center"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, said):
    with pytest.raises(UsageError, match=said.replace("+", r"\+")) as caught:
        Label(arguments.pop("text"), **arguments)
    assert "\n" not in str(caught.value)


def test_an_empty_label_is_a_place_without_glyphs():
    assert len(Label("")) == 0
    assert Label("").color_hex == LIGHT.ink


def test_labels_share_no_points():
    one, other = Label("same"), Label("same")
    one.shift(5 * RIGHT)
    assert other.get_center()[0] == pytest.approx(Label("same").get_center()[0])
    twin = one.copy().scale(2)
    assert twin.cap_height == pytest.approx(2 * one.cap_height)
    assert twin.text == "same"


def test_labels_morph():
    one, other = Label("score"), Label("softmax").shift(UP)
    morph = Transform(one, other)
    morph.begin()
    morph.interpolate(1)
    assert one.get_center() == pytest.approx(other.get_center(), abs=1e-6)


def test_the_same_text_gives_the_same_points_in_another_process_with_other_font_settings(tmp_path):
    settings_file = tmp_path / "fonts.conf"
    settings_file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<match target="font"><edit name="hintstyle" mode="assign"><const>hintfull</const></edit>'
        '<edit name="autohint" mode="assign"><bool>true</bool></edit></match></fontconfig>',
        encoding="utf-8",
    )
    program = (
        "import hashlib, numpy as np; from mlanim.primitives.glyphs import set_line;"
        "from mlanim import fonts;"
        "glyphs = [g for f in (fonts.SANS, fonts.MONO) for w in ('normal', 'bold')"
        " for g in set_line('AVé −0.25 ᵀ', f, w).glyphs];"
        "print(hashlib.sha256(np.concatenate(glyphs).tobytes()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for settings in ({}, {"FONTCONFIG_FILE": str(settings_file)})
    }
    assert len(digests) == 1


def test_a_character_that_no_font_has_is_a_box_and_a_warning_names_the_package():
    for function in (glyphs.shape, glyphs.set_line, glyphs._missing, glyphs._warn):
        function.cache_clear()
    # U+10FFFD is for private use: no font gives it a shape, so it stands for whatever is missing.
    with pytest.warns(UserWarning, match="install fonts-") as heard:
        label = Label("a\U0010fffdb \U0010fffd")
    assert len(label) == 4
    assert len(heard) == 1


def test_the_package_is_that_of_the_script():
    assert {glyphs._script(sign) for sign in "経，：。、"} == {"CJK letters"}  # one warning
    assert {glyphs._package(sign) for sign in "経，：。、・"} == {"fonts-noto-cjk"}
    assert glyphs._package("経") == glyphs._package("한") == "fonts-noto-cjk"
    assert glyphs._package("ש") == "fonts-noto-core"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-0.25, 2, "−0.25"),
        (-0.001, 2, "0.00"),
        (-0.0, 0, "0"),
        (0.9647, 4, "0.9647"),
        (112, 0, "112"),
        (-13.0, 1, "−13.0"),
        (float("nan"), 2, "nan"),
        (float("-inf"), 2, "−∞"),
    ],
)
def test_numbers_are_printed(value, decimals, text):
    assert format_number(value, decimals) == text


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_printed_number_reads_back_as_the_value(value, decimals):
    text = format_number(value, decimals)
    assert float(text.replace("−", "-")) == pytest.approx(value, abs=0.51 * 10**-decimals)
    assert "-" not in text
    assert not (text.startswith("−") and float(text.replace("−", "-")) == 0)


@settings(max_examples=30, deadline=None)
@given(st.floats(-99, 99), st.floats(-99, 99))
def test_set_value_shows_what_a_new_number_would(before, after):
    changed, fresh = Number(before).set_value(after), Number(after)
    assert changed.text == fresh.text == format_number(after, 2)
    assert len(changed) == len(changed.text)
    for one, other in zip(changed, fresh, strict=True):
        np.testing.assert_allclose(one.points, other.points, atol=1e-9)


def test_set_value_keeps_place_size_and_style():
    number = Number(1.5, role="score").scale(2).rotate(0.5).shift(3 * RIGHT).set_opacity(0.4)
    digits = number.submobjects[0]
    number.set_value(-22.75)
    assert number.cap_height == pytest.approx(2 * LIGHT.sizes.body)
    assert number[0].get_fill_opacity() == pytest.approx(0.4)
    assert number.color_hex == LIGHT.role("score").ink
    assert digits not in number.submobjects


@pytest.mark.parametrize(("anchor", "edge"), [("left", -1), ("right", 1)])
def test_the_anchor_stays(anchor, edge):
    number = Number(1, decimals=1, anchor=anchor)
    before = number.get_edge_center(edge * RIGHT)[0]
    number.set_value(111)
    assert number.get_edge_center(edge * RIGHT)[0] == pytest.approx(before, abs=0.02)


def test_a_number_shrunk_to_a_point_recovers():
    number = Number(1, decimals=1).scale(0)
    assert len(number.set_value(2)) == 3
    assert number.cap_height == pytest.approx(LIGHT.sizes.body)


def test_a_sign_can_be_shown():
    assert [Number(v, sign=True).text for v in (1, -1, 0)] == ["+1.00", "−1.00", "0.00"]


def test_animate_counts_and_ends_at_the_value():
    number = Number(0, decimals=1)
    animation = number.animate(run_time=2).set_value(10).build()
    assert isinstance(animation, MovingValues)
    animation.begin()
    seen = []
    for alpha in (0, 0.25, 0.5, 1):
        animation.interpolate(alpha)
        seen.append((number.value, number.text))
    animation.finish()
    assert [value for value, _ in seen] == sorted(value for value, _ in seen)
    assert seen[-1] == (10.0, "10.0")
    assert all(text == format_number(value, 1) for value, text in seen)
    assert len(number.get_family()) == 1 + len("10.0")


def test_numbers_do_not_grow_when_morphed_and_set_again():
    number = Number(1)
    morph = Transform(number, Number(-123.45))
    morph.begin()
    morph.interpolate(1)
    number.set_value(2.5)
    assert len(number.get_family()) == 1 + len("2.50")


def test_formulas_are_sized_and_coloured_like_labels(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    formula = Formula("upright(H)", size=0.3, role="context")
    assert formula.height == pytest.approx(0.3, rel=0.02)
    assert formula[0].get_fill_color().to_hex() == LIGHT.role("context").ink


@pytest.mark.parametrize(("source", "said"), [("a\x07", r"U\+0007"), ("sqrt(x", "unclosed")])
def test_what_is_no_formula_is_refused(tmp_path, monkeypatch, source, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said):
        Formula(source)


def test_a_wide_family_is_set_about_as_wide_as_the_shipped_one_and_as_tall():
    own = set_line("introduces", fonts.SANS).advance
    for family in fonts.families():
        capital = shape("H", family).glyphs[0]
        comes = shape("introduces", family).advance / np.ptp(capital[:, 1])
        line = set_line("introduces", family)
        assert 0.8 * comes - 1e-9 <= line.advance <= comes + 1e-9
        if shape("i", family).advance != shape("m", family).advance:
            assert line.advance <= max(1.06 * own, 0.8 * comes + 1e-9), family
        assert np.ptp(set_line("H", family).glyphs[0][:, 1]) == pytest.approx(1)
    ours = np.ptp(shape("H", fonts.SANS).glyphs[0][:, 1])
    assert own == pytest.approx(shape("introduces", fonts.SANS).advance / ours)
