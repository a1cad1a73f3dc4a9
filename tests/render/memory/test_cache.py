"""A cached segment is never wrong, and a cache that fails does no harm."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time

import pytest
from manim import RIGHT, UP, Circle, Dot, Scene, Square

from mlanim.errors import UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.memory.cache import Cache
from mlanim.render.plays import cutting
from mlanim.render.sinks.segment import SegmentWriter


class Drifting(Scene):
    """Every segment depends on the time that passed before it."""

    def construct(self):
        square = Square()
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(dot, Circle(color=["#FF0000", "#0000FF"]))
        for _ in range(3):
            self.play(square.animate.shift(RIGHT), run_time=0.6)


class Edited(Drifting):
    def construct(self):
        super().construct()
        self.play(Square().animate.shift(UP), run_time=0.6)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cutting, "_ENOUGH", 6)
    return Cache()


def kept(cache):
    return sorted(cache.folder.glob("films/*/*"))


def film(make, scene=Drifting, again=False, name="a.mp4", **options):
    options = {"cache": True, "jobs": 2 if options.get("cache", True) else 1, **options}
    return make(scene, name, rendered_before=again, **options).paths[0].read_bytes()


@pytest.fixture
def fresh(make):
    """The film as it is without any cache."""
    return film(make, cache=False, name="fresh.mp4")


@pytest.mark.parametrize("name", ["a.gif", "a.webp"])
def test_a_loop_is_made_of_cached_segments_however_often_it_plays(make, cache, name):
    fresh = film(make, cache=False, name=name, hold=2, loop=3)
    film(make, name=name)
    segments = kept(cache)
    assert len(segments) == 3
    assert film(make, again=True, name=name, hold=2, loop=3) == fresh
    assert kept(cache) == segments


def test_no_segment_of_a_sequence_is_kept(make, cache):
    make(Drifting, "frames", format="png-sequence", cache=True, jobs=2)
    assert not kept(cache)


def test_what_was_rendered_once_is_not_encoded_again(cache, make, fresh, monkeypatch):
    assert film(make) == fresh
    assert len(kept(cache)) == 3

    def refuse(self, path, wanted):
        raise AssertionError("encoded again")

    monkeypatch.setattr(SegmentWriter, "__init__", refuse)
    assert film(make, again=True) == fresh


def test_only_what_was_edited_is_rendered(cache, make):
    film(make)
    before = set(kept(cache))
    edited = film(make, Edited, again=True)
    assert before < set(kept(cache))
    assert len(kept(cache)) == 4
    assert edited == film(make, Edited, cache=False)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_updaters_do_not_notice_what_was_cached(cache, make, fresh, missing):
    film(make)
    kept(cache)[missing].unlink()
    assert film(make, again=True) == fresh


class Resting(Scene):
    """What rests is drawn once for a long play, before its segments begin."""

    side = 1

    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(Square(self.side), dot)
        self.wait(3)


class RestingElsewhere(Resting):
    side = 2


def test_what_rests_has_its_part_in_every_segment(cache, make, monkeypatch):
    monkeypatch.setattr(cutting, "_PIECE", 10)
    film(make, Resting)
    film(make, RestingElsewhere, again=True)
    assert len(kept(cache)) == 2 * 4
    fresh = film(make, RestingElsewhere, cache=False)
    assert film(make, RestingElsewhere, again=True) == fresh


@pytest.mark.parametrize("damage", [b"", b"not a film at all"])
def test_a_damaged_segment_is_made_again(cache, make, fresh, damage):
    film(make)
    for path in kept(cache):
        path.write_bytes(damage or path.read_bytes()[:-100])
    assert film(make, again=True) == fresh
    assert film(make, again=True) == fresh


def test_size_theme_and_rate_have_addresses_of_their_own(cache, make):
    film(make)
    film(make, again=True, resolution="80,36")
    film(make, again=True, fps=20)
    assert len(kept(cache)) == 3 * 3


def test_without_a_cache_nothing_is_read_or_kept(cache, make):
    film(make, cache=False, again=True)
    assert not kept(cache)


@pytest.mark.parametrize("place", ["/dev/null", "/proc"])
def test_a_cache_that_cannot_be_written_does_no_harm(make, fresh, monkeypatch, place):
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert film(make) == film(make, again=True) == fresh


def test_a_full_disk_keeps_nothing_and_does_no_harm(cache, make, fresh, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mlanim.render.memory.cache.shutil.copyfile", full)
    assert film(make) == fresh
    assert not kept(cache)


SCENE = """
from manim import *

class Drifting(Scene):
    def construct(self):
        dot = Dot().add_updater(lambda mobject, dt: mobject.shift(dt * UP))
        self.add(dot)
        for _ in range(4):
            self.play(Square().animate.shift(RIGHT), run_time=6)
"""


@pytest.fixture
def started(tmp_path, cache):
    (tmp_path / "scene.py").write_text(SCENE)

    def start(name, *words):
        command = [sys.executable, "-m", "mlanim", "render", "scene.py", "-r", "64,36"]
        command += ["--fps", "10", "-j", "2", "--seed", "1", "-o", name, *words]
        return subprocess.Popen(command, cwd=tmp_path, start_new_session=True)

    return start


def test_two_renders_at_once_and_one_that_was_killed(started, cache, tmp_path):
    assert started("whole.mp4", "--no-cache").wait(120) == 0
    killed = started("a.mp4")
    until = time.monotonic() + 60
    while not kept(cache) and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not (tmp_path / "a.mp4").exists()
    both = started("a.mp4"), started("b.mp4")
    assert [process.wait(120) for process in both] == [0, 0]
    whole = (tmp_path / "whole.mp4").read_bytes()
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes() == whole


def test_the_least_recently_used_goes_first(tmp_path):
    cache = Cache(tmp_path / "cache", limit=250)
    source = tmp_path / "a.mp4"
    source.write_bytes(b"x" * 100)
    for i in range(4):
        cache.store(f"{i:040}", source)
        for path in cache.folder.glob(f"films/*/{i:040}-*"):
            os.utime(path, (i, i))
    assert cache.fetch(f"{0:040}", tmp_path / "b.mp4")  # used just now
    assert cache.prune() == 200
    assert [cache.fetch(f"{i:040}", tmp_path / "b.mp4") for i in range(4)] == [1, 0, 0, 1]
    assert cache.prune(limit=0) == 200
    assert cache.info().files == 0


@pytest.mark.parametrize(("text", "limit"), [("500M", 5e8), ("4 gb", 4e9), ("1000", 1000)])
def test_the_limit_can_be_set(monkeypatch, text, limit):
    monkeypatch.setenv("MLANIM_CACHE_LIMIT", text)
    assert Cache().limit == limit
    monkeypatch.setenv("MLANIM_CACHE_LIMIT", "plenty")
    with pytest.raises(UsageError, match="500M or 4G"):
        Cache()


def test_an_interrupted_store_leaves_no_wrong_name(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    (tmp_path / "a.mp4").write_bytes(b"whole")
    monkeypatch.setattr(
        "mlanim.render.memory.cache.checksum",
        lambda path: (_ for _ in ()).throw(OSError("pulled out")),
    )
    cache.store("f" * 40, tmp_path / "a.mp4")
    assert not kept(cache)


def test_render_without_a_scene_file_of_its_own_still_has_addresses(cache, plain, tmp_path):
    spec = RenderSpec(width=64, height=36, fps=10, output=tmp_path / "a.mp4", seed=1)
    render(plain, spec, jobs=2)
    assert kept(cache)
