"""Nothing changed: the film is there at once. Anything changed: it is not the old one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SCENE = """
from pathlib import Path
from manim import *
import part

class Reading(Scene):
    def construct(self):
        side = float(Path("side.txt").read_text())
        self.add_subcaption("It turns.", duration=1)
        self.play(Square(side).animate.rotate(part.ANGLE), run_time=1)
"""
# Tells on stderr whether Manim was imported.
SPY = """
import sys, mlanim.cli
try:
    mlanim.cli.cli.main()
finally:
    print("manim" in sys.modules, file=sys.stderr)
"""


@pytest.fixture
def rendered(tmp_path):
    (tmp_path / "scene.py").write_text(SCENE)
    (tmp_path / "part.py").write_text("ANGLE = 1\n")
    (tmp_path / "side.txt").write_text("2")

    def run(*words, **more):
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), **more}
        command = [sys.executable, "-c", SPY, "render", "scene.py", "-r", "64,36", "--fps", "10"]
        done = subprocess.run(
            [*command, "-o", "a.mp4", "--json", *words],
            cwd=tmp_path,
            env={**environment, "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout), done.stderr.strip() == "False"

    return run


def test_the_same_again_is_there_without_manim(rendered, tmp_path):
    first, recalled = rendered()
    assert not recalled
    content = [(tmp_path / name).read_bytes() for name in ("a.mp4", "a.srt")]
    for name in ("a.mp4", "a.srt"):
        (tmp_path / name).unlink()
    again, recalled = rendered()
    assert recalled
    assert again == first
    assert [(tmp_path / name).read_bytes() for name in ("a.mp4", "a.srt")] == content
    _, recalled = rendered("--no-cache")
    assert not recalled


@pytest.mark.parametrize(
    ("name", "text"), [("part.py", "ANGLE = 2\n"), ("side.txt", "3"), ("manim.cfg", "[CLI]\n")]
)
def test_a_file_that_changed_or_appeared_makes_a_new_film(rendered, tmp_path, name, text):
    rendered()
    before = (tmp_path / "a.mp4").read_bytes()
    (tmp_path / name).write_text(text)
    _, recalled = rendered()
    assert not recalled
    assert (before == (tmp_path / "a.mp4").read_bytes()) == (name == "manim.cfg")


def test_other_words_and_another_environment_are_other_questions(rendered):
    rendered()
    assert not rendered("--fps", "20")[1]
    assert not rendered(LANG_OF_LABELS="fr")[1]


def test_what_a_library_puts_into_the_environment_is_no_change(rendered, tmp_path):
    part = "import os\nANGLE = 1\nos.environ['THREADS_OF_A_LIBRARY'] = '1'\n"
    (tmp_path / "part.py").write_text(part)
    rendered()
    assert rendered()[1]


def test_a_damaged_film_is_made_again(rendered, tmp_path):
    rendered()
    whole = (tmp_path / "a.mp4").read_bytes()
    for path in (tmp_path / "cache" / "mlanim" / "films").rglob("*.mp4"):
        path.write_bytes(path.read_bytes()[:-1])
    _, recalled = rendered()
    assert not recalled
    assert (tmp_path / "a.mp4").read_bytes() == whole


# Saves the scene's file as another text once it was found, while Manim is imported.
SAVING = """
import sys
from pathlib import Path
import mlanim.cli

def save(event, about):
    if event == "import" and about[0].partition(".")[0] == "manim":
        scene = Path("scene.py")
        scene.write_text(scene.read_text().replace("old", "new"))

sys.addaudithook(save)
mlanim.cli.cli.main()
"""


def test_a_scene_that_is_saved_once_it_was_asked_for_is_drawn_as_it_was(tmp_path):
    """And never remembered as the film of the newer text."""
    scene = "import sys\nfrom manim import *\nprint('old', file=sys.stderr)\nclass A(Scene): ...\n"
    (tmp_path / "scene.py").write_text(scene)
    told = []
    for _ in range(2):
        words = ["render", "scene.py", "-r", "64,36", "-s", "-o", "a.png", "--quiet"]
        done = subprocess.run(
            [sys.executable, "-c", SAVING, *words],
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stderr.split())
    assert told == [["old"], ["new"]]
