"""Colour bars on request: their values are the arrays', and they stand beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import Group
from PIL import Image

from mlanim.errors import MlanimError
from mlanim.primitives import AttentionMatrix, ColourBar, HeatImage, TensorBox
from mlanim.render.stills import still
from mlanim.render.stills.colour_bars import bars_of, with_colour_bars
from tests.conftest import Call

MAPS = '''
import numpy as np

from mlanim import Explainer
from mlanim.primitives import HeatImage, TensorBox


class Maps(Explainer):
    """Two maps."""

    def construct(self):
        wave = np.sin(np.arange(600.0)).reshape(20, 30) * 2.5
        with self.step("wide", say="A wide one."):
            size = {"width": self.area.width, "height": 3.0}
            self.map = HeatImage(wave, role="hidden", theme=self.theme, **size)
            self.turn_to("A wave", self.map)
            self.wait(0.2)
        with self.step("two", say="Two of one scale."):
            maps = [HeatImage(np.eye(6) * n, width=2, height=2, role="score", limit=3.0,
                              scale="weight", theme=self.theme) for n in (1, 2)]
            maps[0].shift([-2, 1.3, 0]), maps[1].shift([-2, -1.3, 0])
            self.turn_to("Two", *maps)
            self.wait(0.2)
        with self.step("plain", say="Numbers stand there."):
            self.turn_to("Plain", TensorBox([0.5, 1.0], cell=1.0, theme=self.theme))
            self.wait(0.2)
'''


@pytest.fixture
def figure(call: Call, desk: Path, monkeypatch: pytest.MonkeyPatch):
    """Renders a still; gives its pixels, its bars, and the scene they stand in."""
    (desk / "scenes/maps.py").write_text(MAPS)
    kept = []

    def keep(glimpse):
        kept.append(with_colour_bars(glimpse))
        return kept[-1]

    monkeypatch.setattr(still, "with_colour_bars", keep)

    def render(step: str, *words: str, output: str = "map.png"):
        asked = ("maps", "--steps", step, "--colour-bar", "-o", output, "--quiet")
        size = () if "-r" in words else ("-r", "640,360")
        done = call("render", *asked, *size, *words)
        assert done.exit_code == 0, done.stderr
        (layer,) = kept[-1].layers()
        bars = [thing for thing in layer if isinstance(thing, ColourBar)]
        return kept[-1].pixels, bars, kept[-1].scene

    return render


def test_a_bar_has_the_range_of_the_array_and_its_colours(figure) -> None:
    pixels, (bar,), scene = figure("wide")
    values = scene.map.values
    assert (bar.low, bar.high) == (-np.abs(values).max(), np.abs(values).max())
    assert [number.text for number in bar.numbers] == ["−2.50", "0.00", "2.50"]
    ends = [np.unravel_index(find(values), values.shape) for find in (np.argmin, np.argmax)]
    for colour, place in zip((bar.colours[0], bar.colours[-1]), ends, strict=True):
        share = abs(values[place]) / bar.high
        assert share > 0.99
        drawn = scene.map.pixel_array[place][:3] / 255
        assert np.abs(drawn - colour).max() < 0.03
    # ... and in the picture: the strip's colour a little below its upper end.
    assert Image.open("map.png").size == (640, 360)
    unit, (x, y, _) = 360 / 8, bar.bar.get_top() - [0, 0.1, 0]
    seen = pixels[round(180 - y * unit), round(320 + x * unit), :3] / 255
    assert np.abs(seen - bar.colours[-1]).max() < 0.1


def test_what_is_wide_makes_room_and_nothing_overlaps(figure) -> None:
    for size in ("640,360", "360,360", "360,640"):
        _, (bar,), scene = figure("wide", "-r", size)
        assert scene.map.get_right()[0] < bar.get_left()[0]
        assert bar.get_right()[0] <= scene.area.right + 1e-6
        assert bar.title.text == "hidden state"
        assert bar.numbers.get_right()[0] < bar.title.get_left()[0]
        assert scene.map.get_left()[0] >= scene.area.left - 1e-6
        assert scene.map.get_top()[1] == pytest.approx(bar.bar.get_top()[1])
        assert scene.map.width > 0.7 * scene.area.width


def test_arrays_of_one_scale_have_one_bar(figure) -> None:
    _, (bar,), _ = figure("two", "--crop", output="two.svg")
    assert (bar.low, bar.high) == (0.0, 3.0)
    assert bar.bar.height == pytest.approx(4.6)  # beside both
    assert Path("two.svg").read_text().startswith("<?xml")


def test_tables_without_numbers_are_explained_where_there_is_no_picture() -> None:
    words = list("abc")
    table = AttentionMatrix(np.eye(3), words, words, numbers=False)
    (bar,) = bars_of([table, TensorBox([1.0, 2.0], numbers=False)])
    assert (bar.low, bar.high) == (0.0, 1.0)
    picture = HeatImage([[4.0, 1.0]], width=1, height=1)
    assert [bar.high for bar in bars_of([table, Group(picture)])] == [4.0]
    states = [TensorBox([1.0, -2.0], label=f"h{i}", numbers=False) for i in range(1, 6)]
    assert [bar.title.text for bar in bars_of(states[:2])] == ["h1, h2"]
    assert [bar.title.text for bar in bars_of(states)] == ["hidden state"]
    assert bar.title.text == "weight"
    many = [HeatImage([[float(n)]], width=1, height=1) for n in (1, 2, 3, 4)]
    with pytest.raises(MlanimError, match="has 4 scales, and at most 3 are explained"):
        bars_of(many)


def test_where_there_is_nothing_to_explain_one_line_says_so(call: Call, desk: Path) -> None:
    (desk / "scenes/maps.py").write_text(MAPS)
    asked = ("render", "maps", "--steps", "plain", "-r", "320,180", "--quiet")
    done = call(*asked, "--colour-bar", "-o", "plain.png")
    assert done.exit_code == 1 and not Path("plain.png").exists()
    (line,) = done.stderr.strip().splitlines()
    assert "--colour-bar: no colour in this frame stands for a number" in line
    film = call(*asked, "--color-bar", "-o", "plain.mp4")
    assert film.exit_code == 2 and "--colour-bar with mp4: one frame is a png" in film.stderr
