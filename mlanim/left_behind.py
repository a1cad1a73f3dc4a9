"""Marks in the names of temporary files, by which a later process knows that nobody writes them.

What is killed cannot tidy up; whoever comes next to the same place can.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from zlib import crc32

__all__ = ["marked", "part_name", "remove_left_behind", "scratch", "sweep"]

_SCRATCH = "mlanim-"
# Scratch folders are named mlanim-MARK-CHANCE, unfinished files .NAME.MARK.part.SUFFIX.
_OURS = re.compile(
    r"(?:mlanim-|\.(?:.*\.)?)([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8}(?:-|\.part).*", re.DOTALL
)
_LONGEST = 100  # bytes of a name that stay in a temporary one: disks take no more than 255


def marked() -> str:
    """A name that no other file has: of this machine, this process, and chance."""
    process = os.getpid()
    return f"{_machine()}-{process}-{_began(process) or 0}-{secrets.token_hex(4)}"


def part_name(name: str) -> str:
    """A hidden name for what will be called `name`, with the same suffix.

    >>> part_name("a.mp4").startswith(".a."), part_name("a.mp4").endswith(".part.mp4")
    (True, True)
    """
    path = Path(name)
    stem = path.stem.encode()[:_LONGEST].decode(errors="ignore")
    return f".{stem}.{marked()}.part{path.suffix}"


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder for as long as the block lasts."""
    prefix = f"{_SCRATCH}{marked()}-"
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep() -> None:
    """Remove the scratch folders of processes that are gone."""
    remove_left_behind(Path(gettempdir()))


def remove_left_behind(folder: Path) -> None:
    """Remove what processes that are gone left in a folder: scratch and unfinished files."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  a temporary folder may hold thousands
            mark = _OURS.fullmatch(name)
            if mark and _is_gone(mark[1], int(mark[2]), int(mark[3])):
                path = folder / name
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    with suppress(OSError):
                        path.unlink()


def _machine() -> str:
    """This machine, and where processes are counted anew, as in a container, that place."""
    try:
        counted = os.readlink("/proc/self/ns/pid")  # noqa: PTH115  a name, no path
    except OSError:
        counted = ""
    return f"{crc32(f'{platform.node()}{counted}'.encode()):08x}"


def _began(process: int) -> int | None:
    """When a process began, in ticks since the machine did; None if it has ended.

    0 where nobody tells, which is the same for all.
    """
    try:
        state, *rest = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None if Path("/proc/self/stat").exists() else 0
    return None if state in b"ZX" else int(rest[18])


def _is_gone(machine: str, process: int, began: int) -> bool:
    """Whether a process has ended; of another machine's, and of Windows', nobody knows.

    Its number may be another's by now, which began at another time.
    """
    if machine != _machine() or os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it is another user's
        pass
    return _began(process) != began
