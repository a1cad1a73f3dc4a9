"""GIF and animated WebP: how they loop, what they store, and how they keep to a limit of bytes."""

from __future__ import annotations

import io
import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from manim import BLACK, LEFT, RIGHT, WHITE, Circle, Scene, Square
from PIL import Image

from mlanim.errors import UsageError
from mlanim.render.asked.byte_size import parse_bytes
from mlanim.render.plays import cutting
from mlanim.render.sinks.fit import Rung, TooLarge, fit, rungs
from mlanim.render.sinks.gif_file import GifFile
from mlanim.render.sinks.loop import schedule
from mlanim.render.sinks.palette import Palette

LOOPS = ["a.gif", "a.webp"]


def pictures(source) -> tuple[list[np.ndarray], list[int]]:
    """The pictures as RGBA and their durations in milliseconds, as Pillow shows them."""
    image, shown, delays = Image.open(source), [], []
    for i in range(getattr(image, "n_frames", 1)):
        image.seek(i)
        image.load()
        shown.append(np.asarray(image.convert("RGBA")).astype(int))
        delays.append(image.info["duration"])
    return shown, delays


class Crossing(Scene):
    """A disc crosses, then rests for a second."""

    def construct(self):
        disc = Circle(2, color=BLACK, fill_color=WHITE, fill_opacity=1, stroke_width=0)
        self.add(disc.shift(4 * LEFT))
        self.play(disc.animate.shift(8 * RIGHT), run_time=1)
        self.wait(1)


@pytest.mark.parametrize("name", LOOPS)
def test_the_last_picture_is_held_and_the_length_is_true(make, name):
    result = make(Crossing, name, hold=1.5)
    _, delays = pictures(result.paths[0])
    assert sum(delays) == 3500
    assert delays[-1] >= 2400
    assert (result.seconds, result.frames) == (3.5, 35)


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.parametrize("plays", [0, 1, 3])
def test_it_plays_as_often_as_it_is_told(make, name, plays):
    image = Image.open(make(Crossing, name, loop=plays).paths[0])
    assert image.n_frames > 5
    if name == "a.webp":
        assert image.info["loop"] == plays
    else:  # a GIF tells how often it is repeated, and nothing when it is not
        assert image.info.get("loop", "once") == {0: 0, 1: "once", 3: 2}[plays]


@pytest.mark.parametrize("name", LOOPS)
def test_what_moves_away_from_nothing_leaves_nothing_behind(make, name):
    shown, _ = pictures(make(Crossing, name, transparent=True).paths[0])
    for rgba in shown:
        columns = np.flatnonzero((rgba[..., 3] >= 128).any(axis=0))
        assert 14 <= len(columns) <= 22  # the disc alone, no trail
    assert shown[0][18, 14, 3] == 255
    assert shown[-1][18, 14, 3] == 0
    assert tuple(shown[-1][18, 50]) == (255, 255, 255, 255)


@pytest.mark.parametrize("fps", [15, 30, 12, 50, 60])
def test_every_picture_of_a_gif_comes_in_its_hundredth_of_a_second(make, fps):
    class Counting(Scene):
        """Another picture each frame, for a second."""

        def construct(self):
            disc = Circle(0.5, color=WHITE, fill_opacity=1)
            self.play(disc.animate.shift(3 * RIGHT), run_time=1, rate_func=lambda t: t)

    _, delays = pictures(make(Counting, "a.gif", fps=fps, resolution="320,180").paths[0])
    ends = np.cumsum(delays)
    assert ends[-1] == 1000
    assert min(delays) >= 20
    if fps <= 50:
        assert len(delays) == fps
        assert np.abs(ends - 1000 * np.arange(1, fps + 1) / fps).max() < 10
    if fps == 15:
        assert delays[:6] == [70, 70, 60, 70, 70, 60]


