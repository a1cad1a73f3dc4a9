"""What is killed cannot tidy up: the next one does, and touches nothing that is still in use."""

from __future__ import annotations

import os
import re
import signal

import pytest

from mlanim.left_behind import marked, part_name, remove_left_behind, scratch


@pytest.fixture
def gone_mark():
    """A mark of a process that has ended."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.write(writing, marked().encode())
        os._exit(0)
    os.waitpid(process, 0)
    try:
        return os.read(reading, 1000).decode()
    finally:
        os.close(reading)
        os.close(writing)


def test_what_a_process_that_ended_left_is_removed(tmp_path, gone_mark):
    (tmp_path / f"mlanim-{gone_mark}-abc" / "texts").mkdir(parents=True)
    (tmp_path / f".a.{gone_mark}.part.mp4").write_text("half")
    (tmp_path / f".frames.{gone_mark}.part").mkdir()
    remove_left_behind(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_is_in_use_or_somebody_elses_stays(tmp_path, gone_mark):
    elsewhere = re.sub("^[0-9a-f]{8}", "0" * 8, gone_mark)
    mine = [part_name("a.mp4"), f"mlanim-{marked()}-abc"]
    theirs = [f".a.{elsewhere}.part.mp4", ".a.notes.part.mp4", "mlanim-mine", f"a-{gone_mark}"]
    for name in (*mine, *theirs):
        (tmp_path / name).write_text("")
    remove_left_behind(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*mine, *theirs}


def test_another_process_of_the_same_number_is_another(tmp_path):
    machine, process, began, chance = marked().split("-")
    (tmp_path / f"mlanim-{machine}-{process}-{int(began) + 1}-{chance}-abc").mkdir()
    remove_left_behind(tmp_path)
    assert not list(tmp_path.iterdir())


def test_one_that_was_killed_and_whom_nobody_has_buried_is_gone(tmp_path):
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.write(writing, marked().encode())
        signal.pause()
    (tmp_path / f"mlanim-{os.read(reading, 1000).decode()}-abc").mkdir()
    remove_left_behind(tmp_path)
    assert list(tmp_path.iterdir())
    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    remove_left_behind(tmp_path)
    assert not list(tmp_path.iterdir())
    os.waitpid(process, 0)
    os.close(reading)
    os.close(writing)


def test_links_are_not_followed(tmp_path, gone_mark):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    (tmp_path / "temporary").mkdir()
    (tmp_path / "temporary" / f"mlanim-{gone_mark}-abc").symlink_to(tmp_path / "mine")
    remove_left_behind(tmp_path / "temporary")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years"
    assert not list((tmp_path / "temporary").iterdir())


def test_scratch_lasts_as_long_as_its_block():
    with scratch() as place:
        (place / "a").write_text("x")
    assert not place.exists()
