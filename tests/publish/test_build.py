"""Building: only what changed, by workers, told in lines and as JSON."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import DEMO, Call, one_line

MANIFEST = """
output = "assets"
[defaults]
resolution = "64,36"
fps = 10
[[asset]]
scene = "demo"
output = "demo-{theme}.{format}"
matrix = { theme = ["light", "dark"], format = ["mp4", "gif"] }
[[asset]]
scene = "demo"
steps = ["second"]
output = "second.svg"
[[asset]]
scene = "other"
output = "frames"
format = "png-sequence"
"""


@pytest.fixture
def shelf(desk: Path) -> Path:
    """A working folder with two scenes and a manifest of six assets."""
    (desk / "scenes/other.py").write_text(DEMO.replace("class Demo", "class Other"))
    (desk / "m.toml").write_text(MANIFEST)
    return desk


def states(result) -> dict[str, str]:
    told = json.loads(result.stdout)
    return {Path(asset["path"]).name: asset["state"] for asset in told["assets"]}


def times(folder: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file()}


def test_only_what_changed_is_made_again(call: Call, shelf: Path) -> None:
    first = call("build", "m.toml", "--json", "-j", "2")
    assert first.exit_code == 0, first.stderr
    assert set(states(first).values()) == {"made"}
    told = json.loads(first.stdout)
    sizes = {asset["path"]: asset["bytes"] for asset in told["assets"]}
    assert sizes["assets/demo-dark.gif"] == (shelf / "assets/demo-dark.gif").stat().st_size
    assert told["bytes"] == sum(sizes.values())
    assert (shelf / "assets/demo-light.srt").read_text().count("-->") == 2
    assert (shelf / "assets/frames/0001.png").is_file()
    before = times(shelf / "assets")

    again = call("build", "m.toml", "--json")
    assert set(states(again).values()) == {"unchanged"}
    assert times(shelf / "assets") == before

    with (shelf / "scenes/other.py").open("a") as file:
        file.write("# touched\n")
    touched = states(call("build", "m.toml", "--json"))
    assert touched.pop("frames") == "made"
    assert set(touched.values()) == {"unchanged"}

    (shelf / "assets/demo-light.mp4").unlink()
    (shelf / "assets/demo-dark.mp4").write_bytes(b"somebody wrote over it")
    found = states(call("build", "m.toml", "--json"))
    assert (found["demo-light.mp4"], found["demo-dark.mp4"]) == ("recalled", "recalled")
    assert times(shelf / "assets").keys() == before.keys()


TWO = """
[defaults]
resolution = "64,36"
fps = 10
[[asset]]
scene = "demo"
output = "demo.svg"
[[asset]]
scene = "other"
output = "other.mp4"
"""


def test_check_tells_what_is_out_of_date_even_with_an_empty_cache(
    call: Call, shelf: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch
) -> None:
    (shelf / "m.toml").write_text(TWO)
    planned = call("build", "m.toml", "--dry-run", "--json")
    assert states(planned) == {"demo.svg": "out of date", "other.mp4": "out of date"}
    assert not (shelf / "assets").exists()
    call("build", "m.toml")

    elsewhere = tmp_path_factory.mktemp("clone")
    shutil.copytree(shelf, elsewhere, dirs_exist_ok=True)
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("empty")))
    known = states(call("build", "m.toml", "--check", "--json"))
    assert known == {"demo.svg": "unchanged", "other.mp4": "unchanged"}
    (elsewhere / "assets/demo.svg").write_text("<svg/>")
    with (elsewhere / "scenes/other.py").open("a") as file:
        file.write("# touched\n")
    before = times(elsewhere / "assets")
    found = call("build", "m.toml", "--check", "--json")
    assert found.exit_code == 3
    assert states(found) == {"demo.svg": "out of date", "other.mp4": "out of date"}
    assert times(elsewhere / "assets") == before


FAULTY = '''
from mlanim import Explainer
from mlanim.primitives import Label


class Faulty(Explainer):
    """Two labels on each other."""

    def construct(self):
        with self.step("all"):
            self.add(Label("one word", theme=self.theme), Label("another", theme=self.theme))
            self.wait(2)
'''


def test_check_tells_what_the_lint_finds(call: Call, desk: Path) -> None:
    (desk / "scenes/faulty.py").write_text(FAULTY)
    (desk / "m.toml").write_text('[[asset]]\nscene = "faulty"\nresolution = "64,36"\nfps = 10\n')
    assert call("build", "m.toml").exit_code == 0
    for _ in range(2):  # the second time from what is known
        found = call("build", "m.toml", "--check")
        assert found.exit_code == 3
        assert "unchanged" in found.stdout and "overlap" in found.stdout


def test_a_scene_that_fails_leaves_the_others(call: Call, desk: Path) -> None:
    bad = DEMO.replace("class Demo", "class Bad").replace("self.wait(0.2)", "self.lose()", 1)
    (desk / "scenes/bad.py").write_text(bad)
    (desk / "m.toml").write_text(
        '[defaults]\nresolution = "64,36"\nfps = 10\n'
        '[[asset]]\nscene = "bad"\n[[asset]]\nscene = "demo"\n'
    )
    result = call("build", "m.toml")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "asset 1" in line and "scenes/bad.py:" in line and "'lose'" in line
    assert not (desk / "assets/bad.mp4").exists()
    assert (desk / "assets/demo.mp4").is_file()


def test_what_is_larger_than_its_place_takes_is_told(call: Call, desk: Path, monkeypatch) -> None:
    from mlanim.publish import presets

    small = presets.Preset({"format": "mp4"}, "a test", 100)
    monkeypatch.setattr(presets, "PRESETS", {**presets.PRESETS, "article": small})
    (desk / "m.toml").write_text(
        '[[asset]]\nscene = "demo"\nfor = "article"\nresolution = "64,36"\nfps = 10\n'
    )
    result = call("build", "m.toml")
    assert result.exit_code == 1
    line = one_line(result)
    assert "assets/demo.mp4 has" in line and "article takes" in line


def test_a_manifest_elsewhere_is_built_in_its_own_folder(call: Call, shelf: Path) -> None:
    course = shelf / "course"
    (course / "scenes").mkdir(parents=True)
    shutil.move(shelf / "scenes/other.py", course / "scenes/other.py")
    (course / "m.toml").write_text('[[asset]]\nscene = "other"\nresolution = "64,36"\nfps = 10\n')
    assert call("build", "course/m.toml").exit_code == 0
    assert (course / "assets/other.mp4").is_file()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_the_workers_and_leaves_nothing_half(desk: Path) -> None:
    endless = DEMO.replace("class Demo", "class Long").replace("self.wait(0.2)", "self.spin()", 1)
    endless += (
        "\n    def spin(self):\n        from manim import Rotate\n        open('started', 'w')\n"
    )
    endless += "        for _ in range(100000):\n            self.play(Rotate(Square()))\n"
    (desk / "scenes/long.py").write_text(endless)
    (desk / "m.toml").write_text('[[asset]]\nscene = "long"\nresolution = "64,36"\n')
    process = subprocess.Popen(
        [sys.executable, "-m", "mlanim", "build", "m.toml"], start_new_session=True
    )
    until = time.monotonic() + 60
    while not Path("started").exists() and time.monotonic() < until:
        time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(30) == 130
    assert not (desk / "assets").exists()
