"""Replays in other interpreters give the file of one process, or step aside for it."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from manim import BLUE, DOWN, LEFT, RED, RIGHT, UP, Circle, Dot, Scene, Square, Text, VMobject
from manim.scene.scene_file_writer import AudioSegment

from mlanim.errors import MlanimError
from mlanim.render import engine
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import watch_reads
from mlanim.render.stage.observer import Observer
from mlanim.render.workers import playing
from mlanim.render.workers.playing import Elsewhere
from mlanim.render.workers.replay_task import Interpreters
from mlanim.scene_module import run_file


class Drifting(Scene):
    """Three segments; the past and chance have their part in what is drawn."""

    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP / 9))
        self.add(dot, Text("abc").shift(DOWN))
        for _ in range(2):
            self.play(Square().animate.shift(LEFT * np.random.normal()), run_time=6)
        self.wait(3)


class Coloured(Scene):
    """A segment whose gradient has no address, between two that have one."""

    def construct(self):
        self.play(Square().animate.shift(LEFT), run_time=6)
        self.play(Circle(color=[RED, BLUE]).add(Dot()).animate.shift(LEFT), run_time=6)
        self.clear()
        self.play(Square().animate.shift(RIGHT), run_time=6)


class InTheRightProcess(Scene):
    """What it draws depends on who plays it."""

    def construct(self):
        elsewhere = sys.argv[0].endswith("replay_worker.py")
        self.play(Square(2 if elsewhere else 1).animate.shift(LEFT), run_time=6)
        self.play(Square().animate.shift(RIGHT), run_time=6)


class Undrawable(VMobject):
    def get_fill_rgbas(self):
        raise ValueError("no colour today")


class FailsInDrawing(Scene):
    def construct(self):
        self.wait(1)
        self.play(Square().animate.shift(RIGHT), run_time=6)
        self.add(Undrawable().set_points_as_corners([UP, DOWN, RIGHT]))
        self.play(Square().animate.shift(RIGHT), run_time=6)


class Notes(Observer):
    """What a reader is told."""

    sees_frames = False

    def __init__(self):
        self.lines, self.frames = [], 0

    def noted(self, line):
        self.lines.append(line)

    def frames_made(self, frames, seconds):
        self.frames += frames


class AtOnce(Executor):
    """Runs tasks when they are submitted, after telling of it."""

    def __init__(self, told=lambda share: None):
        self.shares, self._told = [], told

    def submit(self, fn, /, share):
        future = Future()
        self.shares.append(share)
        self._told(share)
        try:
            future.set_result(fn(share))
        except Exception as error:
            future.set_exception(error)
        return future


def film(make, scene, executor=None, jobs=2, reads=None, **options):
    notes = Notes()
    elsewhere = Elsewhere(executor, reads) if executor else None
    result = make(scene, "a.mp4", jobs=jobs, elsewhere=elsewhere, progress=notes, **options)
    return result.paths[0].read_bytes(), notes


@pytest.fixture
def drifting(make):
    """The film as this process alone makes it."""
    return film(make, Drifting, jobs=1)[0]


def pool():
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@pytest.mark.parametrize(("start", "jobs"), [(AtOnce, 1), (lambda: Interpreters(2), 3), (pool, 2)])
def test_any_executor_gives_the_same_file(make, drifting, start, jobs):
    with start() as executor:
        ours, notes = film(make, Drifting, executor, jobs)
    assert ours == drifting
    assert notes.frames == 150
    assert not notes.lines


@pytest.mark.parametrize("name", ["a.gif", "a.webm", "pictures"])
def test_any_format_comes_from_replays_too(make, name):
    options = {"jobs": 1, "format": None if "." in name else "png-sequence"}
    ours = make(Drifting, name, elsewhere=Elsewhere(AtOnce()), **options)
    alone = make(Drifting, f"alone-{name}", **options)
    files = [[p.path for p in made.files] or made.paths for made in (ours, alone)]
    for one, other in zip(*files, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_where_nothing_forks_interpreters_draw(make, drifting, monkeypatch):
    for module in (engine, playing):
        monkeypatch.setattr(module, "forks_well", lambda: False)
    monkeypatch.setattr(os, "fork", None)
    ours, notes = film(make, Drifting)
    assert ours == drifting
    assert not notes.lines


class Deadly(Interpreters):
    """Kills the first of its interpreters, or all."""

    def __init__(self, mortal):
        super().__init__(2)
        self.mortal, self.asked = mortal, 0

    def submit(self, fn, /, *args):
        def dying(share, started):
            def kill(process):
                started(process)
                if number <= self.mortal:
                    os.kill(process.pid, signal.SIGKILL)

            return fn(share, kill)

        self.asked += 1
        number = self.asked
        return super().submit(dying, *args)


def test_what_a_dead_worker_left_is_asked_for_again(make, drifting):
    with Deadly(1) as executor:
        ours, notes = film(make, Drifting, executor)
    assert ours == drifting
    assert (executor.asked, notes.lines) == (3, [])


def test_workers_that_always_die_are_told_and_nothing_is_left(make, tmp_path):
    with Deadly(99) as executor, pytest.raises(MlanimError, match="workers die again and again"):
        film(make, Drifting, executor)
    assert not list(tmp_path.iterdir())


def test_a_replay_that_differs_is_not_delivered(make):
    ours, notes = film(make, InTheRightProcess, AtOnce(), jobs=1)
    assert ours == film(make, InTheRightProcess, jobs=1)[0]
    assert notes.lines == ["drawn in one process: segment 1 is drawn differently there"]


def test_what_fails_in_drawing_names_the_scenes_own_line_once(make, tmp_path):
    with pytest.raises(MlanimError, match=r"test_replay\.py:\d+: ValueError: no colour") as caught:
        film(make, FailsInDrawing, AtOnce())
    assert str(caught.value).count("no colour") == 1
    assert not list(tmp_path.iterdir())


def test_what_has_no_address_is_drawn_here(make):
    executor = AtOnce()
    ours, notes = film(make, Coloured, executor, jobs=1)
    assert [[s.index for s in share.wanted] for share in executor.shares] == [[0, 2]]
    assert (notes.frames, notes.lines) == (180, [])
    assert ours == film(make, Coloured, jobs=1)[0]


def test_forks_and_replays_share_a_cache(make, drifting, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ours, _ = film(make, Drifting, cache=True)
    assert len(list(Cache().folder.glob("films/*/*"))) == 3
    executor = AtOnce()
    again, notes = film(make, Drifting, executor, cache=True)
    assert ours == again == drifting
    assert (executor.shares, notes.frames) == ([], 150)


def test_a_class_that_nobody_can_import_is_drawn_here(make):
    class Local(Scene):
        def construct(self):
            self.wait(1)

    ours, notes = film(make, Local, AtOnce())
    assert ours == film(make, Local, jobs=1)[0]
    assert "no other process can import" in notes.lines[0]


SCENE = """
from pathlib import Path
from manim import *
import part

