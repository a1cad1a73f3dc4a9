"""What a worker elsewhere is asked for, and the function that an executor runs to ask for it.

A worker is a fresh interpreter: it has the hash seed of this one, Manim's configuration for itself
alone, and what kills it kills nobody else. This module imports neither Manim nor NumPy.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from os import environ
from typing import Any

from mlanim.left_behind import scratch, sweep
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.scene_source import SceneSource

__all__ = ["Answer", "Interpreters", "Planned", "Share", "WorkerDied", "replay"]


@dataclass(frozen=True)
class Planned:
    """A segment as it must be: its frames, and the address of what is drawn in them."""

    index: int
    frames: int
    address: str | None


@dataclass(frozen=True)
class Share:
    """Segments of a film for one worker; the hash seed is that of the process that asks."""

    scene: SceneSource
    spec: RenderSpec
    wanted: tuple[Planned, ...]
    hash_seed: str


@dataclass(frozen=True)
class Answer:
    """Segments' files by number, or why this worker's replay is not the scene that was planned."""

    made: dict[int, bytes]
    differs: str = ""


class WorkerDied(RuntimeError):  # noqa: N818
    """An interpreter ended without an answer."""


def replay(share: Share, started: Callable[[Any], None] = lambda process: None) -> Answer:
    """Let a fresh interpreter draw and encode a share; it ends early if this process does.

    Raises:
        WorkerDied: it was killed, or cannot import mlanim.
    """
    sweep()
    with scratch() as place, tempfile.TemporaryFile() as complaints:
        worker = subprocess.Popen(
            [sys.executable, "-P", "-m", "mlanim.render.workers.replay_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            # what it leaves behind when it is killed is removed here
            env={
                **environ,
                "PYTHONHASHSEED": share.hash_seed,
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place)),
            },
        )
        started(worker)
        assert worker.stdin is not None and worker.stdout is not None
        try:
            worker.stdin.write(pickle.dumps(share))
            worker.stdin.flush()  # and stays open: it is closed when this process ends
            content = worker.stdout.read()
        except BrokenPipeError:
            content = b""
        finally:
            worker.stdout.close()
            worker.kill()
            code = worker.wait()
            with suppress(BrokenPipeError):
                worker.stdin.close()
        if content:
            answer: Answer = pickle.loads(content)
            return answer
        complaints.seek(0)
        last = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
    raise WorkerDied(last or f"exit code {code}")


class Interpreters(ThreadPoolExecutor):
    """Workers on this machine: threads, each of which waits for an interpreter of its own.

    Used as a context that an error leaves, it ends them.
    """

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._started: list[Any] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run `replay`, and remember its interpreter."""
        return super().submit(fn, *args, started=self._started.append, **kwargs)

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if kind is not None:
            self.shutdown(wait=False, cancel_futures=True)
            for process in self._started:
                process.kill()
        super().__exit__(kind, *rest)
