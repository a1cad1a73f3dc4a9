"""Workers give the frames and the bytes that one process gives, and go away when they should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import accumulate

import av
import numpy as np
import pytest
from manim import DOWN, RIGHT, UP, Dot, FadeIn, Scene, Square, Text, TracedPath, VMobject

from mlanim.errors import MlanimError
from mlanim.render.plays import cutting
from mlanim.render.sinks.segment import SegmentWriter
from mlanim.render.sinks.spool import SpoolWriter
from mlanim.render.stage.observer import Observer


@pytest.fixture(autouse=True)
def short_segments(monkeypatch):
    """Cut often, so that small scenes have many workers."""
    monkeypatch.setattr(cutting, "_ENOUGH", 4)
    monkeypatch.setattr(cutting, "_PIECE", 5)


class Traced(Scene):
    """What came before matters: a trace, an updater that integrates dt, texts between plays."""

    def construct(self):
        dot = Dot()
        dot.add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(dot, TracedPath(dot.get_center, dissipating_time=0.5))
        for word in "abc":
            self.play(dot.animate.shift(RIGHT), run_time=0.3)
            self.add(Text(word).shift(DOWN))
        self.wait_until(lambda: dot.get_center()[1] > 2, max_time=5)
        self.play(dot.animate.shift(RIGHT * np.random.normal()), run_time=1.5)


@pytest.mark.parametrize(
    ("name", "transparent"),
    [
        ("a.mp4", False),
        ("a.webm", True),
        ("a.mov", True),
        ("a.gif", False),
        ("a.gif", True),
        ("a.webp", False),
        ("a.webp", True),
    ],
)
def test_any_number_of_workers_gives_the_same_file(plain, make, name, transparent):
    files = [
        make(plain, name, jobs=jobs, transparent=transparent).paths[0].read_bytes()
        for jobs in (1, 2, 5)
    ]
    assert len(set(files)) == 1


def test_any_number_of_workers_gives_the_same_pictures(plain, make, tmp_path):
    made = [make(plain, str(jobs), format="png-sequence", jobs=jobs).files for jobs in (1, 2, 5)]
    for files in zip(*made, strict=True):
        assert len({file.path.read_bytes() for file in files}) == 1
        assert len({(file.path.name, file.duration) for file in files}) == 1
    assert sum(file.duration for file in made[0]) == pytest.approx(2.4)
    assert [file.path.name for file in made[0]] == sorted(
        p.name for p in (tmp_path / "1").iterdir()
    )


def test_a_gif_kept_to_a_size_is_the_same_from_any_number_of_workers(make):
    files = [
        make(Traced, "a.gif", jobs=jobs, fps=30, max_bytes=1500).paths[0].read_bytes()
        for jobs in (1, 3)
    ]
    assert files[0] == files[1]


@pytest.mark.parametrize(("name", "writer"), [("a.mp4", SegmentWriter), ("a.gif", SpoolWriter)])
def test_what_a_worker_that_dies_leaves_undone_is_done_by_one_process(
    plain, make, monkeypatch, name, writer
):
    whole = make(plain, name, jobs=2).paths[0].read_bytes()
    (token, give), close = os.pipe(), writer.close
    os.write(give, b".")
    os.set_blocking(token, False)

    def die_once(self):
        with suppress(BlockingIOError):
            if self.path.stem == "00001" and os.read(token, 1):
                os.kill(os.getpid(), signal.SIGKILL)
        close(self)

    monkeypatch.setattr(writer, "close", die_once)
    made = make(plain, name, jobs=2)
    assert made.paths[0].read_bytes() == whole
    assert "died" in made.given_up
    with pytest.raises(BlockingIOError):
        os.read(token, 1)


def test_the_same_file_where_the_past_matters(make, lesson):
    for scene in (Traced, lesson):
        a, b = (make(scene, f"{jobs}.mp4", jobs=jobs) for jobs in (1, 3))
        assert a.paths[0].read_bytes() == b.paths[0].read_bytes()
        assert (a.frames, a.steps) == (b.frames, b.steps)
    assert a.paths[1].read_text() == b.paths[1].read_text()


def test_progress_hears_of_every_frame(plain, make):
    class Counter(Observer):
        sees_frames = False
        frames, plays = 0, 0

        def frames_made(self, frames, seconds):
            self.frames += frames

        def play_finished(self, scene, time):
            self.plays += 1

    counter = Counter()
    assert make(plain, "a.mp4", jobs=2, progress=counter).frames == counter.frames == 24
    assert counter.plays == 4


def test_workers_that_always_die_are_told(plain, make, tmp_path, monkeypatch):
    monkeypatch.setattr(SegmentWriter, "close", lambda self: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(MlanimError, match="has died"):
        make(plain, "a.mp4", jobs=2)
    assert not list(tmp_path.iterdir())


class Turning(Scene):
    """Thirteen segments; the one in the middle has to be gone through frame by frame."""

    def construct(self):
        square, dot = Square(), Dot()
        self.add(square)
        for turn in range(6):
            self.play(square.animate.rotate(0.3), run_time=1)
            if turn == 3:
                dot.add_updater(lambda mobject, dt: mobject.shift(dt * UP))
                self.play(FadeIn(dot), run_time=1)
                dot.clear_updaters()


def test_no_more_are_at_work_than_jobs_and_the_film_is_that_of_one(make, monkeypatch):
    whole = make(Turning, "a.mp4", jobs=1).paths[0].read_bytes()
    begin, close, (told, teller) = SegmentWriter.__init__, SegmentWriter.close, os.pipe()

    def tell_begin(self, path, film):
        os.write(teller, b"+")
        begin(self, path, film)

    def tell_close(self):
        close(self)
        os.write(teller, b"-")

    monkeypatch.setattr(SegmentWriter, "__init__", tell_begin)
    monkeypatch.setattr(SegmentWriter, "close", tell_close)
    assert make(Turning, "a.mp4", jobs=2).paths[0].read_bytes() == whole
    steps = [1 if step == ord("+") else -1 for step in os.read(told, 1 << 16)]
    assert steps.count(1) == steps.count(-1) >= 7
    assert max(accumulate(steps)) <= 2


class Undrawable(VMobject):
    def get_fill_rgbas(self):
        raise ValueError("no colour today")


class FailsInDrawing(Scene):
    def construct(self):
        self.wait(0.3)
        self.play(Square().animate.shift(RIGHT), run_time=1)
        self.add(Undrawable().set_points_as_corners([UP, DOWN, RIGHT]))
        self.play(Square().animate.shift(RIGHT), run_time=1)


def test_what_fails_in_a_worker_names_the_scenes_own_line(make, tmp_path):
    with pytest.raises(MlanimError, match=r"test_forked\.py:\d+: ValueError: no colour today"):
        make(FailsInDrawing, "a.mp4", jobs=2)
    assert not list(tmp_path.iterdir())


FIRST = os.getpid()


class Unsteady(Scene):
    """Its length depends on who plays it."""

    def construct(self):
        self.wait(0.3)
        self.wait_until(lambda: os.getpid() == FIRST or self.time > 0.7, max_time=1)


def test_a_scene_that_differs_among_processes_is_rendered_in_one(make):
    result = make(Unsteady, "a.mp4", jobs=2)
    assert "differs" in result.given_up


SLOW = """
from manim import *

