"""./run on a machine where something is missing, played with stand-ins for the system's tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Start = Callable[..., subprocess.CompletedProcess[str]]

# The environment that `python3 -m venv` would make: it notes what is asked of it.
VENV_PYTHON = """#!/bin/sh
case "$*" in
*"import pip"*) exit 0 ;;
*"pip install --help") echo "  --group" ;;
*) echo "python $*" >>"$LOG" ;;
esac
"""


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Run a copy of the script with only stand-ins, coreutils and a Python on its path."""
    home, tools = tmp_path / "a checkout", tmp_path / "tools"
    home.mkdir()
    tools.mkdir()
    shutil.copy(ROOT / "run", home / "run")
    shutil.copy(ROOT / "pyproject.toml", home)
    for name in ("bash", "env", "cat", "cksum", "dirname", "grep", "sh"):
        (tools / name).symlink_to(shutil.which(name) or name)

    def tool(name: str, script: str) -> None:
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)

    tool("id", 'echo "${AS_USER-0}"')
    tool("cc", "exit 0")
    tool("pkg-config", 'case "$*" in *"${LACKS-none}"*) exit 1 ;; esac')
    tool("apt-get", 'echo "apt-get $*" >>"$LOG"; echo noise')
    tool("sudo", 'echo sudo >>"$LOG"; exec "$@"')
    # A stand-in for the system's Python: real, but its environments are the one above.
    venv = f'mkdir -p "$4/bin"; cp "{tmp_path}/venv_python" "$4/bin/python"; echo venv >>"$LOG"'
    real = f'exec "{sys.executable}" "$@"'
    tool("python3", f'case "$*" in "-m venv"*) PATH=/usr/bin:/bin; {venv} ;; *) {real} ;; esac')
    (tmp_path / "venv_python").write_text(VENV_PYTHON)
    (tmp_path / "venv_python").chmod(0o755)

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        log = tmp_path / "log"
        log.write_text("")
        environment = {"PATH": str(tools), "LOG": str(log), **variables}
        done = subprocess.run(
            [str(tools / "bash"), str(home / "run"), *words],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        done.log = log.read_text().splitlines()  # type: ignore[attr-defined]
        return done

    return run


def log_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    return done.log  # type: ignore[attr-defined,no-any-return]


def test_the_first_run_sets_up_and_the_second_starts_at_once(start: Start, tmp_path: Path) -> None:
    first = start("mlanim", "render", "seq2seq")
    assert first.returncode == 0, first.stderr
    log = log_of(first)
    assert log[0] == "venv"
    assert "install" in log[1] and log[1].endswith(f"--editable {tmp_path}/a checkout")
    assert log[-1] == "python -m mlanim render seq2seq"
    second = start("mlanim", "list", LACKS="cairo")
    assert [line for line in log_of(second) if line != "python -c "] == ["python -m mlanim list"]
    assert second.stderr == ""


def test_tests_are_set_up_once_and_get_their_words(start: Start) -> None:
    assert any("--group" in line for line in log_of(start("tests")))
    again = log_of(start("tests", "-k", "softmax"))
    assert not any("install" in line for line in again)
    assert again[-1] == "python -m pytest -n auto --dist worksteal -k softmax"


def test_another_pyproject_sets_up_again(start: Start, tmp_path: Path) -> None:
    start("mlanim", "list")
    with (tmp_path / "a checkout/pyproject.toml").open("a") as file:
        file.write("\n# changed\n")
    assert any("--editable" in line for line in log_of(start("mlanim", "list")))


def test_missing_system_packages_come_from_apt(start: Start) -> None:
    done = start("mlanim", "list", LACKS="cairo")
    assert done.returncode == 0, done.stderr
    log = log_of(done)
    assert log[0].startswith("apt-get update")
    assert log[1].startswith("apt-get install -y")
    assert log[1].endswith("libcairo2-dev libpango1.0-dev")
    assert "sudo" not in log
    assert done.stdout == ""


def test_a_user_who_is_not_root_uses_sudo(start: Start) -> None:
    log = log_of(start("mlanim", "list", LACKS="pangocairo", AS_USER="1000"))
    assert log[:3:2] == ["sudo", "sudo"]


@pytest.mark.parametrize("words", [[], ["render"], ["--help"]])
def test_another_word_is_answered_with_the_two_commands(start: Start, words: list[str]) -> None:
    done = start(*words)
    assert done.returncode == 2
    assert "./run mlanim render seq2seq" in done.stderr and "./run tests" in done.stderr
    assert log_of(done) == []


def test_a_machine_without_a_recent_python_is_told(start: Start, tmp_path: Path) -> None:
    (tmp_path / "tools/python3").write_text("#!/bin/sh\nexit 1\n")
    done = start("mlanim", "list")
    assert done.returncode == 1
    assert "no Python 3.11 or later" in done.stderr


def test_a_failing_install_is_told_and_tried_again(start: Start, tmp_path: Path) -> None:
    script = VENV_PYTHON.replace("*) echo", "*install*) exit 9 ;;\n*) echo")
    (tmp_path / "venv_python").write_text(script)
    done = start("mlanim", "list")
    assert done.returncode == 1
    assert "pip could not install" in done.stderr
    shutil.copy(tmp_path / "venv_python", tmp_path / "a checkout/.venv/bin/python")
    (tmp_path / "a checkout/.venv/bin/python").write_text(VENV_PYTHON)
    assert log_of(start("mlanim", "list"))[-1] == "python -m mlanim list"


def test_the_ci_command_is_the_readmes() -> None:
    ci = (ROOT / ".ci/run").read_text()
    readme = (ROOT / "README.md").read_text()
    assert "./run mlanim render seq2seq" in readme
    for command in ("capture-tests", "browser-tests", "tests"):
        assert f'"$run" {command}' in ci
        assert f"`./run {command}`" in readme or f"./run {command} " in readme
    for script in (ROOT / "run", ROOT / ".ci/run"):
        assert os.access(script, os.X_OK)
