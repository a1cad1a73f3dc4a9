"""Who else lives in this process: threads that a fork would leave behind, signals that it needs.

A forked child has one thread. A pool's answer would be waited for there for ever, and a lock that
another thread held stays locked. Threads that were here before this module (a notebook's)
do nothing for the scene; those that compute for NumPy and scikit-learn begin anew by themselves, or
are told to (`children.settle_in`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

__all__ = ["in_company"]

_TASKS = Path("/proc/self/task")
_KNOWN_POOLS = ("numpy", "scipy", "sklearn", "scikit_learn", "xgboost", "lightgbm")
_SHOW_PROGRESS = ("rich.", "tqdm.")  # nobody waits for what their threads do


def in_company() -> str | None:
    """Why this process cannot be copied just now, in a few words; None if it can."""
    if signal.getsignal(signal.SIGCHLD) not in (signal.SIG_DFL, None):
        return "SIGCHLD has a handler of its own"
    threads = [thread for thread in threading.enumerate() if _is_the_scenes(thread)]
    if threads:
        return f"threads are running ({threads[0].name})"
    this = os.getpid()  # the main thread's number, which Python does not renew behind a fork
    ours = {this, *(thread.native_id for thread in threading.enumerate())}
    strangers = _tasks() - _at_first - ours
    if not strangers:
        return None
    own = _name(this)
    named = [name for task in strangers if (name := _name(task)) not in (own, None)]
    if named:
        return f"threads are running ({named[0]})"
    return "threads are running" if len(strangers) > _of_known_pools() else None


def _is_the_scenes(thread: threading.Thread) -> bool:
    if thread is threading.main_thread() or thread is threading.current_thread():
        return False
    return not (thread.ident in _idents or type(thread).__module__.startswith(_SHOW_PROGRESS))


def _tasks() -> set[int]:
    try:
        return {int(task.name) for task in _TASKS.iterdir()}
    except OSError:  # another system
        return set()


def _name(task: int) -> str | None:
    with suppress(OSError):
        return (_TASKS / str(task) / "comm").read_text().strip()
    return None  # it has ended


def _of_known_pools() -> int:
    """How many threads NumPy's and scikit-learn's libraries may have begun."""
    if "numpy" not in sys.modules:
        return 0
    from threadpoolctl import threadpool_info  # comes with scikit-learn

    pools = [pool for pool in threadpool_info() if _is_known(pool["filepath"])]
    return sum(pool["num_threads"] - 1 for pool in pools)


def _is_known(library: str) -> bool:
    return any(part.startswith(_KNOWN_POOLS) for part in Path(library).parts)


_at_first = _tasks()
_idents = {thread.ident for thread in threading.enumerate()}
