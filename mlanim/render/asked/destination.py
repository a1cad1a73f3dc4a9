"""Destination: where the output goes, checked before any work is done."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mlanim.errors import MlanimError, UsageError
from mlanim.replacing import aim_of, is_stream

__all__ = ["check_destination", "default_output", "unwritable"]

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
        UsageError: a folder where a file is meant, the other way round, a foreign folder, or what
            cannot be written as a file is.
        MlanimError: the place is not writable.
    """
    try:
        if folder:
            _check_folder(path)
        elif path.is_dir():
            raise UsageError(
                f"{path} is a folder", f"name a file in it, such as {path / 'out.mp4'}"
            )
        aim = aim_of(path)
        streams = is_stream(aim)
        place = next(parent for parent in aim.parents if parent.exists())
        closed = aim.exists() and not os.access(aim, os.W_OK)
    except OSError as error:
        raise MlanimError(f"cannot write {path}", error.strerror or str(error)) from error
    if not place.is_dir():
        raise UsageError(f"{place} is a file, not a folder", "choose another place with -o")
    if closed:
        raise MlanimError(f"{path} may not be written", "choose another place with -o")
    if not streams and not os.access(place, os.W_OK | os.X_OK):
        raise MlanimError(f"cannot write to {place}", "choose another place with -o")


def _check_folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        what = "a file" if path.is_file() else "no folder"
        raise UsageError(f"{path} is {what}", "png-sequence writes a folder: choose another name")
    if path.is_dir():
        foreign = next((p.name for p in path.iterdir() if not _FRAME_FILE.fullmatch(p.name)), None)
        if foreign:
            raise UsageError(
                f"{path} holds other files, such as {foreign}", "choose a new or empty folder"
            )


def unwritable(output: Path, error: Exception) -> MlanimError:
    """The error to show when writing failed."""
    return MlanimError(f"cannot write {output}", getattr(error, "strerror", None) or str(error))
