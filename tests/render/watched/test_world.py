"""What the reader's code does to the world, in words, told from what mlanim itself has open."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from mlanim.render.watched.watching import watch_reads
from mlanim.render.watched.world import held_open, on_effect


def test_listening_to_what_is_read_holds_nothing_open_for_the_scene():
    """A process that renders again and again shares each film among workers."""
    before = held_open()
    with watch_reads():
        assert held_open() == before


def test_a_file_that_is_open_for_writing_is_the_scenes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with watch_reads(), Path("log").open("w"):
        assert held_open() == "log is open for writing"
    assert held_open() is None


def nameless():
    with tempfile.TemporaryFile() as file:
        file.write(b"once")


def named():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"once")


def folder():
    with tempfile.TemporaryDirectory():
        pass


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Path("out/a.log").write_text("once"), "writes out/a.log"),
        (lambda: Path("out/b").mkdir(), "makes the folder out/b"),
        (lambda: Path("a").rename("b"), "moves a"),
        (lambda: Path("a").unlink(), "removes a"),
        (lambda: Path("a").chmod(0o600), "changes a"),
        (lambda: sqlite3.connect("runs.db").close(), "opens the database runs.db"),
        (nameless, "writes a temporary file"),  # the system is told of its folder alone
        (named, "writes a temporary file"),
        (folder, "makes a temporary folder"),
    ],
)
def test_a_reader_is_told_what_was_done_and_where_in_the_code(tmp_path, monkeypatch, act, words):
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    Path("a").write_text("")
    tempfile.gettempdir()  # looked for once
    told: list[str] = []
    stop = on_effect((), told.append)
    try:
        act()
    finally:
        stop()
    what, at, line = told[0].rpartition(" at ")
    file, _, number = line.rpartition(":")
    assert (what, at, file) == (words, " at ", __file__)
    assert int(number) >= act.__code__.co_firstlineno