class Reading(Scene):
    def construct(self):
        names = Path(__file__).with_name("names.txt").read_text()
        self.add_sound("beep.wav")
        self.play(Text(Path("words.txt").read_text() + names).animate.shift(part.WAY), run_time=2)
"""


@pytest.fixture
def watched():
    with watch_reads() as reads:
        yield reads


def test_a_scenes_own_files_are_sent_along(make, tmp_path, monkeypatch, watched):
    """Whoever replays it finds them nowhere but in what was sent."""
    here, work = tmp_path / "here", tmp_path / "work"
    here.mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    reads = watched
    for path, text in {
        here / "scene.py": SCENE,
        here / "part.py": "from manim import LEFT\nWAY = LEFT\n",
        here / "names.txt": "a",
        here / ".key": "secret",
        work / "words.txt": "b",
    }.items():
        path.write_text(text)
    AudioSegment.silent(500).export(work / "beep.wav", format="wav")
    (here / ".key").read_text()
    scene = run_file(here / "scene.py").Reading
    expected, _ = film(make, scene, jobs=1)

    def hide(share):
        assert {path.name for path in share.scene.files} >= {"scene.py", "part.py", "words.txt"}
        assert ".key" not in {path.name for path in share.scene.files}
        here.rename(tmp_path / "elsewhere")
        (work / "words.txt").unlink()
        (work / "beep.wav").unlink()

    ours, notes = film(make, scene, AtOnce(hide), reads=reads)
    assert ours == expected
    assert not notes.lines
