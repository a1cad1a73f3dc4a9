"""Forked processes that work for this one, and the pipes on which they report."""

from __future__ import annotations

import gc
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlanim.ending import ENDINGS, end_with

__all__ = ["Child", "Children", "Ends", "Stuck", "fork", "new_child", "settle_in"]

_THREADED = {"sklearn", "xgboost", "lightgbm", "torch"}  # compute with threads of OpenMP
_PATIENCE = 30.0  # seconds for which a child may neither compute nor report, and then some
_LOOK = 5.0  # seconds after which one looks at those who are silent


@dataclass
class Child:
    """A process and what it works on.

    Attributes:
        pipe: on which it reports, line by line.
        ahead: the pipe that lets it go on behind a play.
        word: the pipe on which it waits for the word to begin.
        moved: when it was seen to get on, and how much it had computed by then.
    """

    pid: int
    segment: int
    pipe: int
    ahead: int
    word: int
    unread: bytes = b""
    moved: tuple[float, int] = (0.0, -1)

    def send(self) -> None:
        """Let it begin."""
        with suppress(BrokenPipeError):  # it has died, and is missed later
            os.write(self.word, b".")
        os.close(self.word)
        self.word = -1

    def let_on(self) -> None:
        """Let it go on: the scene's code up to the next play has been run here."""
        if self.ahead >= 0:
            with suppress(BrokenPipeError):
                os.write(self.ahead, b".")

    def leave_behind(self) -> None:
        """It is let on no more."""
        if self.ahead >= 0:
            os.close(self.ahead)
            self.ahead = -1

    def kill(self) -> None:
        """End it, wherever it is; that takes it a moment, for which nobody waits here."""
        self.leave_behind()
        if self.word >= 0:
            os.close(self.word)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.pipe)


class Stuck(Exception):  # noqa: N818
    """A child gets on no more."""


class Children:
    """Those at work now; `hear(segment, report)` is called with what they say."""

    def __init__(self, hear: Callable[[int, dict[str, Any]], None]) -> None:
        self._hear = hear
        self._children: dict[int, Child] = {}  # by pipe
        self._dismissed: list[int] = []  # who are ending, by their numbers
        self._began, self._waited = time.monotonic(), 0.0

    def __len__(self) -> int:
        return len(self._children)

    def add(self, child: Child) -> None:
        """Listen to one more."""
        self._children[child.pipe] = child

    def collect(self, seconds: float | None) -> None:
        """Read what they report; with None wait until one of them does."""
        ready, _, _ = select.select(list(self._children), [], [], seconds)
        for pipe in ready:
            child = self._children[pipe]
            received = os.read(pipe, 1 << 16)
            *lines, child.unread = (child.unread + received).split(b"\n")
            for line in lines:
                self._hear(child.segment, json.loads(line))
            if received:
                child.moved = (time.monotonic(), child.moved[1])
            else:
                del self._children[pipe]
                child.leave_behind()
                os.close(pipe)
                _reap(child.pid, 0)

    def leave_room(self, most: int) -> None:
        """Wait until fewer than `most` are at work.

        Raises:
            Stuck: one of them has stood still for too long.
        """
        began = time.monotonic()
        # Twice as long as the scene's own code has taken here, which may sleep.
        patience = _PATIENCE + 2 * (began - self._began - self._waited)
        for child in self._children.values():
            child.moved = (began, -1)
        while len(self._children) >= most:
            self.collect(_LOOK)
            self._look_after(patience)
        self._waited += time.monotonic() - began

    def _look_after(self, patience: float) -> None:
        """A child that neither computes nor reports waits for what will never come."""
        now = time.monotonic()
        for child in self._children.values():
            computed = _computed(child.pid)
            since, before = child.moved
            if computed != before:
                child.moved = (now, computed)
            elif now - since > patience:
                raise Stuck

    def let_on(self) -> None:
        """Let all of them go on."""
        for child in self._children.values():
            child.let_on()

    def dismiss(self, child: Child) -> None:
        """End one who is not listened to, and see who of those before is gone."""
        child.kill()
        ending = [pid for pid in self._dismissed if not _reap(pid, os.WNOHANG)]
        self._dismissed = [*ending, child.pid]

    def kill(self) -> None:
        """End them all, and wait until they are gone."""
        for child in self._children.values():
            self.dismiss(child)
        self._children.clear()
        for pid in self._dismissed:
            _reap(pid, 0)
        self._dismissed.clear()

    def forget(self) -> None:
        """In a child: these are brothers, whose ends of the pipes would not be felt otherwise."""
        for pipe in self._children:
            os.close(pipe)
        self._children.clear()
        self._dismissed.clear()


