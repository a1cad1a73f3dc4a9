from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from mlanim.cli import render as render_module
from mlanim.render import verify as verify_module
from mlanim.render.verify import Difference, Verdict

SMALL = ("-r", "64,36", "--fps", "10")

PLAIN = """
from manim import *

class Turn(Scene):
    def construct(self):
        self.play(Rotate(Square()), run_time=0.3)

class Fails(Scene):
    def construct(self):
        self.play(Create(Circle()), run_time=0.2)
        self.lose()
"""

ENDLESS = """
from manim import *

class Endless(Scene):
    def construct(self):
        for i in range(100000):
            self.play(Rotate(Square()), run_time=0.5)
"""


def last_line(result) -> str:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def files(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_scene_by_name_prints_the_paths_of_film_and_captions(call, desk):
    result = call("render", "demo", *SMALL)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == ["media/demo/demo.mp4", "media/demo/demo.srt"]
    assert result.stderr == ""
    assert files(desk / "media") == ["demo/demo.mp4", "demo/demo.srt"]


def test_json_tells_what_a_program_needs(call, desk):
    result = call("render", "demo", *SMALL, "-o", "out/a.mp4", "--json", "--seed", "3")
    told = json.loads(result.stdout)
    assert told["paths"] == ["out/a.mp4", "out/a.srt"]
    assert (told["frames"], told["seconds"], told["fps"]) == (4, 0.4, 10)
    assert (told["width"], told["height"], told["format"], told["seed"]) == (64, 36, "mp4", 3)
    assert told["bytes"] == (desk / "out/a.mp4").stat().st_size
    assert told["steps"][0] == {
        "name": "first",
        "path": "first",
        "start": 0.0,
        "end": 0.2,
        "say": "A square appears.",
        "title": "",
    }
    assert "files" not in told


def test_json_of_a_sequence_tells_each_files_duration(call):
    words = ("--format", "png-sequence", "-o", "frames", "--json")
    told = json.loads(call("render", "demo", *SMALL, *words).stdout)
    assert told["paths"] == ["frames"]
    assert told["files"] == [
        {"path": "frames/0000.png", "duration": 0.2},
        {"path": "frames/0001.png", "duration": 0.2},
    ]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("--format", "gif", "--steps", "second"), "media/demo/demo-second.gif"),
        (("--steps", "second/inner,first", "-t"), "media/demo/demo-second-inner-first.mov"),
        (("--format", "webm", "-t"), "media/demo/demo.webm"),
        (("-s", "--theme", "dark"), "media/demo/demo.png"),
        (("-o", "deep/er/a.gif", "--set", "side=2", "--set", "words=x,y"), "deep/er/a.gif"),
        (("--no-cache", "--quiet", "--aspect", "9:16"), "media/demo/demo-854p5.mp4"),
    ],
)
def test_formats_and_places(call, desk, words, made):
    size = SMALL if "--aspect" not in words else ("-q", "l", "--fps", "5")
    result = call("render", "demo", *size, *words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0] == made
    assert (desk / made).stat().st_size > 0


def test_a_plain_manim_file_and_one_of_its_classes(call, desk):
    (desk / "plain.py").write_text(PLAIN)
    result = call("render", "plain.py", "Turn", *SMALL)
    assert result.stdout.splitlines() == ["media/plain/Turn.mp4"]
    several = call("render", "plain.py", *SMALL)
    assert several.exit_code == 2
    assert "Turn, Fails" in last_line(several)
    manims_own = call("render", "plain.py", "MovingCameraScene", *SMALL)
    assert manims_own.exit_code == 2
    assert "Turn" in last_line(manims_own)
    assert files(desk / "media") == ["plain/Turn.mp4"]


def test_a_failing_scene_is_told_by_its_line_and_debug_tells_more(call, desk):
    (desk / "plain.py").write_text(PLAIN)
    result = call("render", "plain.py", "Fails", *SMALL)
    assert result.exit_code == 1
    assert last_line(result).startswith("mlanim: plain.py:11: AttributeError: 'Fails' object")
    assert not (desk / "media").exists()
    assert "Traceback" in call("render", "plain.py", "Fails", *SMALL, "--debug").stderr


