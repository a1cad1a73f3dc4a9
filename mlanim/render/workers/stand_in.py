"""A copy of this process from before the scene ran, which renders it alone if sharing fails.

A run that is given up has changed what the scene's modules hold: a second run in the same process
would not be the first one any more. So a copy waits aside, in which nothing has run yet.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from mlanim.errors import MlanimError
from mlanim.render.stage.failure import failure_told
from mlanim.render.stage.observer import Observer
from mlanim.render.workers.children import fork

if TYPE_CHECKING:
    import numpy as np

    from mlanim.render.sinks.result import RenderResult

__all__ = ["StandIn", "stand_in"]


class StandIn:
    """The copy, seen from the process that it was taken of."""

    def __init__(self, pid: int, go: int, answers: int) -> None:
        self._pid, self._go, self._answers = pid, go, answers
        self._asked = False

    def render(self, observer: Observer) -> RenderResult:
        """Let it render; its result, as if it had been made here.

        Raises:
            MlanimError: what the scene's failure is told by, or that the copy died.
        """
        self._asked = True
        os.write(self._go, b".")
        with open(self._answers, "rb", closefd=False) as answers:
            for line in answers:
                about = json.loads(line)
                if "result" in about:
                    result: RenderResult = pickle.loads(bytes.fromhex(about["result"]))
                    return result
                if "error" in about:
                    raise failure_told(about["error"], about["exit_code"])
                getattr(observer, about["tells"])(*about["of"])
        raise MlanimError("the process that renders the scene has died", "is memory short?")

    def dismiss(self) -> None:
        """It is not needed any more, or not wanted; what it has begun it tidies up."""
        os.close(self._go)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGINT if self._asked else signal.SIGKILL)
        os.close(self._answers)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


@contextmanager
def stand_in(render: Callable[[Observer], RenderResult], fps: float) -> Iterator[StandIn]:
    """Have a copy of this process wait until the block ends; there, `render` runs if it is asked.

    Args:
        render: renders in one process, and tells an observer how far it is.
        fps: frames a second of the film.
    """
    ours, go = os.pipe()
    answers, theirs = os.pipe()
    pid = fork()
    if not pid:
        os.close(go)
        os.close(answers)
        _wait_and_render(ours, _Telling(theirs, fps), render)
    os.close(ours)
    os.close(theirs)
    copy = StandIn(pid, go, answers)
    try:
        yield copy
    finally:
        copy.dismiss()


def _wait_and_render(
    word: int, tell: _Telling, render: Callable[[Observer], RenderResult]
) -> NoReturn:
    """In the copy: it never comes back from here."""
    code = 1
    try:
        if not os.read(word, 1):
            os._exit(0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            result = render(tell)
        except MlanimError as error:
            tell.say({"error": str(error), "exit_code": error.exit_code})
        else:
            tell.say({"result": pickle.dumps(result).hex()})
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()
        code = 0
    except KeyboardInterrupt:
        pass
    finally:
        os._exit(code)


class _Telling(Observer):
    """Tells another process what an observer there is to be told."""

    sees_frames = False

    def __init__(self, to: int, fps: float) -> None:
        self._to, self._fps = to, fps

    def say(self, about: dict[str, Any]) -> None:
        """A line; without anybody who hears it there is nothing left to do."""
        line = json.dumps(about).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._to, line) :]
        except BrokenPipeError:
            raise KeyboardInterrupt from None

    def _tell(self, name: str, *of: Any) -> None:
        self.say({"tells": name, "of": of})

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """So many frames more."""
        self._tell("frames_made", repeat, repeat / self._fps)

    def writing(self, share: float) -> None:
        """That much is written."""
        self._tell("writing", share)

    def noted(self, line: str) -> None:
        """A line for the reader."""
        self._tell("noted", line)

    def working(self, what: str, share: float) -> None:
        """The scene computes."""
        self._tell("working", what, share)
