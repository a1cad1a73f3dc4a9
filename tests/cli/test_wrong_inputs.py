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
    return pytest.param(Wrong(words, code, says), id=repr(" ".join(words))[1:-1][:60])


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
    wrong("render demo --at -1", 2, "--at -1", "0 or more"),
    wrong("render demo --at nan", 2, "nan", "0 or more"),
    wrong("render demo --at soon", 2, "'soon'", "--at"),
    wrong("render demo --at 9", 2, "9 s is past the end", "0.4 s long"),
    wrong("render demo --at 9 -o out.svg", 2, "9 s is past the end", "0.4 s long"),
    wrong("render demo --at 0 --format webm", 2, "webm", "png, svg, pdf"),
    wrong("render demo --at 0 -s", 2, "-s", "--at"),
    wrong("render demo -s --format svg", 2, "svg", "leave out -s"),
    wrong("render demo --verify -o out.mp4", 2, "--verify", "-o", "writes none"),
    wrong("render demo --verify --at 0 -p", 2, "--at and -p", "writes none"),
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
    wrong("render demo -o out.svg --format pdf", 2, "out.svg", "out.pdf"),
    wrong("render demo -o file/out.svg", 2, "file is a file", "-o"),
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
    wrong("render plain.py --steps first", 2, "Plain", "--steps", "next_section"),
    wrong("render plain.py --set a=1", 2, "Plain", "--set", "Explainer"),
]


LONG, DIGITS = "a" * 300, "9" * 400
ABSURD = [
    wrong("render demo --fps 1e400", 2, "fps inf", "to 240"),
    wrong(f"render demo --fps {DIGITS}", 2, "fps inf"),
    wrong(f"render demo --seed {DIGITS}", 2, "seed 999"),
    wrong(f"render demo --set side={DIGITS}", 2, "side=inf", "0.5 to 2"),
    wrong("render demo --at 1e400", 2, "--at inf"),
    wrong("storyboard demo --every 1e400", 2, "inf"),
    wrong("render demo --params digits.json", 2, "side=999", "0.5 to 2"),
    wrong("render demo --params deep.json", 2, "deep.json", "too deep"),
    wrong("render demo --params nested.toml", 2, "nested.toml", "too deep"),
    wrong("render demo --params /dev/zero", 2, "/dev/zero", ".toml"),
    wrong("render demo --params endless.json", 2, "endless.json", "no file"),
    wrong("render deep.py", 1, "deep.py"),
    wrong("build deep.toml", 2, "deep.toml", "too deep"),
    wrong("render ~nobody-here/a.py", 2, "~nobody-here", "home folder"),
    wrong("render demo -o ~nobody-here/a.mp4", 2, "~nobody-here", "home folder"),
    wrong("render demo --for thread -o ~nobody-here/a", 2, "~nobody-here", "home folder"),
    wrong("render demo --params ~nobody-here/a.toml", 2, "~nobody-here", "home folder"),
    wrong("render gpt2 --trace ~nobody-here/a.npz", 2, "~nobody-here", "home folder"),
    wrong("show ~nobody-here/a.npz", 2, "~nobody-here", "home folder"),
    wrong("check demo --values ~nobody-here/a.json", 2, "~nobody-here", "home folder"),
    wrong("slides demo -o ~nobody-here/a.html", 2, "~nobody-here", "home folder"),
    wrong("transcript demo -o ~nobody-here/a", 2, "~nobody-here", "home folder"),
    wrong("embed demo -o ~nobody-here/a", 2, "~nobody-here", "home folder"),
    wrong("build ~nobody-here/a.toml", 2, "~nobody-here", "home folder"),
    wrong(f"render {LONG}.py", 2, "303 bytes", "255"),
    wrong(f"render demo -o {LONG}.mp4", 2, "304 bytes", "255"),
    wrong(f"render demo -o {LONG}/a.mp4", 2, "300 bytes", "255"),
    wrong(f"slides demo -o {LONG}.html", 2, "305 bytes", "255"),
    wrong(f"new {LONG}", 2, "too long"),
    wrong(f"render demo --steps {LONG}", 2, "no step"),
    wrong("render demo --params circle.toml", 2, "circle.toml"),
    wrong("render circle.py", 2, "circle.py"),
]


def test_names_that_fit_are_written(call: Call, desk: Path) -> None:
    for name in ("a" * 251, "é" * 125, "a" * 225):
        result = call("render", "demo", "-s", "-r", "64,36", "-o", f"{name}.png")
        assert result.exit_code == 0, result.stderr
        assert [path.name for path in desk.glob("*.png")] == [f"{name}.png"]
        (desk / f"{name}.png").unlink()
    demo = (desk / "scenes/demo.py").read_text()
    (desk / "scenes/demo.py").write_text(demo.replace('"first"', repr(LONG)))
    small = ("-r", "64,36", "--fps", "5")
    assert call("render", "demo", "--steps", LONG, *small).exit_code == 0
    assert call("transcript", "demo", "-o", "told", *small).exit_code == 0


@pytest.mark.parametrize("size", ["1e400", "inf", "nan", "-1", DIGITS, "1GB2", "\u0663"])
def test_absurd_sizes_in_the_environment(
    size: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLANIM_CACHE_LIMIT", size)
    result = call("cache", "info")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "MLANIM_CACHE_LIMIT" in line and "500M" in line


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
        "digits.json": '{"side": ' + DIGITS + "}",
        "deep.json": "[" * 100_000 + "]" * 100_000,
        "deep.toml": "x = " + "[" * 5_000 + "]" * 5_000,
        "nested.toml": f"[{'.'.join('a' * 3_000)}]\nx = 1\n",
        "deep.py": "x = " + "-" * 20_000 + "1\n",
    }
    for name, text in files.items():
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text(text)
    (desk / "endless.json").symlink_to("/dev/zero")
    for name in ("circle.toml", "circle.py"):
        (desk / name).symlink_to(desk / name)
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "temporary"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return desk


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("case", [*SCENES, *OPTIONS, *OUTPUTS, *VALUES, *ABSURD])
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
