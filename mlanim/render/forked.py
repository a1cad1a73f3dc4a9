"""Segments drawn and encoded by children of this process, each forked where its first frame is due.

The parent plays the scene without drawing. A child is a copy of it at that moment, scene, random
numbers and all, so that nothing needs to be sent there and the frames are those of one process.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mlanim.errors import MlanimError
from mlanim.render.address import Address
from mlanim.render.cache import Cache
from mlanim.render.failure import failure_told
from mlanim.render.segments import Segments
from mlanim.render.sinks.port import Film

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Forked"]


@dataclass
class _Child:
    pid: int
    segment: int
    unread: bytes = b""


class Forked(Segments):
    """At most `jobs` children at once; a segment whose child died is wanted again by a second run.

    Args:
        jobs: children at once.
        told: is called with the frames that a child has finished, and their seconds.
        made: is called with the file of a segment that is finished.
        explain: turns an exception of the scene into the line that the reader sees.
        cache: where segments are kept.
        expects: whether it is likely to have them, so that they are looked up before drawing.
    """

    draws = False

    def __init__(
        self,
        folder: Path,
        film: Film,
        output: Path,
        *,
        jobs: int,
        told: Callable[[int, float], None],
        made: Callable[[Path], None],
        explain: Callable[[BaseException], MlanimError],
        cache: Cache | None = None,
        expects: bool = False,
    ) -> None:
        super().__init__(folder, film, output)
        self._jobs, self._told, self._on_made = jobs, told, made
        self._explain, self._cache, self._expects = explain, cache, expects
        self._alone = False
        self._address: str | None = None  # as the twin found it
        self._children: dict[int, _Child] = {}  # by the pipe on which they report
        self._made: dict[int, int] = {}  # segment: its frames
        self._due: Counter[int] = Counter()
        self._ahead = -1  # the pipe that lets the youngest child go on
        self._report = self._signals = -1  # in a child: the ends of its pipes

    def begin(self, index: int) -> None:
        """Fork a child that makes this segment; in a child, its own segment is over."""
        if self._alone:
            super().begin(index)
            return
        if self.is_worker:
            self._complete()
        self._begun = index + 1
        self._due[index] = 0
        self._leave_behind()
        self._collect(0)
        if index in self._made:
            return
        while len(self._children) >= self._jobs:
            self._collect(None)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        theirs, ours = os.pipe()
        signals, self._ahead = os.pipe()
        pid = _fork()
        if pid:
            os.close(ours)
            os.close(signals)
            self._children[theirs] = _Child(pid, index)
        else:
            os.close(theirs)
            os.close(self._ahead)
            self._work(index, ours, signals)

    def new_address(self) -> Address | None:
        """Of what rests in a play, and of a segment, where there is a cache."""
        return Address(self._film) if self._cache is not None else None

    def stay(self) -> None:
        """Draw all here: what this scene's camera does on drawing, nobody else would know."""
        if not self._begun:
            self.draws = self._alone = True

    def play_entered(self) -> None:
        """Tell the youngest child that the scene's code up to this play has been run here."""
        if not self.is_worker and self._ahead >= 0:
            with suppress(BrokenPipeError):  # it has died, and is missed later
                os.write(self._ahead, b".")

    def play_left(self) -> None:
        """In a child, wait until the parent has run the code up to the next play.

        Texts and formulas made there are files: two processes at once would meet half-written ones.
        """
        if self.is_worker and self._signals >= 0 and not os.read(self._signals, 1):
            os._exit(1)

    def passed(self, frames: int) -> None:
        """Count what a child must have made in the end."""
        self._due[self._begun - 1] += frames
        self._collect(0)

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Encode a frame, in a child, and tell the parent; a twin only counts it."""
        if self.address is not None:
            self.address.shown(repeat)
        self._due[self._begun - 1] += repeat
        if self.paints:
            super().frame(rgba, repeat, rows)
        if self._alone:
            self._told(repeat, float(repeat / self._film.rate))
        elif self.paints:
            self._say({"frames": repeat})

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene: a child never leaves it, the parent leaves it when all have ended."""
        try:
            yield
            if self.is_worker:
                self._complete()
            self.close()
            self.play_entered()
            while self._children:
                self._collect(None)
        except BaseException as error:
            if self.is_worker:
                self._fail(error)
            self.abort()
            raise
        finally:
            self._leave_behind()
            self._kill()

    @property
    def missing(self) -> bool:
        """Whether a child died before it was done: run the scene once more."""
        made = range(self._begun) if self._alone else self._made
        return any(index not in made for index in range(self._begun))

    @property
    def differ(self) -> bool:
        """Whether a child made another number of frames than the parent counted.

        Only a scene that looks at clocks or processes does that; it cannot be shared out.
        """
        return any(self._made.get(index, due) != due for index, due in self._due.items())

    def _collect(self, seconds: float | None) -> None:
        """Read what children report; with None wait until one of them does."""
        ready, _, _ = select.select(list(self._children), [], [], seconds)
        for pipe in ready:
            child = self._children[pipe]
            received = os.read(pipe, 1 << 16)
            *lines, child.unread = (child.unread + received).split(b"\n")
            for line in lines:
                self._hear(child, json.loads(line))
            if not received:
                del self._children[pipe]
                os.close(pipe)
                os.waitpid(child.pid, 0)

    def _hear(self, child: _Child, report: dict[str, Any]) -> None:
        if "frames" in report:
            self._told(report["frames"], float(report["frames"] / self._film.rate))
        if "made" in report:
            self._made[child.segment] = report["made"]
            self._on_made(self.path(child.segment))
        if "error" in report:
            raise failure_told(report["error"], report["exit_code"])

    def _leave_behind(self) -> None:
        """The youngest child knows all that it needs."""
        if self._ahead >= 0:
            os.close(self._ahead)
            self._ahead = -1

    def _kill(self) -> None:
        for pipe, child in self._children.items():
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            os.close(pipe)
        self._children.clear()

    def _work(self, index: int, report: int, signals: int) -> None:
        """Be the child: alone with one segment, silent, and deaf to Ctrl-C: the parent hears."""
        self.is_worker = self.draws = True
        for pipe in self._children:
            os.close(pipe)  # else the parent's end would not be felt while a brother lives
        self._children, self._ahead = {}, -1
        self._report, self._signals = report, signals
        nowhere = Path(os.devnull).open("w")  # noqa: SIM115  for as long as the child lives
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
        sys.stdout = sys.stderr = nowhere
        self.address = self.new_address()
        if self._cache is not None and self._expects and self._is_twin(index, self._cache):
            return
        super().begin(index)

    def _is_twin(self, index: int, cache: Cache) -> bool:
        """Let a twin find the segment's address without drawing; then take it from the cache.

        Only the twin returns True, and the child if it must draw returns False: it stands where
        the segment begins, whatever its updaters count.
        """
        answer, ours = os.pipe()
        twin = _fork()
        if not twin:
            os.close(answer)
            self.paints, self._report = False, ours
            return True
        os.close(ours)
        with os.fdopen(answer, "rb") as pipe:
            found = json.loads(pipe.read() or b"{}")
        os.waitpid(twin, 0)
        self._signals = -1  # the parent has been waited for by the twin
        self.address, self._address = None, found.get("address")
        if self._address and cache.fetch(self._address, self.path(index)):
            self._say({"frames": found["frames"]})
            self._say({"made": found["frames"]})
            os._exit(0)
        return False

    def _complete(self) -> NoReturn:
        frames = self._due[self._begun - 1]
        address = self.address.value() if self.address is not None else self._address
        if not self.paints:
            self._say({"address": address, "frames": frames})
            os._exit(0)
        try:
            self.close()
        except MlanimError as error:
            self._fail(error)
        if self._cache is not None and address is not None:
            self._cache.store(address, self.path(self._begun - 1))
        self._say({"made": frames})
        os._exit(0)

    def _fail(self, error: BaseException) -> NoReturn:
        if not self.paints:  # who draws will meet it too
            os._exit(1)
        shown = error if isinstance(error, MlanimError) else self._explain(error)
        self._say({"error": str(shown), "exit_code": shown.exit_code})
        os._exit(1)

    def _say(self, report: dict[str, Any]) -> None:
        try:
            os.write(self._report, json.dumps(report).encode() + b"\n")
        except BrokenPipeError:  # the parent is gone
            os._exit(1)


def _fork() -> int:
    """Fork; a Ctrl-C meanwhile is heard afterwards, for what Python runs in between swallows it.

    The child never hears one: the parent does, and ends it.
    """
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return pid
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