class Slow(Scene):
    def construct(self):
        self.play(Square().animate.rotate(1), run_time=600)
"""


def test_ctrl_c_ends_all_and_leaves_nothing(tmp_path):
    (tmp_path / "slow.py").write_text(SLOW)
    command = [sys.executable, "-m", "mlanim", "render", "slow.py", "-q", "l", "-j", "2"]
    process = subprocess.Popen(
        [*command, "--no-cache", "-o", "out/a.mp4"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("mlanim-*/0*.mp4")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr.read().strip() == b""
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "__pycache__") == [
        "slow.py"
    ]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody of the group is left


def test_an_observer_is_told_of_every_finished_segment(plain, make):
    """So that what is done of a film can be shown before the rest is."""

    class Listener(Observer):
        sees_frames = False

        def __init__(self):
            self.files = {}

        def segment_made(self, file):
            self.files[file.name] = file.stat().st_size

    listener = Listener()
    make(plain, "a.mp4", jobs=2, observer=listener)
    assert sorted(listener.files) == [f"{i:05d}.mp4" for i in range(len(listener.files))]
    assert len(listener.files) > 1 and all(listener.files.values())


THREADS = """
import sys
from pathlib import Path

import av
import numpy as np
from manim import RIGHT, Dot, Scene
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from mlanim.render.plays import cutting
from mlanim.render.engine import render
from mlanim.render.asked.spec import RenderSpec

cutting._ENOUGH, cutting._PIECE = 3, 3
x = np.random.default_rng(0).normal(size=(4000, 2))
with threadpool_limits(limits=4):
    model = HistGradientBoostingClassifier(max_iter=5).fit(x, x[:, 0] > 0)

    class Asks(Scene):
        def construct(self):
            for _ in range(3):
                share = model.predict(x).mean()  # in each worker too
                self.play(Dot().animate.shift(share * RIGHT), run_time=0.5)

    target = Path(sys.argv[1])
    render(Asks, RenderSpec.from_options(resolution="64,36", fps=10, output=target), jobs=2)
"""


def test_a_process_whose_threads_have_computed_can_share_out_its_work(tmp_path):
    target = tmp_path / "a.mp4"
    command = [sys.executable, "-c", THREADS, str(target)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    assert target.stat().st_size


class Multiplies(Scene):
    """Its sums of many float32 products hang on how many threads share them."""

    def construct(self):
        import sklearn  # noqa: F401  computes with threads of OpenMP too

        numbers = np.random.default_rng(0).standard_normal((2, 700, 700), dtype=np.float32)
        square = Square()
        self.add(square)
        for _ in range(6):
            product = numbers[0] @ numbers[1]
            self.play(square.animate.shift(RIGHT * float(product[0, 0]) / 1000), run_time=0.5)


def test_sums_are_rounded_alike_in_all_processes(make):
    lines = []

    class Notes(Observer):
        sees_frames = False

        def noted(self, line):
            lines.append(line)

    make(Multiplies, "a.mp4", jobs=2, observer=Notes())
    assert lines == []


class ShortSteps(Scene):
    """Sections of one and two frames between longer ones: each is a segment."""

    def construct(self):
        square = Square()
        for frames in (2, 9, 1, 1, 7, 2, 12):
            self.next_section()
            self.play(square.animate.shift(RIGHT * 0.3), run_time=frames / 10)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm"])
def test_sections_may_be_as_short_as_a_frame(make, name):
    made = make(ShortSteps, name, jobs=2)
    assert made.frames == 34
    with av.open(str(made.paths[0])) as film:
        times = [frame.time for frame in film.decode(video=0)]
    assert np.allclose(np.diff(times), 0.1, atol=2e-3)
    assert len(times) == 34
