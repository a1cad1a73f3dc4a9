"""Playing a scene in segments: drawn here, by forked children, or by replays elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.errors import MlanimError
from mlanim.render.asked.destination import unwritable
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.memory.cache import Cache
from mlanim.render.plays.film import film_of
from mlanim.render.plays.segments import Inline, Segments
from mlanim.render.plays.timeline import Timeline
from mlanim.render.stage.failure import scene_failure
from mlanim.render.stage.observer import Nobody, Observer
from mlanim.render.stage.scene_building import play_segments
from mlanim.render.stage.scene_source import source_of
from mlanim.render.watched.shared_run import GivenUp
from mlanim.render.workers.forked import Forked
from mlanim.render.workers.replay import Differs, Plan, Wanted, shares
from mlanim.render.workers.replay_task import Answer, Interpreters, Planned, Share, replay

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["Elsewhere", "Player", "caches", "forks_well"]

_ATTEMPTS = 3  # of an interpreter's share, if it dies


@dataclass(frozen=True)
class Elsewhere:
    """Who replays a scene: an executor, whose tasks each start an interpreter of their own.

    Attributes:
        executor: of threads, processes, or a cluster's; they need mlanim in the same version.
        reads: what `watch_reads` saw, where the workers have another disk: those files are sent.
    """

    executor: Executor
    reads: Iterable[str] | None = None


class Player:
    """Plays a scene and has its segments made.

    Args:
        spec: with the format that was decided on, and a seed.
        output: the film that the segments will be, for messages.
        folder: for their files.
        jobs: workers at once.
        expects: the cache is likely to have segments, so look there before drawing.
        elsewhere: who replays the scene; None leaves it to this machine.
        cache: where segments are kept if the spec lets them be; None is the reader's own.

    Attributes:
        timeline: of what was played.
        segments: which have files now.
    """

    def __init__(
        self,
        scene_class: type[Scene],
        spec: RenderSpec,
        output: Path,
        folder: Path,
        observer: Observer,
        *,
        jobs: int,
        expects: bool,
        elsewhere: Elsewhere | None,
        cache: Cache | None = None,
    ) -> None:
        self._scene_class, self._spec = scene_class, spec
        self._files = (folder, film_of(spec, spec.format), output)
        self._observer, self._told = observer, observer.frames_made
        self._jobs, self._expects, self._elsewhere = jobs, expects, elsewhere
        self._cache = (cache or Cache()) if caches(spec) else None
        self.timeline = Timeline(spec.fps, spec.speed)
        self.segments: Segments

    def play(self, *, alone: bool) -> Scene:
        """Run the scene; who draws has no part in what is drawn.

        Args:
            alone: in this process, whatever was asked for.

        Raises:
            GivenUp: it can only be had alone; it has done nothing to the world so far.
        """
        if alone:
            return self._play_inline()
        if self._elsewhere is not None:
            return self._play_replayed(self._elsewhere)
        if forks_well():
            return self._play_forked()
        with Interpreters(self._jobs) as executor:
            return self._play_replayed(Elsewhere(executor))

    def _play_inline(self) -> Scene:
        """Draw and encode all segments here."""
        self.segments = Inline(*self._files)
        return self._run(self.segments)

    def _play_forked(self) -> Scene:
        """Let children draw and encode; what a dead one left undone is done by a second run."""
        self.segments = forked = Forked(
            *self._files,
            jobs=self._jobs,
            told=self._told,
            made=self._observer.segment_made,
            explain=lambda error: scene_failure(error, self._scene_class),
            cache=self._cache,
            expects=self._expects,
        )
        scene = self._run(forked)
        if forked.reason:
            self._observer.noted(f"drawn in one process: {forked.reason}")
        return scene

    def _play_replayed(self, elsewhere: Elsewhere) -> Scene:
        """Plan here, then let replays draw; what has no address cannot be checked: here."""
        self.segments = plan = Plan(*self._files)
        scene = self._run(plan)
        missing = self._not_cached(plan)
        try:
            self._send([segment for segment in missing if segment.address], elsewhere, plan)
            self._draw([segment for segment in missing if not segment.address], plan)
        except Differs as difference:
            raise GivenUp(str(difference)) from difference
        return scene

    def _not_cached(self, plan: Plan) -> list[Planned]:
        """Those segments that are to be made; the others' files are there."""
        missing = []
        for segment in plan.planned:
            address, cache = segment.address, self._cache
            if cache and address and cache.fetch(address, plan.path(segment.index)):
                self._tell(segment)
            else:
                missing.append(segment)
        return missing

    def _draw(self, planned: Sequence[Planned], plan: Plan) -> None:
        """Draw some segments in this process."""
        if planned:
            again = Timeline(self._spec.fps, self._spec.speed)
            wanted = Wanted(*self._files, planned, self._told, plan.states)
            with wanted.running():
                play_segments(self._scene_class, self._spec, again, wanted, Nobody())

    def _send(self, planned: Sequence[Planned], elsewhere: Elsewhere, plan: Plan) -> None:
        """Have segments drawn elsewhere; the share of a worker that dies is asked for again."""
        if not planned:
            return
        source = source_of(self._scene_class)
        if source is None:
            raise Differs(f"no other process can import {self._scene_class.__qualname__}")
        if elsewhere.reads is not None:
            source = source.carrying(elsewhere.reads)
        spec = replace(self._spec, output=None, values=dict(self._spec.values))
        seed = os.environ.get("PYTHONHASHSEED", "0")
        tries: dict[Future[Any], tuple[Share, int]] = {}

        def ask(share: Share, attempt: int) -> None:
            tries[elsewhere.executor.submit(replay, share)] = share, attempt

        try:
            for wanted in shares(planned, self._jobs):
                ask(Share(source, spec, wanted, seed), 1)
            while tries:
                for future in wait(tries, return_when=FIRST_COMPLETED).done:
                    share, attempt = tries.pop(future)
                    error = future.exception()
                    if error is None:
                        self._take(future.result(), share.wanted, plan)
                    elif attempt == _ATTEMPTS:
                        what = f"{type(error).__name__}: {error}"
                        raise MlanimError("workers die again and again", what) from error
                    else:
                        ask(share, attempt + 1)
        finally:
            for future in tries:
                future.cancel()

    def _take(self, answer: Answer, wanted: Sequence[Planned], plan: Plan) -> None:
        if answer.differs:
            raise Differs(answer.differs)
        for segment in wanted:
            path = plan.path(segment.index)
            try:
                path.write_bytes(answer.made[segment.index])
            except OSError as error:
                raise unwritable(self._files[2], error) from error
            if self._cache is not None and segment.address:
                self._cache.store(segment.address, path)
            self._tell(segment)

    def _tell(self, segment: Planned) -> None:
        self._told(segment.frames, float(segment.frames / self._files[1].rate))

    def _run(self, segments: Segments) -> Scene:
        with segments.running():
            return play_segments(
                self._scene_class, self._spec, self.timeline, segments, self._observer
            )


def caches(spec: RenderSpec) -> bool:
    """Whether segments are kept: not those of images, which are as large as these."""
    return spec.cache and spec.format != "png-sequence"


def forks_well() -> bool:
    """Whether a copy of this process can go on drawing; macOS's libraries do not promise it."""
    return hasattr(os, "fork") and sys.platform != "darwin"
