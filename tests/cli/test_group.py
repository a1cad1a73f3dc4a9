"""What every command shares: help, start-up cost, and one line for every error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import click
import pytest

import mlanim
from mlanim import __version__
from mlanim.cli.command_line import _COMMANDS, cli
from mlanim.cli.warned import warnings_told
from mlanim.errors import MlanimError, UsageError
from tests.conftest import Call

SLOW = ("manim", "numpy", "PIL", "av", "sklearn", "scipy", "cairo", "manimpango")


@pytest.mark.parametrize(
    "words",
    [["--help"], ["-h"], [], ["--version"], ["list"], ["lst"], ["render", "-h"], ["check", "-h"]],
)
def test_starting_imports_nothing_slow(words: list[str], desk: Path) -> None:
    script = (
        "import sys; from mlanim.cli import cli\n"
        f"try: cli.main({words!r}, prog_name='mlanim')\n"
        f"except SystemExit: print('SLOW', sorted(set({SLOW!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "SLOW []" in done.stdout, done.stdout + done.stderr


def test_help_names_every_command(call: Call) -> None:
    shown = call("--help")
    assert shown.exit_code == 0
    assert all(f"  {name} " in shown.stdout for name in _COMMANDS)
    assert call().stdout == shown.stdout


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help(call: Call, name: str) -> None:
    shown = call(name, "-h")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith(f"Usage: mlanim {name}")


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").stdout == f"mlanim {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (UsageError("a", "b"), 2, "mlanim: a: b"),
        (MlanimError("a\nb"), 1, "mlanim: a b"),
        (click.UsageError("bad."), 2, "mlanim list: bad (see `mlanim list --help`)"),
        (KeyError("x"), 1, "mlanim: KeyError: 'x': run again with --debug for the traceback"),
        (PermissionError(13, "Denied", "a.mp4"), 1, "mlanim: a.mp4: Denied: choose another place"),
        (OSError(28, "x"), 1, "mlanim: the disk is full: make room, or write elsewhere with -o"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 1, ""),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    call: Call, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, line: str
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("mlanim.cli.list_scenes.entries", fail)
    result = call("list")
    assert (result.exit_code, result.stderr.lstrip("\n")) == (code, line and f"{line}\n")
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("words", [("--debug", "list"), ("list", "--debug")])
def test_debug_shows_the_traceback_too(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("mlanim.cli.list_scenes.entries", lambda: 1 / 0)
    lines = call(*words).stderr.splitlines()
    assert lines[0].startswith("Traceback")
    assert lines[-1].startswith("mlanim: ZeroDivisionError")


def test_a_reader_of_the_pipe_who_leaves_is_no_error(desk: Path) -> None:
    command = f"'{sys.executable}' -m mlanim --help | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "mlanim", "-V"], capture_output=True, text=True)
    assert done.stdout == f"mlanim {__version__}\n"
    assert isinstance(cli, click.Group)


# A signal comes while the command line loads what it needs itself.
_BROKEN_OFF = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *_):
        if name == {loading!r}:
            os.kill(os.getpid(), {number})

sys.meta_path.insert(0, Interrupting())
sys.argv = ["mlanim", "list"]
from mlanim.cli import main
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("loading", ["click", "mlanim.errors", "mlanim.cli.list_scenes"])
def test_a_signal_while_it_starts_ends_it_without_a_word(loading: str, number: int) -> None:
    script = _BROKEN_OFF.format(loading=loading, number=int(number))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (128 + number, "", "")


def test_ctrl_c_waits_while_a_render_starts_itself_anew(desk: Path) -> None:
    """It comes between the two: in the second one, before anything of mlanim is there."""
    script = (
        "import os, signal, sys\n"
        "from mlanim import ending\n"
        "held = ending.hold_interrupts\n"
        "def hold():\n"
        "    held()\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "ending.hold_interrupts = hold\n"
        "sys.orig_argv = [sys.executable, '-m', 'mlanim', 'render', 'lst']\n"
        "sys.argv = ['mlanim', 'render', 'lst']\n"
        "from mlanim.cli import main\n"
        "main()\n"
    )
    around = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=around
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_what_mlanim_warns_of_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    own = str(Path(mlanim.__file__).parent / "primitives/glyphs.py")
    with pytest.warns(UserWarning, match="of a library"), warnings_told():
        warnings.warn_explicit("no font here has ARABIC letters", UserWarning, own, 246)
        warnings.warn_explicit("of a library", UserWarning, "/usr/lib/other.py", 7)
    assert capsys.readouterr().err == "mlanim: no font here has ARABIC letters\n"


def test_a_scene_may_be_named_as_a_module_of_pythons(tmp_path: Path) -> None:
    for name in ("numbers", "random", "typing"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the scene was imported')\n")
    words = [sys.executable, "-m", "mlanim", "list"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and "seq2seq" in done.stdout
