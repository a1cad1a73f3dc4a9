"""A theme's logo and watermark stand on every page, and pages keep off them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from mlanim.branding import Branding
from mlanim.errors import UsageError
from mlanim.theme import LIGHT, Logo

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">
<rect width="20" height="10"/></svg>"""
FRAME = (14.2, 8.0)

SCENE = """
from mlanim import Explainer
from mlanim.primitives import Label


class Two(Explainer):
    def construct(self):
        with self.step("one", say="A page."):
            self.turn_to("The first page", Label("first", theme=self.theme))
            self.wait(2)
        with self.step("two", say="Another."):
            self.turn_to("The second page", Label("second", theme=self.theme))
            self.wait(2)
"""


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    (tmp_path / "logo.svg").write_text(SVG)
    return tmp_path / "logo.svg"


@pytest.mark.parametrize("corner", ["top right", "bottom left", "bottom right"])
def test_pages_and_headings_keep_off_the_logo(logo: Path, corner: str) -> None:
    theme = replace(LIGHT, logo=Logo(str(logo), corner, 0.5), watermark="Draft")
    made = Branding(theme, *FRAME)
    drawn, told = made.mobjects
    assert (drawn.width, drawn.height) == pytest.approx((1.0, 0.5))
    assert told.get_top()[1] < made.area.bottom  # the watermark is below
    assert told.get_right()[0] < drawn.get_left()[0] or told.get_left()[0] > drawn.get_right()[0]
    if corner == "top right":
        assert made.heading.right < drawn.get_left()[0]
        assert made.area.top == Branding(LIGHT, *FRAME).area.top
    else:
        assert drawn.get_top()[1] < made.area.bottom


def test_a_logo_that_cannot_be_drawn_is_told(tmp_path: Path, logo: Path) -> None:
    logo.write_text("<svg")
    with pytest.raises(UsageError, match="cannot be drawn"):
        Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 0.5)), *FRAME)
    logo.write_text(SVG)
    with pytest.raises(UsageError, match="give it less height"):
        Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 1.5)), *FRAME)


def test_a_film_has_it_on_every_page_and_follows_its_file(
    call: Callable[..., Result], desk: Path
) -> None:
    (desk / "two.py").write_text(SCENE)
    Image.new("RGB", (8, 8), (0, 58, 112)).save(desk / "logo.png")
    theme = '[logo]\nfile = "logo.png"\ncorner = "bottom right"\nheight = 1.0\n'
    (desk / "uni.toml").write_text(theme)
    words = ("-r", "160,90", "--fps", "5", "--theme", "uni.toml")
    picture = ("render", "two.py", *words, "-s", "-o", "end.png")
    assert call("check", "two.py", "--theme", "uni.toml", "--quiet").exit_code == 0
    done = call(*picture)
    assert done.exit_code == 0, done.output
    with Image.open(desk / "end.png") as end:
        assert end.convert("RGB").getpixel((148, 80)) == (0, 58, 112)
    Image.new("RGB", (8, 8), (157, 34, 53)).save(desk / "logo.png")
    assert call(*picture).exit_code == 0
    with Image.open(desk / "end.png") as end:
        assert end.convert("RGB").getpixel((148, 80)) == (157, 34, 53)
    (desk / "uni.toml").write_text('surfce = "#FFFFFF"\n' + theme)
    done = call("render", "two.py", *words, "-o", "film.mp4")
    assert done.exit_code == 2 and "did you mean 'surface'?" in done.stderr
    assert not (desk / "film.mp4").exists()
