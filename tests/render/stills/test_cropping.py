"""Figures for papers: cut to what is drawn, and without headings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import Call

TITLED = '''
from manim import Square

from mlanim import Explainer


class Titled(Explainer):
    """A square below a heading."""

    def construct(self):
        with self.step("square", say="A square."):
            self.turn_to("A heading of some length", Square(2, color="#336699", fill_opacity=1))
            self.wait(0.2)
'''


@pytest.fixture
def figure(call: Call, desk: Path):
    (desk / "scenes/titled.py").write_text(TITLED)

    def render(output: str, *words: str) -> dict:
        done = call("render", "titled", "-r", "320,180", "--quiet", "--json", "-o", output, *words)
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    return render


def test_a_png_is_cut_to_what_is_drawn_and_a_margin(figure) -> None:
    told = figure("cut.png", "--crop", "--no-heading")
    figure("whole.png", "--no-heading")
    cut, whole = (np.asarray(Image.open(name)) for name in ("cut.png", "whole.png"))
    assert cut.shape[1::-1] == (told["width"], told["height"])
    rows, columns = ((whole != whole[0, 0]).any(axis=(2, axis)).nonzero()[0] for axis in (1, 0))
    margin = round(0.02 * 180)
    assert cut.shape[0] == rows[-1] - rows[0] + 1 + 2 * margin
    assert np.array_equal(
        cut,
        whole[
            rows[0] - margin : rows[-1] + 1 + margin, columns[0] - margin : columns[-1] + 1 + margin
        ],
    )


def test_a_heading_is_left_out_and_its_room_stays(figure) -> None:
    figure("with.png")
    figure("without.png", "--no-heading")
    titled, bare = (np.asarray(Image.open(name)) for name in ("with.png", "without.png"))
    assert not np.array_equal(titled[:30], bare[:30])
    assert (bare[:30] == bare[0, 0]).all()
    assert np.array_equal(titled[40:], bare[40:])


def test_vectors_are_cut_to_the_same_rectangle(figure) -> None:
    told = figure("cut.svg", "--crop", "--no-heading")
    figure("cut.png", "--crop", "--no-heading")
    size = Image.open("cut.png").size
    assert size == (told["width"], told["height"])
    text = Path("cut.svg").read_text()
    assert f'viewBox="0 0 {size[0]} {size[1]}"' in text
    paths = [
        float(n) for d in re.findall(r' d="([^"]*)"', text) for n in re.findall(r"-?[\d.]+", d)
    ]
    assert min(paths) >= -5 and max(paths) <= max(size) + 5
    figure("cut.pdf", "--crop")
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", Path("cut.pdf").read_bytes())
    assert box and float(box[1]) < 320 * 0.75


def test_what_cannot_be_cut_is_told(call: Call, desk: Path) -> None:
    film = call("render", "demo", "--crop", "-o", "a.mp4")
    assert film.exit_code == 2
    assert "--crop with mp4: one frame is a png, svg, pdf" in film.stderr
    (desk / "plain.py").write_text(
        "from manim import *\n\n\nclass Plain(Scene):\n"
        "    def construct(self):\n        self.wait()\n"
    )
    assert "takes no --no-heading" in call("render", "plain.py", "--no-heading", "-s").stderr
    empty = call("render", "plain.py", "--crop", "-o", "e.png")
    assert empty.exit_code == 1
    assert "nothing is drawn" in empty.stderr
    assert not Path("e.png").exists()
