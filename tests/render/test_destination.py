from __future__ import annotations

import pytest

from mlanim.errors import MlanimError, UsageError
from mlanim.render.destination import check_destination, replacing


def test_a_finished_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path):
    target = tmp_path / "new" / "folder" / "a.mp4"
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
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
