from __future__ import annotations

import errno
import inspect
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from manim import MathTex, Scene, Square, config
from PIL import Image

from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer


def pictures(folder: Path) -> list[np.ndarray]:
    return [np.asarray(Image.open(path)) for path in sorted(folder.glob("*.png"))]


def test_frames_and_files_are_manims(plain, make, tmp_path):
    ours = make(plain, "ours", format="png-sequence", resolution="160,90")
    script = tmp_path / "scene.py"
    script.write_text(Path(inspect.getfile(plain)).read_text())
    words = "render -r 160,90 --fps 10 --format png-sequence --disable_caching --progress_bar none"
    command = [sys.executable, "-m", "manim", *words.split(), "--media_dir", "manims", script.name]
    subprocess.run([*command, "Plain"], cwd=tmp_path, check=True, capture_output=True)
    folder = tmp_path / "manims" / "images" / "scene" / "Plain"
    manims = pictures(folder)
    assert [p.path.name for p in ours.files] == sorted(p.name for p in folder.glob("*.png"))
    assert all(np.array_equal(a, b) for a, b in zip(pictures(ours.paths[0]), manims, strict=True))


def test_a_still_wait_is_one_file_that_stands_for_its_time(plain, make):
    result = make(plain, "frames", format="png-sequence")
    assert result.frames == 24
    assert result.seconds == pytest.approx(2.4)
    assert len(result.files) == 24 - 8 + 1
    assert sorted(p.duration for p in result.files)[-2:] == pytest.approx([0.1, 0.8])
    assert sum(p.duration for p in result.files) == pytest.approx(result.seconds)


def test_steps_alone_have_the_frames_of_the_whole_scene(lesson, make):
    whole = make(lesson, "whole", format="png-sequence")
    part = make(lesson, "part", format="png-sequence", steps=("score",))
    assert [(s.path, s.start, s.end) for s in whole.steps] == [
        ("first", 0, 0.6),
        ("attention", 0.6, 3.1),
        ("attention/score", 0.6, 2.6),
        ("attention/softmax", 2.6, 3.1),
    ]
    # the updater in this scene integrates dt: a fast-forward in one step would show
    expected = pictures(whole.paths[0])[6:26]
    shown = pictures(part.paths[0])
    assert all(np.array_equal(a, b) for a, b in zip(shown, expected, strict=True))
    assert {s.path for s in part.steps} == {"attention", "attention/score"}
    assert part.seconds == 2


def test_the_last_frame_alone_is_that_of_the_whole_scene(lesson, make):
    still = make(lesson, "still.png")
    whole = make(lesson, "whole", format="png-sequence")
    assert np.array_equal(np.asarray(Image.open(still.paths[0])), pictures(whole.paths[0])[-1])
    assert (still.frames, still.seconds, still.format) == (1, 0, "png")


def test_values_and_theme_reach_the_explainer(lesson, make):
    light = make(lesson, "light.png", values={"turns": 1}, theme="light")
    dark = make(lesson, "dark.png", values={"turns": 1}, theme="dark")
    corners = [np.asarray(Image.open(r.paths[0]))[0, 0] for r in (light, dark)]
    assert corners[0][:3].mean() > 200 > 60 > corners[1][:3].mean()
    assert make(lesson, "one.gif", values={"turns": 1}).seconds == pytest.approx(2.8)


@pytest.mark.parametrize(
    "options", [{"theme": "dark"}, {"steps": ("score",)}, {"values": {"turns": 1}}]
)
def test_a_plain_scene_does_not_pretend_to_obey(plain, make, tmp_path, options):
    with pytest.raises(UsageError, match="plain Manim scene"):
        make(plain, "a.mp4", **options)
    assert not list(tmp_path.iterdir())


def test_an_unknown_step_leaves_nothing(lesson, make, tmp_path):
    with pytest.raises(UsageError, match="did you mean 'score'"):
        make(lesson, "a.mp4", steps=("first", "scor"))
    assert not list(tmp_path.iterdir())


