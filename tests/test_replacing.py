"""Outputs are files of their own: complete, in their place, whatever stood there before."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from mlanim.errors import MlanimError, UsageError
from mlanim.replacing import aim_of, replacing


def write(path, text="new"):
    with replacing(path) as temporary:
        temporary.write_text(text)


def test_a_finished_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path):
    target = tmp_path / "new" / "folder" / "a.mp4"
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
        assert temporary.suffix == ".mp4"
        temporary.write_text("done")
        assert not target.exists()
    assert target.read_text() == "done"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path, error):
    good, target = tmp_path / "good.mp4", tmp_path / "new" / "a.mp4"
    good.write_text("good")
    for path in (good, target):
        with pytest.raises(error), replacing(path) as temporary:
            temporary.write_text("half")
            raise error
    assert good.read_text() == "good"
    assert list(tmp_path.iterdir()) == [good]


def test_the_name_may_be_as_long_as_the_disk_takes(tmp_path):
    write(tmp_path / f"{'ü' * 124}.mp4")
    assert len(list(tmp_path.iterdir())) == 1


def test_the_mode_is_that_of_the_umask(tmp_path):
    (tmp_path / "b.mp4").write_text("old")
    (tmp_path / "b.mp4").chmod(0o600)
    umask = os.umask(0o027)
    try:
        for name in ("a.mp4", "b.mp4"):
            write(tmp_path / name)
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640
    finally:
        os.umask(umask)


def test_another_name_of_the_same_file_keeps_its_content(tmp_path):
    (tmp_path / "kept.mp4").write_text("old")
    os.link(tmp_path / "kept.mp4", tmp_path / "a.mp4")
    write(tmp_path / "a.mp4")
    assert (tmp_path / "kept.mp4").read_text() == "old"
    assert (tmp_path / "a.mp4").read_text() == "new"


@pytest.mark.parametrize("before", ["old", None])
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path, before):
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    if before:
        (there / "b.mp4").write_text(before)
    (here / "a.mp4").symlink_to("../there/b.mp4")
    with replacing(here / "a.mp4") as temporary:
        temporary.write_text("new")
        assert temporary.parent == there
    assert str((here / "a.mp4").readlink()) == "../there/b.mp4"
    assert (there / "b.mp4").read_text() == "new"
    assert len(list(there.iterdir())) == len(list(here.iterdir())) == 1


def test_a_link_to_a_folder_of_frames_stays(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "0000.png").write_text("old")
    (tmp_path / "frames").symlink_to("there")
    with replacing(tmp_path / "frames") as temporary:
        temporary.mkdir()
        (temporary / "0001.png").write_text("new")
    assert (tmp_path / "frames").is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["0001.png"]
    assert len(list(tmp_path.iterdir())) == 2


def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a.mp4").symlink_to("b.mp4")
    (tmp_path / "b.mp4").symlink_to("a.mp4")
    with pytest.raises(MlanimError, match="cannot write"):
        write(tmp_path / "a.mp4")


def test_a_pipe_is_written_to(tmp_path):
    os.mkfifo(tmp_path / "a.mp4")
    heard = []
    reader = threading.Thread(target=lambda: heard.append((tmp_path / "a.mp4").read_bytes()))
    reader.start()
    write(tmp_path / "a.mp4", "x" * 200_000)
    reader.join()
    assert heard == [b"x" * 200_000]
    assert stat.S_ISFIFO((tmp_path / "a.mp4").stat().st_mode)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_pipe_that_nobody_reads_is_no_place_to_wait(tmp_path, monkeypatch):
    monkeypatch.setattr("mlanim.replacing._PATIENCE", 0)
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(MlanimError, match="nobody reads this pipe"):
        write(tmp_path / "a.mp4")


def test_a_device_is_written_to(tmp_path):
    (tmp_path / "a.mp4").symlink_to(os.devnull)
    write(tmp_path / "a.mp4")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    (tmp_path / "b.mp4").symlink_to("/dev/full")
    if Path("/dev/full").exists():
        with pytest.raises(MlanimError, match="No space left"):
            write(tmp_path / "b.mp4")


def test_an_open_file_is_written_to(tmp_path):
    with (tmp_path / "a").open("w+") as file:
        (tmp_path / "a").unlink()
        if Path(f"/proc/self/fd/{file.fileno()}").exists():
            (tmp_path / "a.mp4").symlink_to(f"/proc/self/fd/{file.fileno()}")
            write(tmp_path / "a.mp4")
            file.seek(0)
            assert file.read() == "new"
    assert [path.name for path in tmp_path.iterdir()] in ([], ["a.mp4"])


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's name may not be long
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("a.mp4")
        with pytest.raises(UsageError, match="is a socket"):
            write(tmp_path / "a.mp4")


def test_a_relative_path_is_told_from_where_it_was_given(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with replacing(aim_of(tmp_path / "a.mp4").relative_to(tmp_path)) as temporary:
        os.chdir("elsewhere")
        temporary.write_text("new")
    assert (tmp_path / "a.mp4").read_text() == "new"
