"""Aside: work that is done in a copy of this process, while something else is done here.

with aside(lambda: sum(range(10**7))) as found:
    other = sum(range(10**6))
    total = found()  # None where the copy gave up
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from mlanim.cache_place import cache_place
from mlanim.render.watched.world import held_open, on_effect
from mlanim.render.workers.children import fork, settle_in
from mlanim.render.workers.company import in_company
from mlanim.render.workers.playing import forks_well

__all__ = ["aside"]

_PATIENCE = 30.0  # seconds that a copy may take longer than twice what is done here


@contextmanager
def aside(work: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Begin work in a copy; what is yielded waits for its result, which must not be None.

    It answers None where there is no copy (one processor, macOS, files held open), where the work
    failed, and where it was about to change anything in the world, which must not happen twice at
    once. Then the work is to be done here.
    """
    if not forks_well() or _processors() < 2 or in_company() or held_open():
        yield lambda: None
        return
    answers, report = os.pipe()
    pid = fork()
    if not pid:
        os.close(answers)
        _work(work, report)
    os.close(report)
    began = time.monotonic()
    try:
        yield lambda: _answer(answers, _PATIENCE + 2 * (time.monotonic() - began))
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.close(answers)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _work(work: Callable[[], Any], report: int) -> NoReturn:
    """In the copy: it never comes back from here."""
    code = 1
    try:
        settle_in()
        on_effect((cache_place(),), lambda _: os._exit(1))
        result = pickle.dumps(work())
        with open(report, "wb") as answers:
            answers.write(result)
        code = 0
    finally:
        os._exit(code)


def _answer(answers: int, patience: float) -> Any:
    """The result; None if the copy ends without one, or says nothing for too long."""
    received = b""
    while select.select([answers], [], [], patience)[0]:
        part = os.read(answers, 1 << 20)
        if not part:
            return pickle.loads(received) if received else None
        received += part
    return None
