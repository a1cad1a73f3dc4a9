"""A folder of several files, filled as a whole: all of it is there, or what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlanim.errors import UsageError
from mlanim.render.destination import check_destination, replacing

__all__ = ["check_folder", "filling"]

_LIST = ".mlanim-files"


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
    before = _listed(folder)
    aim = folder if not folder.exists() else folder / ".mlanim-new"
    with replacing(aim) as staging:
        staging.mkdir()
        yield staging
        names = sorted(path.name for path in staging.iterdir())
        foreign = [name for name in names if (folder / name).exists() and name not in before]
        if foreign and aim != folder:
            raise UsageError(
                f"{folder} holds {foreign[0]}, which mlanim did not write",
                "choose another folder, or move that file",
            )
        (staging / _LIST).write_text("\n".join(names) + "\n", encoding="utf-8")
        if aim != folder:
            for name in before - set(names):
                (folder / name).unlink(missing_ok=True)
            for path in staging.iterdir():
                path.replace(folder / path.name)
            staging.rmdir()


def _listed(folder: Path) -> set[str]:
    """The names that an earlier time wrote."""
    try:
        names = (folder / _LIST).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return set()
    return {name for name in names if name and Path(name).name == name}
