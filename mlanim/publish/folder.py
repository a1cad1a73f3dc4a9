"""A folder of several files, filled as a whole: all of it is there, or what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mlanim.errors import UsageError
from mlanim.render.asked.destination import check_destination
from mlanim.replacing import replacing

__all__ = ["LIST", "check_folder", "filling"]

LIST = ".mlanim-files"  # in a folder: which of its files are ours


def check_folder(folder: Path) -> None:
    """Refuse a folder that could not be filled, before any work is done.

    Raises:
        UsageError: a file is there.
        MlanimError: the place is not writable.
    """
    if folder.is_file():
        raise UsageError(f"{folder} is a file", "name a folder, new or filled by mlanim before")
    check_destination(folder / "file", folder=False)


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; its files move to `folder` when the block succeeds.

    What an earlier time put there and this one did not is removed; what others put there stays.

    Raises:
        UsageError: a file of somebody else's would be written over.
    """
    check_folder(folder)
    folder = folder.absolute()  # the block may go elsewhere
    before = _listed(folder)
    aim = folder if not folder.exists() else folder / ".mlanim-new"
    with replacing(aim) as staging:
        staging.mkdir()
        yield staging
        names = sorted(path.name for path in staging.iterdir())
        if aim == folder:
            _list(staging, names)
            return
        for name in names:
            if os.path.lexists(folder / name) and not (name in before and _is_file(folder / name)):
                raise UsageError(
                    f"{folder} holds {name}, which mlanim did not write",
                    "choose another folder, or move that file",
                )
        _list(folder, sorted({*before, *names}))  # if this is cut short, all of it is still ours
        for name in names:
            (staging / name).replace(folder / name)
        for name in before - set(names):
            if _is_file(folder / name):
                (folder / name).unlink()
        _list(folder, names)
        staging.rmdir()


def _is_file(path: Path) -> bool:
    """Whether it is a file in its own right, as mlanim writes them: no link, pipe or folder."""
    return path.is_file() and not path.is_symlink()


def _list(folder: Path, names: Iterable[str]) -> None:
    """Write down the names that are mlanim's own; a link in the list's place is not followed."""
    aim = folder / LIST
    if os.path.lexists(aim) and not _is_file(aim):
        raise UsageError(f"{aim} is no file of mlanim's", "choose another folder, or move that")
    with replacing(aim) as temporary:
        temporary.write_text("\n".join(names) + "\n", encoding="utf-8")


def _listed(folder: Path) -> set[str]:
    """The names that an earlier time wrote."""
    try:
        names = (folder / LIST).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return set()
    return {name for name in names if name and Path(name).name == name}
