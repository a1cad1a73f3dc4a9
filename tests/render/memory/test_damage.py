"""Whatever happens to the files of a cache, the film is the same, and so are those after it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

SCENE = """
from manim import *

class Turning(Scene):
    def construct(self):
        self.play(Square().animate.rotate(1), run_time=1)
        self.play(Circle().animate.shift(UP), run_time=1)
"""


def close(path: Path) -> None:
    """Nobody may open it; where everything may be opened, it leads nowhere."""
    if os.geteuid():
        path.chmod(0)
    else:
        path.unlink()
        path.symlink_to(path)


def flip(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))


def flip_one(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("")


DAMAGES = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "a bit": flip_one,
    "all bytes": flip,
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a folder": become_a_folder,
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "closed": close,
}


@pytest.fixture
def rendered(call, desk):
    (desk / "turning.py").write_text(SCENE)

    def film() -> bytes:
        done = call("render", "turning.py", "-r", "64,36", "--fps", "5", "-o", "a.mp4", "-j", "1")
        assert (done.exit_code, done.stderr) == (0, "")
        content = Path("a.mp4").read_bytes()
        Path("a.mp4").unlink()
        return content

    return film


SERIOUS = ("gone", "all bytes", "closed")
AMONG = {
    "renders/*": tuple(DAMAGES),
    "films/*/*": SERIOUS,
    "openings/*": SERIOUS,
    "*/**/*": ("gone", "a bit", "a folder", "closed"),
}


def test_a_damaged_cache_gives_the_same_film_and_mends_itself(rendered):
    whole, cache = rendered(), Path(os.environ["XDG_CACHE_HOME"])
    kept = shutil.copytree(cache, cache.with_name(f"{cache.name}-kept"))
    for among, damages in AMONG.items():
        for damage in damages:
            shutil.rmtree(cache)
            shutil.copytree(kept, cache)
            paths = [path for path in (cache / "mlanim").glob(among) if path.is_file()]
            assert paths
            for path in paths:
                DAMAGES[damage](path)
            assert rendered() == whole, (among, damage)
    assert rendered() == whole