@dataclass
class Ends:
    """A child's ends of its pipes: where it reports, is let on, and gets the word to begin.

    Attributes:
        plays: behind how many it has waited to be let on.
    """

    report: int
    signals: int = -1
    word: int = -1
    plays: int = 0
    _owed: int = 0

    def wait_for_word(self) -> None:
        """Begin when the parent says so; end when it says nothing any more."""
        if not os.read(self.word, 1):
            os._exit(0)
        os.close(self.word)

    def wait_until_let_on(self) -> None:
        """Go on when the parent has come as far; end with it."""
        self.plays += 1
        if self._owed:
            self._owed -= 1
        elif self.signals >= 0 and not os.read(self.signals, 1):
            os._exit(1)

    def waited(self, plays: int | None) -> None:
        """A twin has waited in this process's place; None if nobody knows behind how many plays."""
        if plays is None:
            self.signals = -1
        else:
            self._owed += plays - self.plays

    def say(self, report: dict[str, Any]) -> None:
        """Tell the parent, or end if it is gone."""
        try:
            os.write(self.report, json.dumps(report).encode() + b"\n")
        except BrokenPipeError:
            os._exit(1)


def new_child(segment: int) -> Child | Ends:
    """Fork a child, which waits for the word; in itself, only its ends of the pipes are there."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed, or not there
            stream.flush()
    theirs, report = os.pipe()
    signals, ahead = os.pipe()
    word, speak = os.pipe()
    pid = fork()
    for pipe in (report, signals, word) if pid else (theirs, ahead, speak):
        os.close(pipe)
    return Child(pid, segment, theirs, ahead, speak) if pid else Ends(report, signals, word)


def fork() -> int:
    """Fork; a Ctrl-C meanwhile is heard afterwards, for what Python runs in between swallows it.

    The child never hears one: the parent does, and ends it. Other signals that end a process end
    the child at once, and so does the end of its parent. Python gives it other random numbers than
    the parent has: it goes on with the parent's.
    """
    numbers, parent = random.getstate(), os.getpid()
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *ENDINGS})
    try:
        pid = os.fork()
        if not pid:
            gc.freeze()  # to search for cycles in what is the parent's would copy it all
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            for number in ENDINGS:
                signal.signal(number, signal.SIG_DFL)
            random.setstate(numbers)
            end_with(parent)
        return pid
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)


def _reap(pid: int, options: int) -> bool:
    """Whether a child is gone; one whose end the scene's own code has heard of is."""
    try:
        return os.waitpid(pid, options) != (0, 0)
    except ChildProcessError:
        return True


def _computed(pid: int) -> int:
    """The processor's time that a process and its children have taken, in ticks."""
    ticks = 0
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            ticks += _computed(int(child))
    return ticks


def settle_in() -> None:
    """In a child: nobody reads what it prints, and the parent's threads are not there.

    OpenMP does not know that, and would wait for them for ever: it is told to do with one. NumPy's
    BLAS begins its threads anew, as many as in the parent: with another number it would round sums
    another way, and the scene would stand otherwise here than there.
    """
    # Each is looked up: to go through all modules would copy the memory where their names lie.
    if any(library in sys.modules for library in _THREADED):
        from threadpoolctl import ThreadpoolController  # comes with scikit-learn

        of_openmp = {"user_api": "openmp", "threading_layer": ["openmp", "gnu", "intel"]}
        ThreadpoolController().select(**of_openmp).limit(limits=1)
    nowhere = Path(os.devnull).open("w")  # noqa: SIM115  for as long as the child lives
    for stream in (1, 2):
        os.dup2(nowhere.fileno(), stream)
    sys.stdout = sys.stderr = nowhere