@pytest.mark.parametrize("name", LOOPS)
def test_it_shows_every_picture_of_the_scene(plain, make, name, monkeypatch):
    monkeypatch.setattr(cutting, "_ENOUGH", 4)  # short segments, and many of them
    monkeypatch.setattr(cutting, "_PIECE", 5)
    film, stills = make(plain, name), make(plain, "frames", format="png-sequence")
    shown, delays = pictures(film.paths[0])
    ends = np.cumsum(delays)
    at = 0.0
    for still in stills.files:
        truth = np.asarray(Image.open(still.path).convert("RGBA")).astype(int)
        ours = shown[int(np.searchsorted(ends, (at + still.duration / 2) * 1000))]
        assert ((ours - truth) ** 2).mean() <= 12
        at += still.duration
    assert ends[-1] == 2400


INDICES = arrays(np.uint8, (5, 7), elements=st.integers(0, 3))  # 3 is transparent


@settings(max_examples=60)
@given(st.lists(INDICES, min_size=1, max_size=5), st.integers(0, 5))
def test_a_gif_shows_the_indices_that_it_was_given(frames, plays):
    rgb = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255]], np.uint8)
    none = np.zeros(1)
    palette = Palette(rgb, none, 0.0, 0.0, none)
    file = io.BytesIO()
    gif = GifFile(file, 7, 5, palette, plays)
    for i, indices in enumerate(frames):
        gif.picture(indices, 10 * i)
    gif.end(10 * len(frames))
    colours = np.concatenate([np.c_[rgb, [255] * 3], [[0] * 4]])
    shown, delays = pictures(file)
    ends = np.cumsum(delays)
    assert ends[-1] == 100 * len(frames)
    for i, indices in enumerate(frames):
        ours = shown[int(np.searchsorted(ends, 100 * i + 50))]
        seen = ours[..., 3] > 0
        assert np.array_equal(seen, indices != 3)
        assert np.array_equal(ours[seen], colours[indices][seen])


def test_a_wait_longer_than_a_gif_can_say_is_said_twice():
    palette = Palette(np.eye(3, dtype=np.uint8) * 255, np.zeros(1), 0.0, 0.0, np.zeros(1))
    file = io.BytesIO()
    gif = GifFile(file, 7, 5, palette, 0)
    gif.picture(np.ones((5, 7), np.uint8), 0)
    gif.end(100_000)
    assert sum(pictures(file)[1]) == 1_000_000


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=20),
    st.integers(1, 12),
)
def test_a_slower_version_begins_with_the_first_and_ends_with_the_last(repeats, every):
    starts = [0, *np.cumsum(repeats).tolist()]
    frames = starts.pop()
    plan = schedule(starts, frames, every)
    assert min(plan) == 0
    assert max(plan) == len(starts) - 1
    spans = list(plan.values())
    assert [begins for begins, _ in spans] == [0, *(ends for _, ends in spans[:-1])]
    assert spans[-1][1] == frames
    assert all(begins < ends for begins, ends in spans)
    assert all(begins >= starts[picture] for picture, (begins, _) in plan.items())


def test_the_ladder_goes_down():
    ladder = rungs(854, 480, Fraction(60))
    assert ladder[0] == Rung()
    pixels_a_second = [r.scale**2 / r.every for r in ladder]
    assert pixels_a_second == sorted(pixels_a_second, reverse=True)
    assert min(r.size(854, 480) for r in ladder)[1] >= 64
    legible = [r for r in ladder if r.size(854, 480)[1] >= 340]
    assert ladder.index(legible[-1]) < min(ladder.index(r) for r in ladder if r not in legible)
    assert any(r.size(854, 480)[1] >= 340 and 7.5 <= 60 / r.every <= 9 for r in ladder)
    assert len(rungs(64, 36, Fraction(10))) >= 3


