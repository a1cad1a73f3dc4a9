"""The command line of `manim render`: its options work, or a line says mlanim's word."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from mlanim.cli import render as render_module
from tests.conftest import one_line

SMALL = ("-r", "64,36", "--fps", "10")

TWO = """
from manim import *

class Turn(Scene):
    def construct(self):
        self.play(Create(Square()), run_time=0.2)
        self.next_section("Two roots")
        self.play(Create(Circle()), run_time=0.4)
        self.next_section()
        self.wait(0.3)

class Grow(Scene):
    def construct(self):
        self.wait(0.1)
"""


@pytest.fixture(autouse=True)
def plain(desk, monkeypatch):
    monkeypatch.setenv("HOME", str(desk))
    (desk / "two.py").write_text(TWO)


def told(result) -> dict:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_all_scenes_or_several_are_rendered_one_after_the_other(call):
    both = ["media/two/Turn.mp4", "media/two/Grow.mp4"]
    assert call("render", "two.py", "-a", *SMALL).stdout.splitlines() == both
    backwards = call("render", "two.py", "Grow", "Turn", *SMALL, "--media_dir", "out")
    assert backwards.stdout.splitlines() == ["out/two/Grow.mp4", "out/two/Turn.mp4"]
    refused = call("render", "two.py", "Grow", "Turn", "-o", "a.mp4")
    assert refused.exit_code == 2 and "-o for 2 scenes" in one_line(refused)


def test_plays_are_chosen_by_number(call):
    words = ("render", "two.py", "Turn", *SMALL, "--json", "-n")
    assert told(call(*words, "1,1"))["frames"] == 4
    assert told(call(*words, "1"))["frames"] == 6
    assert told(call(*words, "0-0"))["paths"] == ["media/two/Turn-n-0-0.mp4"]
    for wrong in ("3,1", "x"):
        refused = call(*words, wrong)
        assert refused.exit_code == 2 and one_line(refused).startswith("mlanim: -n ")


def test_sections_are_steps(call):
    whole = told(call("render", "two.py", "Turn", *SMALL, "--json"))
    assert [(step["path"], step["start"], step["end"]) for step in whole["steps"]] == [
        ("Two-roots", 0.2, 0.6)
    ]
    part = told(call("render", "two.py", "Turn", *SMALL, "--json", "--steps", "Two-roots"))
    assert part["frames"] == 4
    unknown = call("render", "two.py", "Turn", *SMALL, "--steps", "roots")
    assert unknown.exit_code == 2 and "Two-roots" in one_line(unknown)
    assert "Two-roots" in call("show", "two.py", "Turn").stdout


def test_old_letters_and_settings_work(call, desk):
    words = ("--renderer", "cairo", "-v", "WARNING", "--progress_bar", "none", "--disable_caching")
    made = call("render", "two.py", "Grow", *SMALL, *words, "-i", "--write_to_movie", "-o", "v1.2")
    assert made.stdout == "v1.2.gif\n", made.stderr
    call("render", "two.py", "Grow", *SMALL, "-s", "-c", "#FF0000", "-o", "red")
    assert Image.open(desk / "red.png").convert("RGB").getpixel((0, 0)) == (255, 0, 0)
    (desk / "blue.cfg").write_text("[CLI]\nbackground_color = #0000FF\n")
    call("render", "two.py", "Grow", *SMALL, "-s", "-c", "blue.cfg", "-o", "blue")
    assert Image.open(desk / "blue.png").convert("RGB").getpixel((0, 0)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("words", "settings", "top"),
    [
        (("--dry_run",), "", ""),
        (("--dry_run", "--for", "article"), "", ""),
        ((), "dry_run = True", ""),
        ((), "", "config.dry_run = True"),
    ],
)
def test_a_dry_run_writes_nothing(call, desk, words, settings, top):
    (desk / "manim.cfg").write_text(f"[CLI]\n{settings}\n")
    (desk / "two.py").write_text(TWO.replace("import *\n", f"import *\n{top}\n"))
    made = call("render", "two.py", "Turn", *SMALL, *words, "--json")
    assert (told(made)["frames"], told(made)["paths"]) == (8, [])
    assert not (desk / "media").exists()


def test_qualities_do_not_overwrite_each_other(call):
    low = call("render", "two.py", "Grow", "-ql", *SMALL)
    high = call("render", "two.py", "Grow", "-qh", "--fps", "1", "-s")
    usual = call("render", "two.py", "Grow", *SMALL)
    made = [result.stdout.strip() for result in (low, high, usual)]
    assert made == ["media/two/Grow-36p10.mp4", "media/two/Grow-1080p.png", "media/two/Grow.mp4"]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("--save_sections",), "--steps NAME"),
        (("--flush_cache",), "mlanim cache clear"),
        (("--renderer", "opengl"), "Cairo"),
        (("--custom_folders",), "--media_dir"),
        (("-l",), "mlanim watch"),
        (("--video-codec", "libx264"), "--codec"),
        (("--max-inflight-encoders", "4"), "-j N"),
        (("-c", "none.cfg"), "no such file"),
    ],
)
def test_what_mlanim_does_in_another_way_is_told(call, desk, words, word):
    result = call("render", "two.py", "Grow", *words)
    assert result.exit_code == 2
    assert word in one_line(result)
    assert not (desk / "media").exists()


def test_a_file_alone_is_told_the_command(call):
    assert "mlanim render two.py" in one_line(call("two.py", "Grow", "-ql"))


def test_without_a_display_the_film_is_there_all_the_same(call, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(render_module.sys, "platform", "linux")
    made = call("render", "two.py", "Grow", "-p", *SMALL)
    assert (made.exit_code, made.stdout) == (0, "media/two/Grow.mp4\n")
    line = "mlanim: cannot open media/two/Grow.mp4 here: there is no display"
    assert made.stderr.splitlines()[-1] == line


def test_a_changed_manim_cfg_is_another_render(call, desk):
    words = ("render", "two.py", "Grow", "--json")
    (desk / "manim.cfg").write_text("[CLI]\npixel_width = 64\npixel_height = 36\nframe_rate = 10\n")
    assert told(call(*words))["width"] == 64
    assert told(call(*words))["width"] == 64
    (desk / "manim.cfg").write_text("[CLI]\npixel_width = 96\npixel_height = 54\nframe_rate = 10\n")
    assert told(call(*words))["width"] == 96
