"""A folder of several files: what mlanim did not write there is neither replaced nor followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlanim.errors import UsageError
from mlanim.publish.folder import filling


def fill(folder: Path, *names: str) -> None:
    with filling(folder) as staging:
        for name in names:
            (staging / name).write_text("new")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_an_earlier_time_wrote_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "post"
    fill(folder, "a.png", "b.png")
    (folder / "notes.txt").write_text("mine")
    fill(folder, "b.png", "c.png")
    assert names_in(folder) == [".mlanim-files", "b.png", "c.png", "notes.txt"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path, dangling: bool) -> None:
    folder, mine = tmp_path / "post", tmp_path / "thesis.txt"
    fill(folder, "a.png")
    if not dangling:
        mine.write_text("years")
    (folder / "a.png").unlink()
    (folder / "a.png").symlink_to(mine)
    with pytest.raises(UsageError, match=r"a\.png"):
        fill(folder, "a.png")
    assert (folder / "a.png").is_symlink()
    fill(folder, "b.png")  # which leaves out what is no longer its own
    assert (folder / "a.png").is_symlink()
    assert not dangling or not mine.exists()
    assert dangling or mine.read_text() == "years"


def test_a_pipe_in_the_place_of_a_file_stays(tmp_path: Path) -> None:
    fill(tmp_path / "post", "b.png")
    os.mkfifo(tmp_path / "post" / "a.png")
    with pytest.raises(UsageError, match=r"a\.png"):
        fill(tmp_path / "post", "a.png", "b.png")
    assert (tmp_path / "post" / "a.png").is_fifo()


def test_one_that_was_cut_short_can_be_filled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "post"
    fill(folder, "a.png")
    replace, moved = Path.replace, []

    def cut_short(path: Path, target: Path) -> Path:
        if target.suffix == ".png":
            moved.append(target)
            if len(moved) == 2:
                raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", cut_short)
    with pytest.raises(KeyboardInterrupt):
        fill(folder, "b.png", "c.png")
    monkeypatch.undo()
    fill(folder, "b.png", "c.png")
    assert names_in(folder) == [".mlanim-files", "b.png", "c.png"]


def test_a_folder_that_is_told_from_here_stays_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        monkeypatch.chdir(tmp_path)
        with filling(Path("post")) as staging:
            (staging / "a.png").write_text("new")
            monkeypatch.chdir("elsewhere")
    assert names_in(tmp_path / "post") == [".mlanim-files", "a.png"]
    assert not names_in(tmp_path / "elsewhere")
