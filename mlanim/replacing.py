"""Files for the reader: written elsewhere first, and put in their place when they are complete.

A file that stands at the path is replaced as a whole by one of its own, with the mode that the
umask gives. A link stays, and what it leads to is replaced in its own folder. A pipe or a device
stays too, and is written to.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from mlanim.errors import MlanimError, UsageError
from mlanim.left_behind import part_name, remove_left_behind, scratch

__all__ = ["aim_of", "is_stream", "replacing"]

_ELSEWHERE = "choose another place with -o"
_PATIENCE, _BREATH = 5.0, 0.05  # seconds: for a reader to come, and between two looks
_NO_FILES = {stat.S_IFSOCK: "a socket", stat.S_IFBLK: "a disk"}


def aim_of(path: Path) -> Path:
    """Where that which is written to a path comes to lie: absolute, and where a link leads.

    Raises:
        UsageError: what stands there cannot be written as a file is.
        OSError: nobody can tell, as with links in a circle.
    """
    path = path.absolute()
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        kind = 0  # nothing, or a link to what is not there yet
    if kind in _NO_FILES:
        raise UsageError(f"{path} is {_NO_FILES[kind]}", "name a file")
    real = Path(os.path.realpath(path)) if path.is_symlink() else path
    # Links to what a process has open lead by their words to no file, or to another one.
    return path if kind and not (real.exists() and real.samefile(path)) else real


def is_stream(aim: Path) -> bool:
    """Whether it is written to, and cannot be replaced: a pipe, a device, an open file."""
    return aim.is_symlink() or (aim.exists() and not (aim.is_file() or aim.is_dir()))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; it takes the place of `path` when the block succeeds.

    On any error or interrupt the temporary file or folder is removed, and so are the folders
    that were made for it; what stood at `path` before still stands. What killed processes left
    beside `path` is removed too.

    Raises:
        MlanimError: the place cannot be written.
    """
    with _told(path):
        aim = aim_of(path)
        streams = is_stream(aim)
    if streams:
        with scratch() as place:
            temporary = place / path.name
            yield temporary
            if temporary.exists():
                with _told(path):
                    _pour(temporary, aim)
        return
    made = [parent for parent in aim.parents if not parent.exists()]
    temporary = aim.with_name(part_name(aim.name))
    try:
        with _told(path):
            aim.parent.mkdir(parents=True, exist_ok=True)
        remove_left_behind(aim.parent)
        yield temporary
        if temporary.exists():
            with _told(path):
                _take_place(temporary, aim)
    except BaseException:
        _remove(temporary)
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise


def _take_place(temporary: Path, aim: Path) -> None:
    """Rename; a folder that is there is set aside first, for it cannot be renamed over."""
    if not (temporary.is_dir() and aim.is_dir()):
        temporary.replace(aim)
        return
    aside = aim.with_name(part_name(aim.name))
    aim.rename(aside)
    try:
        temporary.rename(aim)
    except BaseException:
        aside.rename(aim)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _pour(source: Path, stream: Path) -> None:
    """Write a finished file into a pipe or device; a pipe's reader must come before long."""
    until = monotonic() + _PATIENCE
    while (descriptor := _opened(stream)) is None:
        if monotonic() >= until:
            raise OSError(errno.ENXIO, "nobody reads this pipe: begin to read first")
        sleep(_BREATH)
    os.set_blocking(descriptor, True)
    with source.open("rb") as content, os.fdopen(descriptor, "wb") as target:
        shutil.copyfileobj(content, target, 1 << 20)


def _opened(stream: Path) -> int | None:
    """A descriptor to write to; None for a pipe that nobody reads at the moment."""
    try:
        return os.open(stream, os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            return None
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = error.strerror or str(error)
        raise MlanimError(f"cannot write {path}", what, _ELSEWHERE) from error
