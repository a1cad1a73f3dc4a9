"""Ended by a signal: SIGTERM and SIGHUP come as Ctrl-C does, so that what was begun is tidied up.

hear_endings()
try:
    work()
except KeyboardInterrupt as interrupt:
    sys.exit(exit_code(interrupt))
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

__all__ = [
    "ENDINGS",
    "Ended",
    "end_with",
    "exit_code",
    "hear_endings",
    "hold_interrupts",
    "let_interrupts_come",
]

_PARENT_ENDS = 1  # PR_SET_PDEATHSIG

# Windows has no SIGHUP.
ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(KeyboardInterrupt):
    """A signal other than Ctrl-C asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def hear_endings() -> None:
    """Raise `Ended` in the main thread on SIGTERM or SIGHUP, from now on.

    For programs, not for libraries: handlers are the whole process's. One that is ignored, as by
    nohup, stays so.
    """
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def hold_interrupts() -> None:
    """Let Ctrl-C wait, also in a program that takes this one's place: Python begins it undisturbed.

    Whoever begins there calls `let_interrupts_come`.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def let_interrupts_come() -> None:
    """Raise `KeyboardInterrupt` on Ctrl-C, one that has waited at once."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def exit_code(interrupt: BaseException | None) -> int:
    """128 and the signal's number, as shells count."""
    return 128 + (interrupt.number if isinstance(interrupt, Ended) else signal.SIGINT)


def end_with(parent: int) -> None:
    """In a forked child: be killed when the parent ends, however it does.

    Elsewhere than on Linux a child notices when it next speaks to its parent.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PARENT_ENDS, signal.SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os._exit(1)


def _end(number: int, frame: FrameType | None) -> None:
    for other in ENDINGS:
        signal.signal(other, signal.SIG_IGN)  # a second one must not disturb the tidying up
    raise Ended(number)
