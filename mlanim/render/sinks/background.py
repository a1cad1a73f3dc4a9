"""A sink that works in a thread of its own, so that drawing never waits for encoding."""

from __future__ import annotations

from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING

from mlanim.render.sinks.port import Ending, Film, Sink

if TYPE_CHECKING:
    import numpy as np

    from mlanim.render.result import Picture

__all__ = ["Background"]

_FRAMES_AHEAD = 8  # at 1080p, 66 MB


class Background:
    """Wraps a sink. Frames are queued; what goes wrong in the thread is raised by the next call."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._queue: Queue[tuple[np.ndarray, int] | None] = Queue(_FRAMES_AHEAD)
        self._error: BaseException | None = None
        self._thread = Thread(target=self._work, name="mlanim-encoder", daemon=True)

    def start(self, target: Path, film: Film) -> None:
        """Open the target, here, so that its errors come at once."""
        self._sink.start(target, film)
        self._thread.start()

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Queue a frame; waits only when the encoder is far behind."""
        if self._error is not None:
            raise self._error
        self._queue.put((rgba, repeat))

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Wait for the queue, then complete the target."""
        self._drain()
        if self._error is not None:
            raise self._error
        return self._sink.finish(ending)

    def abort(self) -> None:
        """Drop what is queued and close."""
        self._error = self._error or InterruptedError("render aborted")
        self._drain()
        self._sink.abort()

    def _drain(self) -> None:
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._sink.frame(*job)
                except BaseException as error:
                    self._error = error
