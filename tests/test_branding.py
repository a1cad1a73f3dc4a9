"""A theme's logo and watermark stand on every page, and pages keep off them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from PIL import Image

from mlanim.branding import Branding, brand_told
from mlanim.burnt_caption import BurntCaption
from mlanim.catalogue import find, load
from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives import Area
from mlanim.primitives.seen import Seen
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import look_at_end
from mlanim.theme import LIGHT, Fonts, Logo

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">
<rect width="20" height="10"/></svg>"""
CRAMPED = """
from mlanim import Explainer
from mlanim.primitives import TensorBox


class Wide(Explainer):
    def construct(self):
        TensorBox([0.5] * 400, cell=self.area.height / 400, numbers=True, theme=self.theme)
"""
FRAME = Area.of_frame(14.2, 8.0, 0)

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
    made = Branding(theme, FRAME)
    drawn, told = made.mobjects
    assert (drawn.width, drawn.height) == pytest.approx((1.0, 0.5))
    assert told.get_top()[1] < made.area.bottom  # the watermark is below
    assert told.get_right()[0] < drawn.get_left()[0] or told.get_left()[0] > drawn.get_right()[0]
    if corner == "top right":
        assert made.heading.right < drawn.get_left()[0]
        assert made.area.top == Branding(LIGHT, FRAME).area.top
    else:
        assert drawn.get_top()[1] < made.area.bottom


def test_a_logo_that_cannot_be_drawn_is_told(tmp_path: Path, logo: Path) -> None:
    logo.write_text("<svg")
    with pytest.raises(UsageError, match="cannot be drawn"):
        Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 0.5)), FRAME)
    logo.write_text(SVG)
    with pytest.raises(UsageError, match=r"give it a height of at most 1\.44") as error:
        Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 1.5)), FRAME)
    assert "\n" not in str(error.value)
    Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 1.44)), FRAME)


def test_a_page_without_room_tells_what_the_brand_takes(
    call: Callable[..., Result], desk: Path, logo: Path
) -> None:
    (desk / "wide.py").write_text(CRAMPED)
    theme = f'watermark = "Us"\n[logo]\nfile = "{logo}"\ncorner = "bottom right"\nheight = 0.5\n'
    (desk / "uni.toml").write_text(theme)
    plain = call("render", "wide.py", "-s", "-q", "l")
    branded = call("render", "wide.py", "-s", "-q", "l", "--theme", "uni.toml")
    assert plain.exit_code == branded.exit_code == 2
    assert "logo" not in plain.stderr
    assert "the theme's logo and watermark take 0.8 of 7.2 units of height: leave out" in (
        branded.stderr
    )
    assert 'corner = "top right"' in branded.stderr and branded.stderr.count("\n") == 1
    assert not list(desk.rglob("*.png"))


@pytest.mark.parametrize(
    ("lacks", "told", "untold"),
    [
        ("width", "% wider than usual", "logo"),
        ("height", "logo takes", "wider"),
        ("", "% wider than usual", "|"),
    ],
)
def test_what_takes_of_the_side_that_is_short_is_told(
    logo: Path, lacks: str, told: str, untold: str
) -> None:
    theme = replace(
        LIGHT, logo=Logo(str(logo), "bottom right", 0.5), fonts=Fonts(sans="DejaVu Sans Mono")
    )
    scene = SimpleNamespace(
        theme=theme, camera=SimpleNamespace(frame_width=FRAME.width, frame_height=FRAME.height)
    )
    with pytest.raises(NoRoomError) as error, brand_told(scene):
        raise NoRoomError("no room in 1.0 x 1.0 units", lacks=lacks)
    line = str(error.value)
    assert told in line and untold not in line and (not lacks or f"the {lacks} is short" in line)


def test_a_logo_is_read_once_a_page(logo: Path) -> None:
    made = Branding(replace(LIGHT, logo=Logo(str(logo), "top right", 0.5)), FRAME)
    assert made.on(FRAME) is made
    smaller = made.on(FRAME.inset(1))
    assert smaller.area.top == pytest.approx(made.area.top - 1) and smaller.on(FRAME) is not made


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


@pytest.mark.parametrize("corner", ["top right", "bottom left", "bottom right"])
@pytest.mark.parametrize("shape", ["16:9", "1:1", "9:16"])
def test_captions_in_the_picture_keep_off_them(desk: Path, logo: Path, corner, shape) -> None:
    (desk / "two.py").write_text(SCENE)
    look = f'watermark = "University of Somewhere"\n[logo]\nfile = "{logo}"\nheight = 0.7\n'
    (desk / "uni.toml").write_text(f'{look}corner = "{corner}"\n')
    spec = RenderSpec.from_options(
        quality="l", aspect=shape, theme=str(desk / "uni.toml"), captions="burn"
    )
    seen = []

    def look_on(glimpse) -> None:
        scene = glimpse.scene
        caption = next(m for m in scene.foreground_mobjects if isinstance(m, BurntCaption))
        boxes = [Area.around(thing) for thing in (*scene.brand, caption, scene.heading)]
        logos = [m for m in scene.mobjects if getattr(m, "seen", None) == Seen("logo")]
        seen.append((boxes, [len(logos), scene.camera.frame_width]))

    with configured(spec):
        look_at_end(load(find("two.py", desk)), spec.seeded(), look_on)
    ((boxes, (count, width)),) = seen
    assert count == 1  # the one of the whole frame has gone
    for one, other in combinations(boxes, 2):
        apart = (one.left >= other.right, other.left >= one.right)
        assert any((*apart, one.bottom >= other.top, other.bottom >= one.top)), (one, other)
    assert all(-width / 2 <= box.left and box.right <= width / 2 for box in boxes)
