"""Segments drawn and encoded by children of this process, each forked where its first frame is due.

The parent plays the scene without drawing. A child is a copy of it at that moment, scene, random
numbers and all, so that nothing needs to be sent there and the frames are those of one process.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mlanim.errors import MlanimError
from mlanim.render.address import Address
from mlanim.render.cache import Cache
from mlanim.render.children import Child, Children, Ends, fork, new_child, settle_in
from mlanim.render.failure import failure_told
from mlanim.render.opening import Opener
from mlanim.render.promises import Promise, Promises
from mlanim.render.segments import Segments
from mlanim.render.sinks.port import Film

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Forked"]


class Forked(Segments):
    """At most `jobs` children at once; a segment whose child died is wanted again by a second run.

    Args:
        jobs: children at once; it may be set anew before each run.
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
        self.jobs, self._told, self._on_made = jobs, told, made
        self._explain, self._cache, self._expects = explain, cache, expects
        self.opener = Opener(film) if cache is not None else None
        self._alone = False
        self._address: str | None = None  # as the twin found it
        self._children = Children(self._hear)
        self._promises = Promises(cache)
        self._youngest: Child | None = None
        self._promise: Promise | None = None  # while the youngest child stands by
        self._made: dict[int, int] = {}  # segment: its frames
        self._due: Counter[int] = Counter()
        self._ends = Ends(-1)  # in a child

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> None:
        """Have this segment made; in a child, its own segment is over.

        It is taken from the cache if its plays open as those of an earlier one. Before all of them
        are known, a child stands by that can make it.
        """
        if self._alone:
            super().begin(index)
            return
        if self.is_worker:
            self._complete()
        self._settle()
        self._begun = index + 1
        self._due[index] = 0
        promise = self._promises.begin(index, opening)
        self._children.collect(0)
        if index in self._made or (promise and fills and self._take(index, promise)):
            return
        self._promise = None if fills else promise
        if self._promise is None:
            self._children.leave_room(self.jobs)
        child = new_child(index)
        if isinstance(child, Ends):
            # What could be told by its opening is not there; else its frames must be looked at.
            self._work(index, child, looks=self._expects and opening is None)
            return
        self._youngest = child
        if self._promise is None:
            self._send(child)

    def goes_on(self, opening: str | None) -> None:
        """Another play is part of the open segment: as was promised?"""
        if self.is_worker or self._alone:
            return
        index = self._begun - 1
        self._promises.goes_on(index, opening)
        if self._youngest and self._promise and not self._promises.may_hold(index, self._promise):
            self._send(self._youngest)

    def new_address(self) -> Address | None:
        """Of what rests in a play, and of a segment, where there is a cache."""
        return Address(self._film) if self._cache is not None else None

    def stay(self) -> None:
        """Draw all here: what this scene's camera does on drawing, nobody else would know."""
        if not self._begun:
            self.draws = self._alone = True
            self.opener = None

    def play_entered(self) -> None:
        """Tell the youngest child that the scene's code up to this play has been run here."""
        if self._youngest:
            self._youngest.let_on()

    def play_left(self) -> None:
        """In a child, wait until the parent has run the code up to the next play.

        Texts and formulas made there are files: two processes at once would meet half-written ones.
        """
        if self.is_worker:
            self._ends.wait_until_let_on()

    def passed(self, frames: int) -> None:
        """Count what a child must have made in the end."""
        self._due[self._begun - 1] += frames
        self._children.collect(0)

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
            self._ends.say({"frames": repeat})

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene: a child never leaves it, the parent leaves it when all have ended."""
        try:
            yield
            if self.is_worker:
                self._complete()
            self.close()
            self.play_entered()
            self._settle()
            self._children.leave_room(1)
            self._promises.keep()
        except BaseException as error:
            if self.is_worker:
                self._fail(error)
            self.abort()
            raise
        finally:
            if self._youngest and self._promise:
                self._youngest.kill()
            self._youngest = self._promise = None
            self._children.kill()

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

    def _hear(self, segment: int, report: dict[str, Any]) -> None:
        if "frames" in report:
            self._told(report["frames"], float(report["frames"] / self._film.rate))
        if "made" in report:
            self._made[segment] = report["made"]
            if report["address"]:
                self._promises.made(segment, report["made"], report["address"])
            self._on_made(self.path(segment))
        if "error" in report:
            raise failure_told(report["error"], report["exit_code"])

    def _settle(self) -> None:
        """The open segment has all its plays: is it what was promised to the child that waits?"""
        if child := self._youngest:
            if self._promise and self._take(self._begun - 1, self._promise):
                child.kill()
            elif self._promise:
                self._send(child)
            child.leave_behind()
        self._youngest = self._promise = None

    def _take(self, index: int, promise: Promise) -> bool:
        """Take a segment from the cache, if it is all that was promised."""
        if self._cache is None or not self._promises.holds(index, promise):
            return False
        if not self._cache.fetch(promise.address, self.path(index)):
            return False
        self._made[index] = promise.frames
        self._told(promise.frames, float(promise.frames / self._film.rate))
        self._on_made(self.path(index))
        return True

    def _send(self, child: Child) -> None:
        """Nothing will make this child needless."""
        self._promise = None
        self._children.leave_room(self.jobs)
        self._children.add(child)
        child.send()

    def _work(self, index: int, ends: Ends, *, looks: bool) -> None:
        """Be the child: alone with one segment, silent, and deaf to Ctrl-C: the parent hears.

        If it `looks`, the cache may have what it is to draw.
        """
        ends.wait_for_word()
        self.is_worker = self.draws = True
        self.opener, self._ends, self._youngest = None, ends, None
        self._children.forget()
        settle_in()
        self.address = self.new_address()
        if self._cache is not None and looks and self._is_twin(index, self._cache):
            return
        super().begin(index)

    def _is_twin(self, index: int, cache: Cache) -> bool:
        """Let a twin find the segment's address without drawing; then take it from the cache.

        Only the twin returns True, and the child if it must draw returns False: it stands where
        the segment begins, whatever its updaters count.
        """
        answer, ours = os.pipe()
        twin = fork()
        if not twin:
            os.close(answer)
            self.paints, self._ends.report = False, ours
            return True
        os.close(ours)
        with os.fdopen(answer, "rb") as pipe:
            found = json.loads(pipe.read() or b"{}")
        os.waitpid(twin, 0)
        self._ends.signals = -1  # the parent has been waited for by the twin
        self.address, self._address = None, found.get("address")
        if self._address and cache.fetch(self._address, self.path(index)):
            self._ends.say({"frames": found["frames"]})
            self._ends.say({"made": found["frames"], "address": self._address})
            os._exit(0)
        return False

    def _complete(self) -> NoReturn:
        frames = self._due[self._begun - 1]
        address = self.address.value() if self.address is not None else self._address
        if not self.paints:
            self._ends.say({"address": address, "frames": frames})
            os._exit(0)
        try:
            self.close()
        except MlanimError as error:
            self._fail(error)
        if self._cache is not None and address is not None:
            self._cache.store(address, self.path(self._begun - 1))
        self._ends.say({"made": frames, "address": address})
        os._exit(0)

    def _fail(self, error: BaseException) -> NoReturn:
        if not self.paints:  # who draws will meet it too
            os._exit(1)
        shown = error if isinstance(error, MlanimError) else self._explain(error)
        self._ends.say({"error": str(shown), "exit_code": shown.exit_code})
        os._exit(1)
