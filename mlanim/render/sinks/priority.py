"""An encoder computes as its caller does, never before all else on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["kept_priority"]

_TASKS = Path("/proc/self/task")


@contextmanager
def kept_priority() -> Iterator[None]:
    """While the block runs a library may not raise how urgent this process is.

    SVT-AV1, where root runs it as in most containers, makes the thread that opens it and those
    that it begins urgent in real time, for good: other processes, children of this one too, then
    wait for seconds or for ever.

    >>> with kept_priority():
    ...     pass  # open the encoder
    """
    if not hasattr(os, "sched_getscheduler") or not _TASKS.is_dir():
        yield
        return
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    known = {thread: os.sched_getscheduler(thread) for thread in _threads()}
    try:
        yield
    finally:
        for thread in _threads():
            with suppress(ProcessLookupError, PermissionError):
                if os.sched_getscheduler(thread) != known.get(thread, before[0]):
                    os.sched_setscheduler(thread, *before)


def _threads() -> list[int]:
    return [int(task.name) for task in _TASKS.iterdir()]
