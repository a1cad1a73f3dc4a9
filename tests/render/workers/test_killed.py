"""A render that is killed at any moment leaves nothing that a later one could deliver."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import pytest
from manim import RIGHT, UP, Dot, Scene, Square

from mlanim.render.plays import cutting
from mlanim.replacing import replacing


class Drifting(Scene):
    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(dot)
        for _ in range(6):
            self.play(Square().animate.shift(RIGHT), run_time=0.8)


def start(render):
    """Render in a process group of its own, which then waits for its end."""
    process = os.fork()
    if not process:
        os.setsid()
        try:
            render()
            signal.pause()
        finally:
            os._exit(1)
    return process


def test_kills_and_runs_again(make, tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "_ENOUGH", 8)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    make(Drifting, "a.mp4", jobs=2)  # fonts and the like are looked up once
    began = time.monotonic()
    whole = make(Drifting, "a.mp4", jobs=2).paths[0].read_bytes()
    lasts = time.monotonic() - began
    chance = Random(3)
    for number in range(5):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"cache{number}"))

        def render(again=False, name=f"{number}.mp4"):
            result = make(Drifting, name, jobs=2, cache=True, rendered_before=again)
            return result.paths[0].read_bytes()

        process = start(render)
        time.sleep(chance.uniform(0, lasts))
        kill = os.kill if number % 3 == 2 else os.killpg  # now and then its children live on
        kill(process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        assert render(again=True) == whole
    left = [path.name for path in tmp_path.iterdir() if not path.name.startswith("cache")]
    assert sorted(left) == sorted(["a.mp4", "temporary", *(f"{n}.mp4" for n in range(5))])
    assert not list((tmp_path / "temporary").glob("mlanim-*"))


def test_a_half_written_file_is_removed_when_its_process_is_gone(tmp_path):
    target = tmp_path / "a.mp4"

    def write():
        with replacing(target) as temporary:
            temporary.write_text("half")
            signal.pause()

    process = start(write)
    until = time.monotonic() + 30
    while not list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    (tmp_path / ".a.notes.part.mp4").write_text("the reader's own")
    with replacing(target) as temporary:
        temporary.write_text("whole")
    assert len(list(tmp_path.iterdir())) == 3  # somebody is still writing
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with replacing(target) as temporary:
        temporary.write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.notes.part.mp4", "a.mp4"]


SCENE = """
from manim import *

class Drifting(Scene):
    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(dot)
        for _ in range(4):
            self.play(Square().animate.shift(RIGHT), run_time=60)
"""


def children_of(process):
    """The processes that it has started and that are at work."""
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_to_the_render_alone_ends_all_that_it_started(tmp_path, number):
    (tmp_path / "scene.py").write_text(SCENE)
    (tmp_path / "temporary").mkdir()
    places = {"TMPDIR": tmp_path / "temporary", "XDG_CACHE_HOME": tmp_path / "cache"}
    command = [sys.executable, "-m", "mlanim", "render", "scene.py", "-r", "64,36", "--fps", "10"]
    process = subprocess.Popen(
        [*command, "-j", "2", "-o", "a.mp4"],
        cwd=tmp_path,
        env={**os.environ, **{name: str(place) for name, place in places.items()}},
    )
    until = time.monotonic() + 120
    while len(children := children_of(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(children) >= 2
    process.send_signal(number)
    code = process.wait(60)
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    while any(map(is_alive, children)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(is_alive, children))
    assert {path.name for path in tmp_path.iterdir()} <= {"scene.py", "temporary", "cache"}
    if number != signal.SIGKILL:
        assert not list((tmp_path / "temporary").iterdir())
