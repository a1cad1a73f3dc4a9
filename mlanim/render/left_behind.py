"""Marks in the names of temporary files, by which a later process knows that nobody writes them.

What is killed cannot tidy up; whoever comes next to the same place can.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from zlib import crc32

__all__ = ["marked", "remove_left_behind"]

_MARK = re.compile(r"([0-9a-f]{8})-(\d+)-[0-9a-f]{8}")


def marked() -> str:
    """A name that no other file has: of this machine, this process, and chance."""
    return f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"


def remove_left_behind(folder: Path, prefix: str) -> None:
    """Remove files and folders whose names are a prefix and a mark of a process that is gone."""
    with suppress(OSError):
        for path in folder.iterdir():
            mark = _MARK.match(path.name.removeprefix(prefix))
            if mark and path.name.startswith(prefix) and _is_gone(mark[1], int(mark[2])):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()


def _machine() -> str:
    return f"{crc32(platform.node().encode()):08x}"


def _is_gone(machine: str, process: int) -> bool:
    """Whether a process has ended; of another machine's, and of Windows', nobody knows."""
    if machine != _machine() or os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it is another user's
        pass
    return False
