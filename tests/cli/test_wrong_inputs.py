"""Wrong input gets one line that says what was given and what to do, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Call

PLAIN = (
    "from manim import Scene\n\n\nclass {name}(Scene):\n    def construct(self):\n        {body}\n"
)


class Wrong(NamedTuple):
    """A command line, the exit code it deserves, and what its one line must say."""

    words: tuple[str, ...]
    code: int
    says: tuple[str, ...]


def wrong(words: str | tuple[str, ...], code: int, *says: str) -> object:
    words = tuple(words.split()) if isinstance(words, str) else words
    return pytest.param(Wrong(words, code, says), id=repr(" ".join(words))[1:-1])


SCENES = [
    wrong("render", 2, "SCENE", "mlanim render --help"),
    wrong("rendr demo", 2, "'rendr'", "did you mean 'render'"),
    wrong("render demmo", 2, "'demmo'", "did you mean 'demo'"),
    wrong("render nowhere.py", 2, "nowhere.py", "mlanim list"),
    wrong("render ./scenes", 2, "scenes is a folder"),
    wrong(("render", "de\0mo"), 2, "mlanim list"),
    wrong(("render", ""), 2, "mlanim list"),
    wrong("render broken.py", 1, "broken.py:2: SyntaxError"),
    wrong("render failing.py", 1, "failing.py:1: ZeroDivisionError"),
    wrong("render empty.py", 2, "empty.py has no scene"),
    wrong("render pair.py", 2, "pair.py has 2 scenes", "One, Two"),
    wrong("render pair.py Tow", 2, "'Tow'", "did you mean 'Two'"),
    wrong("render late.py", 1, "late.py:6: ValueError: too late"),
    wrong("show demmo", 2, "did you mean 'demo'"),
    wrong("storyboard demmo", 2, "did you mean 'demo'"),
    wrong("check demo demo demmo", 2, "'demmo'", "did you mean 'demo'"),
]

OPTIONS = [
    wrong("render demo --fpss 30", 2, "--fpss", "--fps"),
    wrong("render demo --fps", 2, "--fps", "requires an argument"),
    wrong("render demo -q z", 2, "'z'", "l, m, h, p, k"),
    wrong("render demo -q hihg", 2, "did you mean 'high'"),
    wrong("render demo --fps -5", 2, "-5", "to 240 frames"),
    wrong("render demo --fps 0", 2, "0", "to 240 frames"),
    wrong("render demo --fps nan", 2, "nan", "to 240 frames"),
    wrong("render demo --fps fast", 2, "'fast'"),
    wrong("render demo -r 641,360", 2, "641", "even"),
    wrong("render demo -r 9000,360", 2, "9000", "8192"),
    wrong("render demo -r 8,8", 2, "8", "16"),
    wrong("render demo -r wide", 2, "'wide'", "W,H"),
    wrong("render demo -r 640,360 --aspect 1:1", 2, "--aspect", "-r"),
    wrong("render demo --aspect 0:1", 2, "'0:1'", "16:9"),
    wrong("render demo --aspect wide", 2, "'wide'", "16:9"),
    wrong("render demo --format avi", 2, "avi", "mp4", "png-sequence"),
    wrong("render demo --format mp4 -t", 2, "transparent", "webm", "mov"),
    wrong("render demo --theme drak", 2, "'drak'", "did you mean 'dark'"),
    wrong("render demo --seed -1", 2, "-1"),
    wrong("render demo --seed many", 2, "'many'"),
    wrong("storyboard demo --every 0", 2, "0"),
    wrong("storyboard demo --every nan", 2, "nan"),
]

OUTPUTS = [
    wrong("render demo -o file/out.mp4", 2, "file is a file", "-o"),
    wrong("render demo -o /proc/nowhere/out.mp4", 1, "/proc", "-o"),
    wrong("render demo -o folder", 2, "folder", ".mp4"),
    wrong("render demo -o films.mp4", 2, "films.mp4 is a folder"),
    wrong("render demo -o out.gif --format mp4", 2, "out.gif", "mp4"),
    wrong("render demo -o out.avi", 2, "out.avi", "mp4"),
    wrong("render demo -o file --format png-sequence", 2, "file is a file"),
    wrong("render demo -o folder --format png-sequence", 2, "keep.txt"),
    wrong(("render", "demo", "-o", "a\0.mp4"), 2, "a\\x00.mp4", "path of a file"),
    wrong("storyboard demo -o file/board.png", 2, "file is a file"),
    wrong("storyboard demo -o board.gif", 2, "board.gif", "png"),
    wrong("check demo --values file/values.json", 2, "file is a file"),
]

VALUES = [
    wrong("render demo --set sidee=1", 2, "'sidee'", "did you mean 'side'"),
    wrong("render demo --set side", 2, "'side'", "NAME=VALUE"),
    wrong("render demo --set side=wide", 2, "'wide'", "a number"),
    wrong("render demo --set side=9", 2, "9", "from 0.5 to 2"),
    wrong("render demo --set side=nan", 2, "nan", "a number"),
    wrong("render demo --set shape=rund", 2, "'rund'", "did you mean 'round'"),
    wrong(("render", "demo", "--set", "words=a\0b"), 2, "printable"),
    wrong(("render", "seq2seq", "--set", "source="), 2, "empty", "French"),
    wrong(("render", "seq2seq", "--set", "source=le chta dort"), 2, "'chta'", "chat"),
    wrong("render demo --params none.toml", 2, "none.toml"),
    wrong("render demo --params bad.toml", 2, "bad.toml"),
    wrong("render demo --params bad.json", 2, "bad.json"),
    wrong("render demo --params list.json", 2, "list.json"),
    wrong("render demo --params unknown.toml", 2, "'sidee'", "did you mean 'side'"),
    wrong("render demo --params type.toml", 2, "side", "a number"),
    wrong("render demo --params broken.py", 2, "broken.py", ".toml", ".json"),
    wrong("render demo --steps frist", 2, "'frist'", "did you mean 'first'"),
    wrong("render demo --steps first#2", 2, "first#2"),
    wrong(("render", "demo", "--steps", ""), 2, "step"),
    wrong("render plain.py --steps first", 2, "Plain", "--steps", "Explainer"),
    wrong("render plain.py --set a=1", 2, "Plain", "--set", "Explainer"),
]


@pytest.fixture
def full_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one of everything that can be wrong, and its own temporary folder."""
    files = {
        "broken.py": "x = 1\ndef (\n",
        "failing.py": "1 / 0\n" + PLAIN.format(name="Failing", body="pass"),
        "empty.py": "x = 1\n",
        "plain.py": PLAIN.format(name="Plain", body="self.wait(0.1)"),
        "late.py": PLAIN.format(name="Late", body="raise ValueError('too late')"),
        "pair.py": PLAIN.format(name="One", body="pass") + PLAIN.format(name="Two", body="pass"),
        "bad.toml": "side = = 1\n",
        "bad.json": "{",
        "list.json": "[1, 2]",
        "unknown.toml": "sidee = 1\n",
        "type.toml": "side = 'wide'\n",
        "file": "",
        "folder/keep.txt": "",
        "films.mp4/keep.txt": "",
        "temporary/.keep": "",
    }
    for name, text in files.items():
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text(text)
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "temporary"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return desk


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("case", [*SCENES, *OPTIONS, *OUTPUTS, *VALUES])
def test_wrong_input_is_one_teaching_line(case: Wrong, call: Call, full_desk: Path) -> None:
    before = tree(full_desk)
    command, *words = case.words
    small = ["-q", "l"] if command == "render" else []  # should one be taken after all
    result = call(command, *small, *words)
    assert result.exit_code == case.code, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("mlanim")
    assert "Traceback" not in line and "run again" not in line
    for words in case.says:
        assert words in line
    assert tree(full_desk) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [("render demmo", 2), ("render broken.py", 1), ("render demo --format mp4 -t", 2)],
)
def test_a_real_process_answers_alike(words: str, code: int, full_desk: Path) -> None:
    before = tree(full_desk)
    done = subprocess.run(
        [sys.executable, "-m", "mlanim", *words.split()],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 1)
    assert tree(full_desk) == before
