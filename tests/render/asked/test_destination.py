from __future__ import annotations

import os

import pytest

from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.destination import check_destination
from mlanim.replacing import replacing


def test_a_folder_of_frames_is_replaced_as_a_whole(tmp_path):
    target = tmp_path / "frames"
    for names in (["0000.png", "0001.png"], ["0000.png"]):
        check_destination(target, folder=True)
        with replacing(target) as temporary:
            temporary.mkdir()
            for name in names:
                (temporary / name).write_text("x")
    assert [path.name for path in target.iterdir()] == ["0000.png"]


def test_a_folder_with_other_files_is_never_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("years")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        check_destination(tmp_path, folder=True)


def test_places_that_cannot_be(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(UsageError, match="is a folder"):
        check_destination(tmp_path, folder=False)
    with pytest.raises(UsageError, match="is a file"):
        check_destination(file / "a.mp4", folder=False)
    with pytest.raises(UsageError, match="is a file"):
        check_destination(file, folder=True)
    with pytest.raises(MlanimError, match="cannot write"):
        check_destination(tmp_path / ("x" * 300) / "a.mp4", folder=False)


def test_a_place_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    with pytest.raises(MlanimError, match="choose another place with -o"):
        check_destination(tmp_path / "a.mp4", folder=False)


def test_what_is_no_place_for_frames(tmp_path):
    os.mkfifo(tmp_path / "frames")
    with pytest.raises(UsageError, match="is no folder"):
        check_destination(tmp_path / "frames", folder=True)


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "a.mp4").write_text("kept")
    monkeypatch.setattr("os.access", lambda path, mode: path != tmp_path / "a.mp4")
    with pytest.raises(MlanimError, match="may not be written"):
        check_destination(tmp_path / "a.mp4", folder=False)


def test_a_device_needs_no_folder_that_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "a.mp4").symlink_to(os.devnull)
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != "/dev")
    check_destination(tmp_path / "a.mp4", folder=False)
