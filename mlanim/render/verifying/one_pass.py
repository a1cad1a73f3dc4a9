"""One pass over a scene in an interpreter of its own, whose frames are to be compared.

It has the hash seed of this process, and nothing that another pass has left in modules or caches.
This module imports neither Manim nor NumPy.
"""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mlanim.errors import MlanimError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.failure import failure_told
from mlanim.render.stage.scene_source import SceneSource

if TYPE_CHECKING:
    from mlanim.render.stage.observer import Observer

__all__ = ["Interpreter", "Pass", "interpreters"]

Way = Literal["manim", "mlanim"]

_PATIENCE = 5  # seconds in which an interpreter that was interrupted may tidy up


@dataclass(frozen=True)
class Pass:
    """What an interpreter is asked for.

    Attributes:
        folder: for all that is written, in the end with a file that tells the `frames`.
        cache: where segments are kept, and looked for if it is `warm`; None keeps none.
        jobs: workers at once; None is one for each core.
    """

    scene: SceneSource
    spec: RenderSpec
    folder: Path
    cache: Path | None = None
    warm: bool = False
    jobs: int | None = None

    @property
    def frames(self) -> Path:
        """The file that tells the frames, see `sinks/digests.py`."""
        return self.folder / f"frames.{self.spec.format}"


class Interpreter:
    """A process that imports Manim, in one of two ways, and waits to be asked once."""

    def __init__(self, way: Way) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-m", "mlanim.render.verifying.worker", way],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            process_group=0,  # a Ctrl-C is passed on, once
            env={**environ, "PYTHONHASHSEED": environ.get("PYTHONHASHSEED", "0")},
        )

    def run(self, task: Pass, progress: Observer) -> Path:
        """Let it render a scene; the file that tells its frames.

        Raises:
            MlanimError: the scene failed there, or ended the process.
        """
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        task.folder.mkdir(parents=True, exist_ok=True)
        with suppress(BrokenPipeError), process.stdin:
            pickle.dump(task, process.stdin)
        done = False
        for line in process.stdout:
            report: dict[str, Any] = json.loads(line)
            if "error" in report:
                raise failure_told(report["error"], report["exit_code"])
            if "frames" in report:
                progress.frames_made(*report["frames"])
            if "working" in report:
                progress.working(*report["working"])
            if "noted" in report:
                progress.noted(report["noted"])
            done = done or "done" in report
        code = process.wait()
        if not done:
            how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
            told = f"{task.scene.name} ends the process that renders it: {how}"
            raise MlanimError(told, self._last_complaint())
        return task.frames

    def _last_complaint(self) -> str:
        self._complaints.seek(0)
        return self._complaints.read().decode(errors="replace").strip().rpartition("\n")[2]

    def end(self) -> None:
        """End it, whatever it does; what it has begun it may tidy up."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)
        self._process.kill()
        self._process.wait()
        self._complaints.close()


@contextmanager
def interpreters(way: Way, number: int) -> Iterator[list[Interpreter]]:
    """Some interpreters, which import Manim side by side; all end with the block."""
    started: list[Interpreter] = []
    try:
        for _ in range(number):
            started.append(Interpreter(way))
        yield started
    finally:
        for interpreter in started:
            interpreter.end()