@pytest.mark.parametrize("fps", [15, 24, 30, 50, 60])
def test_rate_goes_before_words_can_no_longer_be_read(fps):
    ladder = rungs(854, 480, Fraction(fps))
    smaller = next(i for i, r in enumerate(ladder) if r.size(854, 480)[1] < 340)
    at_rest = ladder[smaller - 1]
    assert at_rest.size(854, 480) == (606, 341)
    assert any(r.size(854, 480) == (606, 341) and 7.5 <= fps / r.every <= 10 for r in ladder)
    assert all(fps / r.every <= 8 for r in ladder[smaller:])


@given(st.integers(1, 200))
def test_fit_finds_the_first_rung_that_fits(limit):
    ladder = [Rung(1.0, 1, coarse) for coarse in range(9)]
    written = []

    def write(rung, mind):
        size = 100 - 10 * rung.coarse
        if mind and size > limit:
            raise TooLarge
        written.append(rung)
        return size

    if limit < 20:
        with pytest.raises(UsageError, match="the smallest version takes 20 bytes"):
            fit(ladder, write, limit)
    else:
        assert fit(ladder, write, limit) == written[-1]
        assert written[-1].coarse == max(0, -(-(100 - limit) // 10))


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.parametrize("share", [0.9, 0.66, 0.4])
def test_a_limit_of_bytes_is_kept_and_told(make, name, share):
    free = make(Crossing, name, resolution="192,108", fps=30)
    limit = int(free.bytes * share)
    result = make(Crossing, name, resolution="192,108", fps=30, max_bytes=limit)
    chosen = result.chosen
    assert chosen is not None
    assert free.chosen is None
    assert result.bytes == chosen.bytes <= limit == chosen.max_bytes
    assert Image.open(result.paths[0]).size == (chosen.width, chosen.height)
    assert (result.width, result.height, result.fps) == (chosen.width, chosen.height, chosen.fps)
    assert sum(pictures(result.paths[0])[1]) == 2000
    assert chosen.fps < 30 or chosen.width < 192 or chosen.colours < 20
    assert [path.name for path in result.paths[0].parent.iterdir()] == [name]


@pytest.mark.parametrize("name", LOOPS)
def test_a_limit_that_nothing_keeps_is_refused_and_leaves_nothing(make, tmp_path, name):
    with pytest.raises(UsageError, match=r"the smallest version takes \d+ bytes"):
        make(Crossing, name, max_bytes="50")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_chose(call, desk):
    words = ("render", "demo", "-r", "64,36", "--fps", "10", "-o", "a.gif", "--max-bytes", "1kB")
    result = call(*words, "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)["chosen"]
    assert told["max_bytes"] == 1000
    assert told["bytes"] == (desk / "a.gif").stat().st_size <= 1000
    assert result.stderr.startswith("chosen: 64x36 at 10 frames a second, ")


@pytest.mark.parametrize(
    ("text", "size"),
    [("2MB", 2_000_000), ("500kB", 500_000), ("1.5 MiB", 1_572_864), ("64KiB", 65_536), (800, 800)],
)
def test_sizes_are_read_as_people_write_them(text, size):
    assert parse_bytes(text) == size


@pytest.mark.parametrize("text", ["", "MB", "two", "1TB", "-1", "0.2", "1e6", True])
def test_other_sizes_are_refused(text):
    with pytest.raises(UsageError, match=r"500kB, 2MB or 1\.5MiB"):
        parse_bytes(text)


class Gradient(Scene):
    """Every hue, smoothly: no palette holds it."""

    def construct(self):
        rows, columns = np.indices((36, 64)) / 64
        rgb = np.stack([columns, rows * 1.7, 0.5 + 0.5 * np.sin(9 * rows + 5 * columns)], axis=-1)
        self.camera.background = np.uint8(np.dstack([255 * rgb, np.full((36, 64), 255)]))
        self.add(square := Square(0.5))
        self.play(square.animate.shift(RIGHT), run_time=0.3)


def test_a_gradient_is_a_lossy_webp(make):
    lossy = make(Gradient, "a.webp").paths[0].read_bytes()
    assert b"VP8 " in lossy
    assert b"VP8 " not in make(Crossing, "b.webp").paths[0].read_bytes()
