"""Captions in the picture: what a step says, below the page, where no player covers it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mlanim.burnt_caption import BurntCaption
from mlanim.burnt_page import burnt_frame, burnt_page, burnt_strip
from mlanim.colour import contrast, from_hex
from mlanim.primitives import Area
from mlanim.theme import THEMES
from tests.conftest import Call

SHAPES = [(16, 9), (1, 1), (4, 5), (9, 16), (4, 3)]
LONGEST = "What people listen to, view, or stay at, one after the other, is like a sentence. " * 3
SPOKEN = '''
from manim import Dot, Square

from mlanim import Explainer


class Spoken(Explainer):
    """Two things, said."""

    def construct(self):
        with self.step("square", say="A square."):
            self.add(Square(2, color=self.theme.ink))
            self.wait(1)
        with self.step("clear", say="Nothing is left of it but a dot."):
            self.turn_to("A dot", Dot())
            self.wait(2)
'''


@given(st.floats(0.4, 2.5))
@settings(max_examples=50, deadline=None)
def test_page_and_strip_share_a_frame_and_nothing_else(ratio: float) -> None:
    width, height = burnt_frame(ratio, 1)
    page, strip = Area(*burnt_page(width, height)), Area(*burnt_strip(width, height))
    assert width / height == pytest.approx(ratio)
    assert min(page.width, page.height) == pytest.approx(8)
    near = pytest.approx
    assert page.top <= height / 2 + 1e-6
    assert page.right <= width / 2 + 1e-6
    assert strip.top == near(page.bottom)
    assert strip.bottom >= -height / 2 - 1e-6


def test_an_upright_frame_keeps_free_what_players_cover() -> None:
    width, height = burnt_frame(9, 16)
    strip = Area(*burnt_strip(width, height))
    assert strip.bottom >= -height / 2 + 0.19 * height - 1e-6
    assert strip.right <= width / 2 - 0.11 * width + 1e-6


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_words_read_on_their_ground_and_stay_in_the_frame(shape, theme) -> None:
    frame = burnt_frame(*shape)
    for words in ("Short.", LONGEST):
        caption = BurntCaption(words, frame=frame, theme=theme)
        ground, label = Area.around(caption.ground), Area.around(caption.label)
        assert ground.left < label.left and label.right < ground.right
        assert ground.bottom < label.bottom and label.top < ground.top
        assert abs(ground.left) < frame[0] / 2 and ground.bottom >= -frame[1] / 2 - 1e-6
        behind = caption.ground.get_fill_color().to_hex()
        assert contrast(from_hex(caption.label.color_hex), from_hex(behind)) >= 4.5


def strip_of(picture: Path) -> np.ndarray:
    """The pixels below the page."""
    pixels = np.asarray(Image.open(picture).convert("RGB"))
    frame = burnt_frame(pixels.shape[1], pixels.shape[0])
    _, bottom, _, _ = burnt_page(*frame)
    return pixels[round((0.5 - bottom / frame[1]) * pixels.shape[0]) + 1 :]


def test_each_step_has_its_words_also_after_a_page_was_turned(call: Call, desk: Path) -> None:
    (desk / "scenes/spoken.py").write_text(SPOKEN)
    for step in ("square", "clear"):
        for kind in ("burn", "none"):
            words = ("--steps", step, "--captions", kind, "-o", f"{step}-{kind}.png", "-s")
            assert call("render", "spoken", "-r", "320,180", "--quiet", *words).exit_code == 0
    wide = {}
    for step in ("square", "clear"):
        burnt = strip_of(Path(f"{step}-burn.png"))
        assert not np.array_equal(burnt, strip_of(Path(f"{step}-none.png")))
        wide[step] = (burnt != 255).any(axis=(0, 2)).sum()
    assert wide["square"] < wide["clear"] / 2  # one caption in place of the other, not over it


def test_films_and_loops_have_them_and_no_file_beside(call: Call, desk: Path) -> None:
    (desk / "scenes/spoken.py").write_text(SPOKEN)
    small = ("-r", "160,90", "--fps", "5", "--quiet", "--json", "--captions")
    done = call("render", "spoken", *small, "burn", "-o", "a.gif")
    assert done.exit_code == 0, done.stderr
    assert (strip_of(Path("a.gif")) < 128).any()
    both = json.loads(call("render", "spoken", *small, "srt,burn", "-o", "a.mp4").stdout)
    assert both["paths"] == ["a.mp4", "a.srt"]
    alone = json.loads(call("render", "spoken", *small, "burn", "-o", "b.mp4").stdout)
    assert alone["paths"] == ["b.mp4"]
    checked = call("check", "spoken", "--captions", "burn", "--quiet")
    assert checked.exit_code == 0, checked.stdout


def test_what_cannot_be_burnt_is_told(call: Call, desk: Path) -> None:
    (desk / "plain.py").write_text(
        "from manim import *\n\n\nclass Plain(Scene):\n"
        "    def construct(self):\n        self.wait()\n"
    )
    plain = call("render", "plain.py", "--captions", "burn", "-o", "p.mp4")
    assert plain.exit_code == 2
    assert "takes no --captions burn" in plain.stderr
    wrong = call("render", "demo", "--captions", "bun", "-o", "p.mp4")
    assert "did you mean 'burn'?" in wrong.stderr
