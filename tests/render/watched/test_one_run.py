"""A film is one run's: what only one process can do is done by one, once, and a line says so."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from manim import DOWN, RED, RIGHT, UP, Dot, ImageMobject, Rectangle, Scene, Square

from mlanim.errors import MlanimError
from mlanim.render.plays import cutting
from mlanim.render.stage.observer import Observer
from mlanim.render.workers import children

PLACE = Path()  # set by a fixture: where a scene writes


@pytest.fixture(autouse=True)
def short_segments(monkeypatch, tmp_path):
    """Cut often, so that small scenes have many workers; scenes write into the tests' folder."""
    monkeypatch.setattr(cutting, "_ENOUGH", 4)
    monkeypatch.setattr(cutting, "_PIECE", 5)
    monkeypatch.setitem(globals(), "PLACE", tmp_path)


class Lines(Observer):
    """Keeps what is told to the reader."""

    sees_frames = False

    def __init__(self):
        self.lines = []

    def noted(self, line):
        self.lines.append(line)


@pytest.fixture
def shared(make):
    """Render by two workers; the result, and what was told."""

    def run(scene, name="shared.mp4"):
        lines = Lines()
        return make(scene, name, jobs=2, progress=lines), lines.lines

    return run


def frames(result):
    with av.open(str(result.paths[0])) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


class Jumping(Scene):
    """Moves a square for a while; `happens` between the plays."""

    def construct(self):
        self.number = 0
        square = Square()
        self.add(square)
        for self.number in range(6):
            self.happens()
            self.play(square.animate.shift(RIGHT * 0.2), run_time=0.5)

    def happens(self):
        pass


class Seeded(Jumping):
    def happens(self):
        self.add(Dot([random.uniform(-5, 5), random.uniform(-3, 3), 0]))


def test_pythons_random_numbers_are_those_of_one_process(make, shared):
    alone = make(Seeded, "alone.mp4", jobs=1)
    result, lines = shared(Seeded)
    assert result.paths[0].read_bytes() == alone.paths[0].read_bytes()
    assert not lines


class Unseeded(Jumping):
    """Every dot that has come stays where it came."""

    def happens(self):
        dot = Dot([*np.random.default_rng().uniform([-5, 1], [5, 3]), 0], radius=0.5, color=RED)
        self.add(dot)


def test_what_differs_from_process_to_process_is_drawn_by_one(shared):
    result, lines = shared(Unseeded)
    shown = [frame[:17, :, 0].astype(int) for frame in frames(result)]
    for before, after in pairwise(shown):
        assert (after - before).min() > -60  # no dot ever vanishes
    assert any("differs" in line for line in lines) == bool(result.given_up)


class Clock(Jumping):
    def happens(self):
        if self.number == 2:
            self.begun = time.perf_counter_ns()


def test_a_clock_that_is_read_between_plays_is_noticed(shared):
    _, lines = shared(Clock)
    assert lines == [f"drawn in one process: {given}" for given in (lines[0].partition(": ")[2],)]
    assert "differs from run to run" in lines[0] and "play 3" in lines[0]


class Appends(Jumping):
    when = 0

    def happens(self):
        if self.number >= self.when:
            with (PLACE / "log").open("a") as log:
                log.write(f"{self.number}\n")


class AppendsLate(Appends):
    when = 3


class AppendsInAnUpdater(Scene):
    def construct(self):
        dot = Dot()
        self.add(dot)
        self.play(dot.animate.shift(UP), run_time=1)
        dot.add_updater(write)
        self.play(dot.animate.shift(DOWN), run_time=1)


def write(dot, dt):
    with (PLACE / "log").open("a") as log:
        log.write(f"{dt}\n")


class HoldsOpen(Jumping):
    def construct(self):
        with (PLACE / "log").open("w") as self.log:
            super().construct()

    def happens(self):
        self.log.write(f"{self.number}\n")


@pytest.mark.parametrize("scene", [Appends, AppendsLate, AppendsInAnUpdater, HoldsOpen])
def test_what_a_scene_writes_is_written_once(make, shared, scene, tmp_path):
    make(scene, "alone.mp4", jobs=1)
    once = (tmp_path / "log").read_text()
    (tmp_path / "log").unlink()
    _, lines = shared(scene)
    assert (tmp_path / "log").read_text() == once
    assert len(lines) == 1 and f"the scene writes {tmp_path / 'log'} at " in lines[0]
    assert f"{Path(__file__).name}:" in lines[0]  # the line of code that does it


class Prints(Jumping):
    late = False

    def happens(self):
        print("at", self.number)
        if self.late and self.number == 4:
            (PLACE / "made").mkdir()


class PrintsAndWrites(Prints):
    late = True


@pytest.mark.parametrize("scene", [Prints, PrintsAndWrites])
def test_what_a_scene_prints_is_printed_once(shared, scene, capfd):
    shared(scene)
    assert capfd.readouterr().out == "".join(f"at {number}\n" for number in range(6))


