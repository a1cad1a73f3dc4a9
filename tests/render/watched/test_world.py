"""What the reader's code holds open, told from what mlanim itself has open."""

from __future__ import annotations

from mlanim.render.watched.watching import watch_reads
from mlanim.render.watched.world import held_open


def test_listening_to_what_is_read_holds_nothing_open_for_the_scene():
    """A process that renders again and again shares each film among workers."""
    before = held_open()
    with watch_reads():
        assert held_open() == before


def test_a_file_that_is_open_for_writing_is_the_scenes(tmp_path):
    with watch_reads(), (tmp_path / "log").open("w"):
        assert held_open() == "writes log"
    assert held_open() is None