class Empty(Scene):
    def construct(self):
        self.add(Square())


def test_a_scene_without_plays_is_a_picture_unless_a_film_was_named(make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spec = RenderSpec.from_options(resolution="64,36")
    result = render(Empty, spec)
    assert result.paths == (Path("media/Empty/Empty.png"),)
    assert result.format == "png"
    for name, chosen in [("a.mp4", None), ("b.gif", None), ("c", "png-sequence")]:
        with pytest.raises(UsageError, match="use -s for its picture"):
            make(Empty, name, format=chosen)
    assert [path.name for path in tmp_path.iterdir()] == ["media"]


class AllSkipped(Scene):
    def construct(self):
        self.next_section("gone", skip_animations=True)
        self.wait()


def test_a_scene_of_which_nothing_is_shown_says_so(make):
    with pytest.raises(UsageError, match="shows nothing"):
        make(AllSkipped, "a.mp4")


class Broken(Scene):
    def construct(self):
        self.wait(0.3)
        raise ValueError("two\nlines")


@pytest.mark.parametrize("name", ["a.mp4", "a.gif", "a.webm", "a.png"])
def test_a_scene_that_fails_is_told_by_its_own_line_and_leaves_the_old_file(make, tmp_path, name):
    (tmp_path / name).write_text("the last good one")
    with pytest.raises(MlanimError, match=r"test_engine\.py:\d+: ValueError: two lines"):
        make(Broken, name)
    assert (tmp_path / name).read_text() == "the last good one"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["a.mp4", "a.gif", "frames"])
def test_a_full_disk_is_told_and_nothing_is_left(plain, make, tmp_path, monkeypatch, name):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    for sink in ("segment.SegmentWriter", "spool.SpoolWriter", "sequence.PngWriter"):
        monkeypatch.setattr(f"mlanim.render.sinks.{sink}.frame", full)
    with pytest.raises(MlanimError, match=f"cannot write .*{name}: No space left"):
        make(plain, name, format="png-sequence" if name == "frames" else None)
    assert not list(tmp_path.iterdir())


def test_a_formula_without_latex_says_what_does_without(make, monkeypatch):
    class Formula(Scene):
        def construct(self):
            self.add(MathTex("x^{2026}"))

    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    with pytest.raises(MlanimError, match="MathTypst"):
        make(Formula, "a.png")


def test_an_observer_sees_every_frame_at_its_time(plain, make):
    class Watcher(Observer):
        def __init__(self):
            self.frames, self.ends, self.starts = [], [], 0

        def play_started(self, scene):
            self.starts += 1
            assert scene.animations

        def frame(self, pixels, time, repeat):
            assert pixels.shape == (36, 64, 4)
            self.frames.append((round(time, 6), repeat))

        def play_finished(self, scene, time):
            self.ends.append(round(time, 6))

    watcher = Watcher()
    make(plain, "a.gif", observer=watcher)
    assert (0.5, 8) in watcher.frames
    assert sum(repeat for _, repeat in watcher.frames) == 24
    assert watcher.starts == len(watcher.ends) == 4
    assert watcher.ends[-1] == 2.4


def test_without_a_format_only_observers_see(plain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = render(plain, RenderSpec(width=64, height=36, fps=10, format="none"))
    assert (result.paths, result.frames, result.bytes) == ((), 24, 0)
    assert not list(tmp_path.iterdir())


def test_manims_configuration_is_as_before_and_no_media_folder_appears(plain, make, tmp_path):
    before = dict(config)
    make(plain, "a.mp4")
    assert dict(config) == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_the_seed_decides_what_is_random(make):
    class Noise(Scene):
        def construct(self):
            self.add(Square().shift([float(np.random.normal()), 0, 0]))

    a, b, c = (make(Noise, f"{i}.png", seed=seed) for i, seed in enumerate((5, 5, 6)))
    assert a.seed == 5
    assert a.paths[0].read_bytes() == b.paths[0].read_bytes() != c.paths[0].read_bytes()
    assert make(Noise, "d.png", seed=None).seed == 0
