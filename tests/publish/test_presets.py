"""Presets: chosen, said, checked; what the reader says wins. A hero's picture, a thread's posts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mlanim.colour import from_hex
from mlanim.publish import presets
from mlanim.publish.presets import PRESETS, layered
from mlanim.publish.sayings import Sayings
from mlanim.publish.thread import Post, posts_of
from mlanim.render.asked.spec import RenderSpec
from mlanim.review.sheet import Panel
from mlanim.theme import DARK
from tests.conftest import Call, one_line

SMALL = ("-r", "64,36", "--fps", "10")


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_a_spec_that_can_be(name: str) -> None:
    spec = RenderSpec.from_options(**PRESETS[name].options)
    assert spec.format == PRESETS[name].options["format"]


@pytest.mark.parametrize("name", ["readme", "article", "slides", "youtube", "social"])
def test_what_was_chosen_is_said_in_one_line(name: str, call: Call, desk: Path) -> None:
    result = call("render", "demo", "--for", name, *SMALL, "--json")
    assert result.exit_code == 0, result.stderr
    line, *more = result.stderr.splitlines()
    assert line.startswith(f"chosen for {name}: {PRESETS[name].options['format']}, 64x36 at 10 ")
    assert all(text.startswith("chosen: ") for text in more)  # how a GIF came to fit
    assert json.loads(result.stdout)["format"] == PRESETS[name].options["format"]


def test_the_preset_decides_what_nobody_said() -> None:
    social = layered({}, {"for": "social"}).options
    assert (social["quality"], social["aspect"], social["fps"]) == ("h", "1:1", 30)
    assert layered({"fps": 10}, {"for": "social"}).options["fps"] == 30  # nearer than a default
    assert layered({"for": "social"}, {"fps": 10}).options["fps"] == 10
    assert layered({}, {"for": "readme", "output": "a.mp4"}).options.get("max_bytes") is None
    assert layered({}, {"for": "hero", "aspect": "1:1"}).options.get("resolution") is None
    assert layered({}, {"for": "readme", "max_bytes": "1MB"}).limit is None


def test_an_unknown_preset_and_what_is_too_large_are_one_line(
    call: Call, desk: Path, monkeypatch
) -> None:
    result = call("render", "demo", "--for", "redme")
    assert result.exit_code == 2 and "did you mean 'readme'" in one_line(result)
    tight = presets.Preset({"format": "mp4"}, "a test", 100, 0.1)
    monkeypatch.setattr(presets, "PRESETS", {**PRESETS, "article": tight})
    result = call("render", "demo", "--for", "article", *SMALL)
    assert result.exit_code == 1
    assert "article takes 0.0001 MB: a test" in result.stderr.splitlines()[-1]


def test_a_hero_has_a_title_and_the_scene(call: Call, desk: Path) -> None:
    result = call("render", "demo", "--for", "hero", "--theme", "dark", "-r", "480,252")
    assert result.exit_code == 0, result.stderr
    image = Image.open(desk / "media/demo/demo.png").convert("RGB")
    assert image.size == (480, 252)
    pixels = np.asarray(image).astype(int)
    ground = np.round(np.array(from_hex(DARK.surface)) * 255)
    drawn = (np.abs(pixels - ground) > 40).any(axis=-1)
    assert drawn[:, :200].sum() > 200  # a title on the left
    assert drawn[:, 240:].sum() > 200  # a square on the right
    assert not drawn[:10].any() and not drawn[-10:].any()


def test_a_thread_is_a_folder_ready_to_post(call: Call, desk: Path) -> None:
    words = ("render", "demo", "--for", "thread", "-r", "128,128", "--fps", "5", "-o", "posts")
    result = call(*words)
    assert result.exit_code == 0, result.stderr
    names = ["thread.md", "thread.json", "01-title.png", "02-first.png", "03-second-inner.png"]
    assert result.stdout.split() == [f"posts/{name}" for name in names]
    posts = json.loads((desk / "posts/thread.json").read_text())
    assert [post["picture"] for post in posts] == names[2:]
    assert posts[1]["text"] == "A square appears. 2/3"
    assert posts[1]["alternative"].startswith("First.")
    assert Image.open(desk / "posts/02-first.png").size == (128, 128)
    text = (desk / "posts/thread.md").read_text()
    assert "A square appears. 2/3" in text and "![Post 2](02-first.png)" in text
    loops = call(*words, "--format", "gif")
    assert loops.exit_code == 0, loops.stderr
    assert (desk / "posts/02-first.gif").read_bytes().startswith(b"GIF89a")
    assert not (desk / "posts/02-first.png").exists()  # the former thread's


def test_a_folder_with_somebody_elses_files_is_left_alone(call: Call, desk: Path) -> None:
    (desk / "posts").mkdir()
    (desk / "posts/thread.md").write_text("mine")
    words = ("render", "demo", "--for", "thread", "-r", "128,128", "--fps", "5", "-o", "posts")
    result = call(*words)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(f"mlanim: {desk}/posts holds thread.md")
    assert [path.name for path in (desk / "posts").iterdir()] == ["thread.md"]


def test_no_post_is_too_long() -> None:
    image = Image.new("RGB", (2, 2))
    say = " ".join(["A sentence of some words."] * 30) + " " + "word " * 100
    panels = [Panel(image, "first", 0, 1, say)]
    posts = posts_of(Post("a.png", "Title.", "A."), panels, ["b.png"], Sayings())
    assert all(len(post.text) <= 280 for post in posts)
    assert [post.picture for post in posts][:3] == ["a.png", "b.png", ""]
    told = " ".join(post.text.rpartition(" ")[0] for post in posts[1:])
    assert told.split() == say.split()