class Counts(Jumping):
    """Its class remembers how often it ran; the square grows with that."""

    runs = 0

    def happens(self):
        type(self).runs += 1
        self.add(Square(0.5 * type(self).runs))
        if self.number == 4:
            (PLACE / "made").mkdir(exist_ok=True)


def test_a_run_that_is_given_up_leaves_no_trace(make, shared):
    result, _ = shared(Counts)  # given up in its middle
    assert "made" in result.given_up
    Counts.runs = 0
    alone = make(Counts, "alone.mp4", jobs=1)
    assert result.paths[0].read_bytes() == alone.paths[0].read_bytes()


class Pools(Scene):
    """A pool of threads answers an updater."""

    def construct(self):
        with ThreadPoolExecutor(2) as pool:
            dot = Dot()
            self.add(dot)
            self.play(dot.animate.shift(UP), run_time=0.5)
            dot.add_updater(lambda d: d.set_x(sum(pool.map(abs, [0.1, d.get_y()]))))
            self.play(dot.animate.shift(UP), run_time=2)


class Waits(Jumping):
    """A thread of its own that just stays."""

    def happens(self):
        if self.number == 1:
            threading.Thread(target=STOP.wait, name="waits").start()


STOP = threading.Event()


class HearsOfChildren(Jumping):
    def happens(self):
        ignored = signal.SIG_IGN if self.number == 2 else signal.SIG_DFL
        signal.signal(signal.SIGCHLD, ignored if self.number < 5 else signal.SIG_DFL)


@pytest.mark.parametrize("scene", [Pools, Waits, HearsOfChildren])
def test_nothing_that_a_fork_leaves_behind_is_waited_for(make, shared, scene):
    try:
        result, _ = shared(scene)
        alone = make(scene, "alone.mp4", jobs=1)
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        STOP.set()
        for thread in threading.enumerate():
            if thread.name == "waits":
                thread.join()
        STOP.clear()
    assert result.paths[0].read_bytes() == alone.paths[0].read_bytes()


class StandsStill(Jumping):
    """In a worker, whose memory is a copy, it waits for somebody who is not there."""

    own = 0

    def happens(self):
        if self.number == 4 and os.getppid() == self.own:
            signal.pause()


def test_a_worker_that_makes_no_progress_is_ended(shared, monkeypatch):
    monkeypatch.setattr(children, "_PATIENCE", 0.5)
    monkeypatch.setattr(children, "_LOOK", 0.2)
    monkeypatch.setattr(StandsStill, "own", os.getpid())
    # The copy that renders alone is a child as well: there the scene goes on.
    monkeypatch.setattr(
        "mlanim.render.workers.stand_in.StandIn.render",
        lambda self, observer: (_ for _ in ()).throw(MlanimError("alone now")),
    )
    with pytest.raises(MlanimError, match="alone now"):
        shared(StandsStill)


class Snapshot(Scene):
    def construct(self):
        square = Square(color=RED, fill_opacity=1)
        self.add(square)
        self.play(square.animate.shift(RIGHT), run_time=1)
        shot = ImageMobject(self.picture()).scale_to_fit_height(4)
        self.clear()
        self.add(shot)
        self.play(shot.animate.shift(UP), run_time=1)

    def picture(self):
        return np.array(self.renderer.get_frame())


class SnapshotByTheCamera(Snapshot):
    def picture(self):
        return np.array(self.camera.get_image().convert("RGBA"))


class Meter(Scene):
    """An updater looks at what is drawn."""

    def construct(self):
        bar = Rectangle(height=1, width=1, fill_opacity=1)
        bar.add_updater(lambda b: b.stretch_to_fit_width(1 + self.camera.pixel_array.mean() / 99))
        self.add(bar)
        self.play(bar.animate.shift(UP), run_time=1.5)


@pytest.mark.parametrize("scene", [Snapshot, SnapshotByTheCamera, Meter])
def test_pictures_that_a_scene_reads_back_are_the_films(make, shared, scene):
    result, lines = shared(scene)
    alone = make(scene, "alone.mp4", jobs=1)
    assert result.paths[0].read_bytes() == alone.paths[0].read_bytes()
    assert "reads the camera's pixels" in lines[0]


class Leaves(Jumping):
    ending: object = None

    def happens(self):
        if self.number == 3:
            if isinstance(self.ending, int):
                os._exit(self.ending)
            raise self.ending


class _OfItsOwn(BaseException):
    pass


@pytest.mark.parametrize("ending", [3, SystemExit(2), GeneratorExit(), _OfItsOwn("over")], ids=repr)
@pytest.mark.parametrize("jobs", [1, 2])
def test_however_a_scene_ends_itself_a_line_names_its_own(make, monkeypatch, ending, jobs):
    monkeypatch.setattr(Leaves, "ending", ending)
    with pytest.raises(MlanimError, match=r"test_one_run\.py:\d+: "):
        make(Leaves, "a.mp4", jobs=jobs)
