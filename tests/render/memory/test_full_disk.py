"""Disks that are full or closed to writing: real ones, of some kilobytes, where this user may
mount such a thing; elsewhere files that cannot grow, and folders without the right to write."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest

SCENE = """
from manim import *

class Busy(Scene):
    side = 1

    def construct(self):
        dots = VGroup(*(Dot(color=random_bright_color()) for _ in range(40))).arrange_in_grid(5)
        self.add(dots)
        self.play(dots.animate.scale(2).rotate(2), run_time=3)
        self.play(Square(self.side).animate.shift(LEFT), run_time=6)

class Edited(Busy):
    side = 2
"""
# A disk of 16 kB at $DISK, in a namespace that nobody else sees; what is on it at the end is told.
MOUNTED = """
mkdir -p "$DISK" && mount -t tmpfs -o size=16k tmpfs "$DISK" || exit 99
"$@"; code=$?
find "$DISK" -mindepth 1 -type f; exit $code
"""
# The like of it without a mount: no file may have more than 32 blocks of 512 bytes.
LIMITED = """
mkdir -p "$DISK"; ulimit -f 32
"$@"; code=$?
find "$DISK" -mindepth 1 -type f; exit $code
"""
CLOSED = """
mkdir -p "$DISK" && mount -t tmpfs tmpfs "$DISK" || exit 99
"$@" --no-cache -o fresh.mp4 Edited && "$@" -o a.mp4 Busy && find "$DISK" -type f | sort > before
mount -o remount,ro "$DISK" || exit 99
"$@" -o b.mp4 Edited && "$@" -o c.mp4 Busy; code=$?
find "$DISK" -type f | sort > after; exit $code
"""
CHMOD = """
[ "$(id -u)" = 0 ] && set -- setpriv --bounding-set=-dac_override "$@"  # else root writes anywhere
mkdir -p "$DISK"
"$@" --no-cache -o fresh.mp4 Edited && "$@" -o a.mp4 Busy && find "$DISK" -type f | sort > before
chmod -R a-w "$DISK"
"$@" -o b.mp4 Edited && "$@" -o c.mp4 Busy; code=$?
find "$DISK" -type f | sort > after; chmod -R u+w "$DISK"; exit $code
"""


@cache
def may_mount():
    """Whether this user may have a disk of its own, in a namespace of its own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def run(tmp_path):
    (tmp_path / "scene.py").write_text(SCENE)
    (tmp_path / "temporary").mkdir()

    def run(mounting, otherwise, *words, **places):
        shell = ["unshare", "-rm", "sh", "-c", mounting] if may_mount() else ["sh", "-c", otherwise]
        command = [sys.executable, "-m", "mlanim", "render", "scene.py", "-r", "640,360"]
        command += ["--fps", "10", "--seed", "1", "-j", "2", *words]
        usual = {
            "DISK": str(tmp_path / "disk"),
            "TMPDIR": str(tmp_path / "temporary"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        return subprocess.run(
            [*shell, "sh", *command],
            cwd=tmp_path,
            env={**os.environ, **usual, **places},
            capture_output=True,
            text=True,
        )

    return run


@pytest.mark.parametrize("name", ["a.mp4", "a.gif"])
@pytest.mark.parametrize("full", ["output", "TMPDIR", "cache"])
def test_a_full_disk(run, tmp_path, full, name):
    disk = str(tmp_path / "disk")
    output = f"{disk if full == 'output' else tmp_path}/out/{name}"
    places = {"TMPDIR": {"TMPDIR": disk}, "cache": {"XDG_CACHE_HOME": disk}}.get(full, {})
    words = [] if full == "cache" else ["--no-cache"]
    done = run(MOUNTED, LIMITED, "Busy", "-o", output, *words, **places)
    if full == "cache" and may_mount():
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "out" / name).stat().st_size > 16384
        return
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("mlanim: ")
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr or "too large" in done.stderr or "full" in done.stderr
    assert done.stdout == "", "something is left"
    assert not (tmp_path / "out").exists()


def test_a_cache_that_can_only_be_read_serves_and_does_no_harm(run, tmp_path):
    done = run(CLOSED, CHMOD, XDG_CACHE_HOME=str(tmp_path / "disk"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text() != ""
    film = {path.stem: path.read_bytes() for path in tmp_path.glob("*.mp4")}
    assert film["b"] == film["fresh"]
    assert film["a"] == film["c"] != film["b"]