def test_parameters_from_files_and_the_command_line_wins(call, desk, monkeypatch):
    (desk / "p.toml").write_text('side = 1.5\nwords = ["x"]\nshape = "round"\n')
    (desk / "p.json").write_text('{"side": 2}')
    seen = []

    def fake(scene_class, spec, **_):
        seen.append(dict(spec.values))
        raise KeyboardInterrupt

    monkeypatch.setattr("mlanim.render.engine.render", fake)
    assert call("render", "demo", "--params", "p.toml", "--set", "side=0.5").exit_code == 130
    assert call("render", "demo", "--params", "p.json").exit_code == 130
    assert seen == [{"side": 0.5, "words": ["x"], "shape": "round"}, {"side": 2.0}]


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("dmeo",), 2, "did you mean 'demo'"),
        (("demo", "-q", "x"), 2, "allowed: l, m, h, p, k"),
        (("demo", "-q", "meduim"), 2, "'medium'"),
        (("demo", "--fps", "-3"), 2, "0.1 to 240"),
        (("demo", "--fps", "fast"), 2, "--fps"),
        (("demo", "--fps", "nan"), 2, "0.1 to 240"),
        (("demo", "-r", "641,480"), 2, "even, 16 to 8192"),
        (("demo", "-r", "9000,480"), 2, "16 to 8192"),
        (("demo", "-r", "640"), 2, "W,H"),
        (("demo", "--aspect", "16x9"), 2, "W:H"),
        (("demo", "--format", "mp5"), 2, "'mp4'"),
        (("demo", "--format", "none"), 2, "allowed: mp4"),
        (("demo", "-t", "--format", "mp4"), 2, "webm or --format mov"),
        (("demo", "-o", "a.gif", "--format", "mp4"), 2, "a.mp4"),
        (("demo", "-o", "scenes"), 2, "png-sequence"),
        (("demo", "-o", "scenes", "--format", "png-sequence"), 2, "demo.py"),
        (("demo", "-o", "folder.mp4"), 2, "is a folder"),
        (("demo", "-o", "scenes/demo.py/a.mp4"), 2, "is a file, not a folder"),
        (("demo", "-o", "a\0b.mp4"), 2, "path of a file"),
        (("demo", "-o", ""), 2, "path of a file"),
        (("demo", "--theme", "drak"), 2, "'dark'"),
        (("demo", "--steps", "secnd"), 2, "'second'"),
        (("demo", "--steps", "first,,second"), 2, "score,softmax"),
        (("demo", "--steps", "first#0"), 2, "name#2"),
        (("demo", "--steps", "first#2"), 2, "occurs 1 time"),
        (("demo", "--set", "side"), 2, "NAME=VALUE"),
        (("demo", "--set", "side=big"), 2, "number"),
        (("demo", "--set", "side=3"), 2, "0.5 to 2"),
        (("demo", "--set", "sdie=1"), 2, "'side'"),
        (("demo", "--set", "shape=roud"), 2, "'round'"),
        (("demo", "--params", "none.toml"), 2, "No such file"),
        (("demo", "--params", "bad.toml"), 2, "bad.toml"),
        (("demo", "--params", "list.json"), 2, "by name"),
        (("demo", "--params", "scenes/demo.py"), 2, ".toml or .json"),
        (("demo", "--seed", "-1"), 2, "0 to 4294967295"),
        (("demo", "-s", "--format", "gif"), 2, "-s"),
        (("demo", "NoSuchClass"), 2, "Demo"),
        (("broken.py",), 1, "broken.py:1"),
        (("plain.py", "Turn", "--steps", "a"), 2, "plain Manim scene"),
        (("plain.py", "Turn", "--set", "a=1"), 2, "plain Manim scene"),
        (("plain.py", "Turn", "--theme", "dark"), 2, "plain Manim scene"),
    ],
)
def test_wrong_input_is_one_teaching_line_and_leaves_nothing(call, desk, words, code, hint):
    (desk / "plain.py").write_text(PLAIN)
    (desk / "broken.py").write_text("def broken(:\n")
    (desk / "bad.toml").write_text("side = = 1")
    (desk / "list.json").write_text("[1]")
    (desk / "folder.mp4").mkdir()
    before = files(desk)
    sized = "-r" in words or "--aspect" in words
    result = call("render", *words, *(() if sized else ("-r", "64,36")))
    assert result.exit_code == code, result.stderr
    assert hint in last_line(result)
    assert result.stdout == ""
    assert [name for name in files(desk) if "__pycache__" not in name] == before
    assert not (desk / "media").exists()


def test_preview_opens_what_was_made(call, monkeypatch):
    opened = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(render_module.click, "launch", opened.append)
    call("render", "demo", *SMALL, "-s", "-p")
    assert opened == ["media/demo/demo.png"]


@pytest.mark.parametrize("name", ["a.mp4", "a.gif", "frames"])
def test_ctrl_c_leaves_no_half_file(desk, name):
    (desk / "endless.py").write_text(ENDLESS)
    (desk / "out").mkdir()
    words = ["render", "endless.py", *SMALL, "-o", f"out/{name}"]
    words += ["--format", "png-sequence"] if name == "frames" else []
    (desk / "tmp").mkdir()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(desk / "tmp")}

    def begun() -> bool:
        return any((desk / "out").iterdir()) or any((desk / "tmp").glob("mlanim-*/0*"))

    process = subprocess.Popen(
        [sys.executable, "-m", "mlanim", *words],
        env=environment,
        stderr=subprocess.PIPE,
        # In the background of a script Ctrl-C is ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    until = time.monotonic() + 60
    while not begun() and time.monotonic() < until:
        time.sleep(0.05)
    assert begun(), "rendering never began"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert b"Traceback" not in errors
    assert not any((desk / "out").iterdir())
    assert not any((desk / "tmp").iterdir())
    assert not (desk / "media").exists()


def test_verify_counts_equal_frames_and_writes_nothing(call, desk):
    before = files(desk)
    result = call("render", "demo", *SMALL, "--verify")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "4 frames equal\n", "")
    told = json.loads(call("render", "demo", *SMALL, "--verify", "--json").stdout)
    assert told == {"equal": 4, "difference": None}
    assert files(desk) == before


def test_verify_names_what_differs(call, desk, monkeypatch):
    difference = Difference(2, 0.2, (1, 2, 4, 6), 5, 9)
    monkeypatch.setattr(verify_module, "verify", lambda *_, **__: Verdict(2, difference))
    result = call("render", "demo", *SMALL, "--verify")
    assert result.exit_code == 1
    assert last_line(result) == (
        "mlanim: frame 2 at 0.200 s: 5 pixels differ by up to 9 levels in x 1 to 3, y 2 to 5:"
        " the 2 before it are equal"
    )
    result = call("render", "demo", *SMALL, "--verify", "--json")
    assert (result.exit_code, json.loads(result.stdout)["difference"]["frame"]) == (1, 2)


def test_a_figure_is_named_after_its_time(call, desk):
    assert call("render", "demo", *SMALL, "--at", "0.1").stdout == "media/demo/demo-0.1s.png\n"
    made = call("render", "demo", *SMALL, "--steps", "first", "--format", "svg")
    assert made.stdout == "media/demo/demo-first.svg\n"
    assert "<title>Demo: first</title>" in (desk / "media/demo/demo-first.svg").read_text()
