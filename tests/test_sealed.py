"""A damaged file of the cache is as if it were not there, and nothing that is in the way stays."""

from __future__ import annotations

import os
import shutil

import pytest

from mlanim.sealed import checksum, read_sealed, write_sealed


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def a_folder(path):
    path.unlink()
    (path / "inside").mkdir(parents=True)


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


def without_its_room(path):
    shutil.rmtree(path.parent)
    path.parent.write_text("no folder")


DAMAGES = {
    "emptied": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "flipped": flipped,
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "text": lambda path: path.write_text("not a film at all"),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "a folder": a_folder,
    "a pipe": a_pipe,
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path.name)),
    "its room a file": without_its_room,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_not_there_until_it_is_written_again(tmp_path, damage):
    path = tmp_path / "renders" / "a.json"
    write_sealed(tmp_path, path, b"first\nof all")
    assert read_sealed(path) == b"first\nof all"
    damage(path)
    assert read_sealed(path) is None
    write_sealed(tmp_path, path, b"second")
    assert read_sealed(path) == b"second"
    assert not list((tmp_path / "partial").iterdir())


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "cache").write_text("the reader's own")
    write_sealed(tmp_path / "cache", tmp_path / "cache" / "renders" / "a.json", b"x")
    assert (tmp_path / "cache").read_text() == "the reader's own"


def test_a_pipe_has_no_checksum_for_which_one_would_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="is no file"):
        checksum(tmp_path / "pipe")
