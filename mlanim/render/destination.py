"""Destination: where the output goes, checked first, written beside and renamed at the end."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlanim.errors import MlanimError, UsageError
from mlanim.named_path import fitting_name
from mlanim.render.left_behind import marked, remove_left_behind

__all__ = ["check_destination", "default_output", "replacing", "unwritable"]

_FRAME_FILE = re.compile(r"\d{4,}\.png")


def default_output(scene: str, format: str) -> Path:
    """media/<scene>/<scene>.<format>, a folder for png-sequence.

    >>> default_output("Seq2Seq", "gif").as_posix()
    'media/Seq2Seq/Seq2Seq.gif'
    """
    return Path("media", scene, scene if format == "png-sequence" else f"{scene}.{format}")


def check_destination(path: Path, *, folder: bool) -> None:
    """Refuse an output that could not be written, before any work is done.

    Raises:
        UsageError: a folder where a file is meant, the other way round, or a foreign folder.
        MlanimError: the place is not writable.
    """
    try:
        if folder:
            _check_folder(path)
        elif path.is_dir():
            raise UsageError(
                f"{path} is a folder", f"name a file in it, such as {path / 'out.mp4'}"
            )
        place = next(parent for parent in path.absolute().parents if parent.exists())
    except OSError as error:
        raise MlanimError(f"cannot write {path}", error.strerror or str(error)) from error
    if not place.is_dir():
        raise UsageError(f"{place} is a file, not a folder", "choose another place with -o")
    if not os.access(place, os.W_OK | os.X_OK):
        raise MlanimError(f"cannot write to {place}", "choose another place with -o")


def _check_folder(path: Path) -> None:
    if path.is_file():
        raise UsageError(f"{path} is a file", "png-sequence writes a folder: choose another name")
    if path.is_dir():
        foreign = next((p.name for p in path.iterdir() if not _FRAME_FILE.fullmatch(p.name)), None)
        if foreign:
            raise UsageError(
                f"{path} holds other files, such as {foreign}", "choose a new or empty folder"
            )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; it takes the place of `path` when the block succeeds.

    On any error or interrupt the temporary file or folder is removed, and so are the folders
    that were made for it; what stood at `path` before still stands. What a killed process left
    beside `path` is removed too.
    """
    made = [parent for parent in path.absolute().parents if not parent.exists()]
    prefix = f".{fitting_name(path.stem)}."  # what is beside a long name is no longer than it
    temporary = path.with_name(f"{prefix}{marked()}.part{path.suffix}")
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MlanimError(
                f"cannot make {path.parent}",
                error.strerror or str(error),
                "choose another place with -o",
            ) from error
        remove_left_behind(path.parent, prefix)
        yield temporary
        if temporary.is_dir() and path.is_dir():
            shutil.rmtree(path)
        if temporary.exists():
            temporary.replace(path)
    except BaseException:
        if temporary.is_dir():
            shutil.rmtree(temporary, ignore_errors=True)
        else:
            temporary.unlink(missing_ok=True)
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise


def unwritable(output: Path, error: Exception) -> MlanimError:
    """The error to show when writing failed."""
    return MlanimError(f"cannot write {output}", getattr(error, "strerror", None) or str(error))
