"""Segments drawn and encoded by children of this process, each forked where its first frame is due.

The parent plays the scene without drawing. A child is a copy of it at that moment, scene, random
numbers and all, so that nothing needs to be sent there and the frames are those of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim import config

from mlanim.cache_place import cache_place
from mlanim.errors import MlanimError
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.promises import Promise, Promises
from mlanim.render.plays.opening import Opener
from mlanim.render.plays.segments import Segments
from mlanim.render.sinks.port import Film
from mlanim.render.stage.failure import failure_told
from mlanim.render.watched.shared_run import GivenUp, shared
from mlanim.render.workers.children import Child, Children, Stuck, new_child, settle_in
from mlanim.render.workers.company import in_company
from mlanim.render.workers.drawer import Drawer
from mlanim.render.workers.handovers import Handovers

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Forked"]


class Forked(Segments):
    """At most `jobs` children at once.

    Args:
        jobs: children at once.
        told: is called with the frames that a child has finished, and their seconds.
        made: is called with the file of a segment that is finished.
        explain: turns an exception of the scene into the line that the reader sees.
        cache: where segments are kept.
        expects: whether it is likely to have them, so that they are looked up before drawing.

    Raises:
        GivenUp: the scene can only be had in one process.
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
        self._files = folder, film, output
        self.jobs, self._told, self._on_made = jobs, told, made
        self._explain, self._cache, self._expects = explain, cache, expects
        self._found_again = cache is not None
        self.opener = Opener(film) if self._found_again else None
        self._alone = False
        self._children = Children(self._hear)
        self._drawer: Drawer | None = None  # in a child
        self._promises = Promises(cache)
        self.reason = ""  # why the scene can only be had in one process
        self._handovers = Handovers()
        self._standby: tuple[Child, Promise] | None = None

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> Segments:
        """Have this segment made.

        It is taken from the cache if its plays open as those of an earlier one. Before all of them
        are known, a child stands by that can make it.
        """
        if not self._alone and (company := in_company()):
            self.stay(company)
        if self._alone:
            return super().begin(index)
        self._settle()
        self._begun = index + 1
        self._handovers.begins(index)
        if self._handovers.given(index - 1):
            self._tell_state(index)
        self._handovers.due[index] = 0
        promise = self._promises.begin(index, opening)
        self._children.collect(0)
        if index in self._handovers.made or (promise and fills and self._take(index, promise)):
            return self
        # What could be told by its opening is not there; else its frames must be looked at.
        looks = self._expects and opening is None
        if fills:
            promise = None  # not kept, or there was none
        if promise is None:
            self._children.leave_room(self.jobs)
        return self._fork(index, looks=looks, promise=promise)

    def goes_on(self, opening: str | None) -> None:
        """Another play is part of the open segment: as was promised?"""
        if self._alone:
            return
        self._promises.goes_on(self._begun - 1, opening)
        if self._standby and not self._promises.may_hold(self._begun - 1, self._standby[1]):
            self._send(self._standby[0])

    def stay(self, reason: str) -> None:
        """Draw all here; if others have begun, the run is given up, for good.

        In a child, which would do it as well, it is told to the parent before it happens.

        Raises:
            GivenUp: the scene is to be run once more.
        """
        if self._drawer:
            self._drawer.give_up(reason)
        if self._alone:
            return
        self.reason = self.reason or self._handovers.at_play(reason)
        if self._begun:
            raise GivenUp(self.reason)
        self.draws = self._alone = True
        self.opener = None

    def play_entered(self) -> None:
        """Tell the children that the scene's code up to this play has been run here."""
        if self.reason and not self._alone:  # the scene has caught it
            raise GivenUp(self.reason)
        self._handovers.plays += 1
        self._children.let_on()
        if self._standby:
            self._standby[0].let_on()

    def passed(self, frames: int) -> None:
        """Count what a child must have made in the end."""
        self._handovers.due[self._begun - 1] += frames
        self._children.collect(0)

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Encode a frame of a scene that is drawn here."""
        super().frame(rgba, repeat, rows)
        self._told(repeat, float(repeat / self._film.rate))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene: a child never leaves it, the parent leaves it when all have ended."""
        ours = (self._folder, Path(config.media_dir), cache_place())
        try:
            if company := in_company():
                self.stay(company)
            with shared(ours, self.stay, self._is_drawn_elsewhere):
                yield
                if self._drawer:
                    self._drawer.finish()
            self.close()
            self.play_entered()
            if self._handovers.given(self._begun - 1):
                self._tell_state(self._begun)
            self._settle()
            self._children.leave_room(1)
            if not self._alone:
                self._handovers.check(self._begun)
            self._promises.keep()
        except BaseException as error:
            if self._drawer:
                self._drawer.fail(error)
            self.abort()
            if isinstance(error, Stuck):
                raise GivenUp("a worker made no progress") from error
            raise
        finally:
            if self._standby:
                self._children.dismiss(self._standby[0])
            self._standby = None
            self._children.kill()

    def _hear(self, segment: int, report: dict[str, Any]) -> None:
        if "frames" in report:
            self._told(report["frames"], float(report["frames"] / self._film.rate))
        if "made" in report:
            index, frames = report["made"], report["of"]
            self._handovers.made[index] = frames
            if report["address"]:
                self._promises.made(index, frames, report["address"])
            self._on_made(self.path(index))
        if "state" in report:
            self._handovers.stands(report["at"], report["state"], here=False)
        if "gives_up" in report:
            raise GivenUp(self._handovers.at_play(report["gives_up"], segment))
        if "error" in report:
            raise failure_told(report["error"], report["exit_code"])

    def _tell_state(self, index: int) -> None:
        """Where the scene stands here as a segment begins: others must find it the same."""
        if self.state is not None and not self._alone:
            self._handovers.stands(index, self.state(), here=True)

    def _is_drawn_elsewhere(self) -> bool:
        segments = self._drawer or self
        return not (segments.looks or segments.draws)

    def _settle(self) -> None:
        """The open segment has all its plays: is it what was promised to the child that waits?"""
        if self._standby is None:
            return
        child, promise = self._standby
        if self._take(self._begun - 1, promise):
            self._children.dismiss(child)
            self._standby = None
            self._handovers.take_back(self._begun - 1)
        else:
            self._send(child)

    def _take(self, index: int, promise: Promise) -> bool:
        """Take a segment from the cache, if it is all that was promised."""
        if self._cache is None or not self._promises.holds(index, promise):
            return False
        if not self._cache.fetch(promise.address, self.path(index)):
            return False
        self._handovers.made[index] = promise.frames
        self._told(promise.frames, float(promise.frames / self._film.rate))
        self._on_made(self.path(index))
        return True

    def _send(self, child: Child) -> None:
        """The child that stands by is needed."""
        self._standby = None
        self._children.leave_room(self.jobs)
        self._children.add(child)
        child.send()

    def _fork(self, index: int, *, looks: bool, promise: Promise | None) -> Segments:
        """Let a child draw this segment; one who may be needless, by a promise, stands by first.

        In the child, which is deaf to Ctrl-C, returns the one who draws.
        """
        child = new_child(index)
        self._handovers.give(index)
        if isinstance(child, Child):
            if promise is not None:
                self._standby = child, promise
            else:
                self._children.add(child)
                child.send()
            return self
        child.wait_for_word()
        self._children.forget()
        settle_in()
        self._drawer = Drawer(*self._files, ends=child, cache=self._cache, explain=self._explain)
        self._drawer.draw(index, looks=looks)
        return self._drawer
