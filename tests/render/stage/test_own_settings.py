"""What a Manim user has set, in manim.cfg or in the file, is what mlanim renders by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from manim import config

from mlanim.errors import MlanimError, UsageError
from mlanim.render.stage.asked_scene import OpenedScene, ask_scene, open_asked

HEAD = "from manim import *\n"
SCENE = "\nclass Own(Scene):\n    def construct(self):\n        self.wait(0.2)\n"
SMALL = "config.pixel_width = 90\nconfig.pixel_height = 160\nconfig.frame_rate = 10\n"
TALL = SMALL + "config.frame_width = 9\nconfig.frame_height = 16\n"


@pytest.fixture(autouse=True)
def home(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that the reader's manim.cfg has no say."""
    monkeypatch.setenv("HOME", str(desk / "home"))
    return desk / "home"


def opened(text: str, **options: object) -> OpenedScene:
    Path("own.py").write_text(text)
    with open_asked(ask_scene("own.py", None, **options)) as found:
        return found


def size(found: OpenedScene) -> tuple[int, int, float]:
    return found.spec.width, found.spec.height, found.spec.fps


def settings(path: Path, **lines: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[CLI]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items()))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (HEAD + SMALL + SCENE, (90, 160, 10)),
        (
            HEAD + 'config["pixel_width"] = 120\nconfig["frame_rate"] = 12.5\n' + SCENE,
            (120, 720, 12.5),
        ),
        (HEAD + 'config.update({"pixel_width": 64, "pixel_height": 36})\n' + SCENE, (64, 36, 30)),
        (HEAD + "config.frame_size = (64, 48)\n" + SCENE, (64, 48, 30)),
        (HEAD + 'config.quality = "low_quality"\n' + SCENE, (854, 480, 15)),
        (HEAD + "class First(Scene):\n    config.pixel_width = 64\n" + SCENE, (64, 720, 30)),
        ("from look import *\nfrom manim import *" + SCENE, (90, 160, 10)),
        (HEAD + "with tempconfig({'pixel_width': 64}):\n    pass\n" + SCENE, (1280, 720, 30)),
        (
            HEAD + SCENE + "    def __init__(self, *given):\n        config.frame_rate = 5\n"
            "        super().__init__(*given)\n",
            (1280, 720, 5),
        ),
    ],
)
def test_a_file_sets_size_and_rate_wherever_it_does(text, wanted):
    Path("look.py").write_text(HEAD + SMALL)
    sys.modules.pop("look", None)
    before = dict(config)
    assert size(opened(text.replace("class First", "class _First"))) == wanted
    assert dict(config) == before


def test_units_background_and_opacity_are_the_files():
    found = opened(HEAD + TALL + "config.background_opacity = 0.5\n" + SCENE)
    assert found.spec.frame_size == (9, 16)
    assert (found.spec.transparent, found.spec.opacity, found.spec.format) == (True, 0.5, "mov")
    usual = opened(HEAD + SCENE)
    assert usual.spec.frame_size == pytest.approx((128 / 9, 8))
    assert (usual.spec.transparent, usual.spec.format) == (False, "mp4")


def test_an_option_wins_and_a_line_says_so(capsys):
    assert size(opened(HEAD + TALL + SCENE)) == (90, 160, 10)
    assert capsys.readouterr().err == ""
    assert size(opened(HEAD + TALL + SCENE, resolution="64,36", fps=5)) == (64, 36, 5)
    line = "own: 64x36 at 5 frames a second, not 90x160 at 10 frames a second as the file sets"
    assert line in capsys.readouterr().err
    assert size(opened(HEAD + TALL + SCENE, quality="l")) == (270, 480, 15)
    square = opened(HEAD + TALL + SCENE, aspect="1:1")
    assert size(square) == (90, 90, 10) and square.spec.frame_size == (9, 9)


def test_a_resolution_leaves_a_plain_scene_manims_units_and_gives_an_explainer_its_own(desk):
    assert opened(HEAD + SCENE, resolution="64,64").spec.frame_size == pytest.approx((128 / 9, 8))
    with open_asked(ask_scene("demo", None, resolution="64,64")) as found:
        assert found.spec.frame_size == (8, 8)
    settings(desk / "manim.cfg", pixel_width=64, frame_rate=5)
    with open_asked(ask_scene("demo", None)) as found:
        assert size(found) == (1280, 720, 30)


def test_manims_files_of_settings_come_before_options_and_the_file_after(desk, home):
    settings(home / ".config/manim/manim.cfg", pixel_width=64, pixel_height=36, frame_rate=5)
    assert size(opened(HEAD + SCENE)) == (64, 36, 5)
    settings(desk / "manim.cfg", frame_rate=8, frame_height=4)
    here = opened(HEAD + SCENE)
    assert size(here) == (64, 36, 8) and here.spec.frame_size == pytest.approx((64 / 9, 4))
    assert size(opened(HEAD + SCENE, quality="l")) == (854, 480, 15)
    assert size(opened(HEAD + "config.frame_rate = 12\n" + SCENE)) == (64, 36, 12)
    settings(desk / "other.cfg", frame_rate=20)
    assert size(opened(HEAD + SCENE, config_file=Path("other.cfg"))) == (64, 36, 20)


def test_formats_places_and_plays_are_honoured(desk):
    settings(desk / "manim.cfg", media_dir="out", output_file="talk", format="gif")
    found = opened(HEAD + "config.from_animation_number = 2\n" + SCENE)
    assert (found.spec.format, found.spec.plays) == ("gif", (2, None))
    assert found.default_output == Path("out/own/talk.gif")
    mine = opened(HEAD + SCENE, format="webm", plays="1,3")
    assert (mine.spec.format, mine.spec.plays) == ("webm", (1, 3))
    settings(desk / "manim.cfg", save_sections=True, format="png")
    assert opened(HEAD + SCENE).spec.format == "png"


def test_another_renderer_is_said_to_be_cairo(desk, capsys):
    line = "own: drawn with Cairo, not OpenGL as {} asks"
    opened(HEAD + 'config.renderer = "opengl"\n' + SCENE)
    assert line.format("the file") in capsys.readouterr().err
    settings(desk / "manim.cfg", renderer="opengl")
    opened(HEAD + SCENE)
    assert line.format("manim.cfg") in capsys.readouterr().err


def test_settings_that_cannot_be_are_told_in_a_line(desk):
    with pytest.raises(UsageError, match="Manim's configuration asks for width 91"):
        opened(HEAD + "config.pixel_width = 91\n" + SCENE)
    with pytest.raises(UsageError, match="Manim's configuration asks for frame_rate '10'"):
        opened(HEAD + "config.frame_rate = '10'\n" + SCENE)
    with pytest.raises(UsageError, match="-c 'nope'"):
        opened(HEAD + SCENE, background="nope")
    settings(desk / "manim.cfg", frame_rate="fast")
    with pytest.raises(MlanimError, match=r"manim.cfg: ValueError: .*fast"):
        opened(HEAD + SCENE)
