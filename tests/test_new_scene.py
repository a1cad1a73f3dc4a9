"""`mlanim new`: what it writes renders, checks clean, and is never written over a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mlanim.cli import cli


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str):
    return CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize("options", [[], ["--theme", "dark", "--aspect", "1:1"]])
def test_a_new_scene_is_listed_and_clean(here, options):
    made = run("new", "beam-search")
    assert made.exit_code == 0
    assert (here / "scenes" / "beam_search.py").is_file()
    assert "beam-search" in run("list").output
    shown = run("show", "beam-search").output
    assert "scores" in shown and "softmax" in shown
    checked = run("check", "beam-search", "-q", "l", "--fps", "4", *options)
    assert checked.exit_code == 0, checked.output


def test_it_renders(here):
    run("new", "beam-search")
    done = run("render", "beam-search", "-r", "96,54", "--fps", "4", "--set", "scores=1,2")
    assert done.exit_code == 0, done.output
    assert (here / "media" / "beam-search" / "beam-search.mp4").is_file()


def test_a_bundled_scene_is_a_beginning(here):
    assert run("new", "mine", "--from", "self-attention").exit_code == 0
    text = (here / "scenes" / "mine.py").read_text()
    assert "class Mine(Explainer):" in text
    assert "published" in run("show", "mine").output


def test_a_file_is_never_written_over(here):
    run("new", "mine")
    (here / "scenes" / "mine.py").write_text("# mine\n")
    again = run("new", "mine")
    assert again.exit_code == 2 and again.output.count("\n") == 1
    assert (here / "scenes" / "mine.py").read_text() == "# mine\n"


@pytest.mark.parametrize(
    "words",
    [("new", "My Scene"), ("new", "../evil"), ("new", ""), ("new", "a", "--from", "transfomer")],
)
def test_what_cannot_be_is_refused_in_one_line(here, words):
    done = run(*words)
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert not (here / "scenes").exists()
