"""A film drawn by Dask workers is the local one, also when one of them dies on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import psutil
import pytest
from distributed import LocalCluster

from mlanim.render.workers.cluster import connected

SCENE = """
import random
from pathlib import Path
from manim import *

class Far(Scene):
    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP / 9))
        self.add(dot, Text(Path("word.txt").read_text()).shift(DOWN))
        for word in {"several", "words", "in", "a", "set"}:  # in the order of their hashes
            self.play(Square().animate.shift(len(word) * RIGHT * random.random()), run_time=6)
"""


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        yield cluster


@pytest.fixture
def run(tmp_path):
    (tmp_path / "scene.py").write_text(SCENE)
    (tmp_path / "word.txt").write_text("abc")

    def start(name, *words):
        command = [sys.executable, "-m", "mlanim", "render", "scene.py", "-r", "64,36", "--fps"]
        return subprocess.Popen(
            [*command, "10", "--seed", "1", "-o", name, *words],
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONHASHSEED": "7"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_a_killed_worker_changes_nothing(cluster, run, tmp_path):
    assert run("local.mp4", "--no-cache").wait(120) == 0
    render = run("far.mp4", "--cluster", cluster.scheduler_address)
    workers = [psutil.Process(worker.process.pid) for worker in cluster.workers.values()]
    busy = []
    until = time.monotonic() + 60
    while not busy and time.monotonic() < until:
        time.sleep(0.02)
        busy = [worker for worker in workers if worker.children()]  # has begun its share
    busy[0].kill()
    _, said = render.communicate(timeout=120)
    assert (render.returncode, said) == (0, "")
    assert (tmp_path / "far.mp4").read_bytes() == (tmp_path / "local.mp4").read_bytes()


def test_a_film_from_a_cluster_is_remembered(cluster, run, tmp_path):
    """The second time nobody is asked: the address need not even be there."""
    render = run("far.mp4", "--json", "--cluster", cluster.scheduler_address)
    first, said = render.communicate(timeout=120)
    assert said == ""
    again = run("again.mp4", "--json", "--cluster", "tcp://127.0.0.1:9")
    second, said = again.communicate(timeout=60)
    assert (again.returncode, said) == (0, "")
    assert json.loads(first)["seconds"] == json.loads(second)["seconds"] == 30
    assert (tmp_path / "far.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()


def test_a_cluster_tells_how_much_room_it_has(cluster):
    with connected(cluster.scheduler_address) as (executor, room):
        assert room == 2
        assert executor.submit(sum, (1, 2)).result(30) == 3
