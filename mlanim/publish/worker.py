"""A worker of `mlanim build`: a process that makes or checks one asset, and tells how far it is.

    python -m mlanim.publish.worker     # takes a pickled Task, gives reports, each a line of JSON

It ends when its stdin does, since then nobody waits for it.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from mlanim.ending import exit_code, hear_endings
from mlanim.errors import MlanimError
from mlanim.publish.making import make
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, watch_reads
from mlanim.render.recall import Way
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.render.stage.observer import Observer

__all__ = ["Task", "lint_record"]

_BREATH = 0.1  # seconds between two reports of progress

Say = Callable[[str, Any], None]


@dataclass(frozen=True)
class Task:
    """What a worker is asked for: an asset, or the lint's findings in its scene."""

    asked: AskedScene
    jobs: int
    lint: bool = False


def lint_record(asked: AskedScene) -> Record:
    """What is known of the lint's findings in a scene."""
    return Record(Cache(), ("lint", *asked.question))


class _Teller(Observer):
    """Tells the share of the steps that have begun."""

    sees_frames = False

    def __init__(self, say: Say, steps: int) -> None:
        self._say, self._steps = say, steps
        self._last = 0.0

    def play_started(self, scene: Any) -> None:
        """Tell the step, and how many came before it."""
        from mlanim.render.plays.sections import steps_of  # Manim is there by now

        steps = [step for step in steps_of(scene) if step.shown]
        if steps and monotonic() - self._last >= _BREATH:
            self._last = monotonic()
            share = (len({step.path for step in steps}) - 1) / max(1, self._steps)
            self._say("step", {"step": steps[-1].path, "share": min(1.0, share)})

    def writing(self, share: float) -> None:
        """Tell that all is drawn."""
        self._say("step", {"step": "writing", "share": share})


def _do(task: Task, say: Say) -> None:
    if task.lint:
        say("findings", _findings(task.asked))
        return
    teller = _Teller(say, len(task.asked.spec.steps) or len(task.asked.entry.steps))
    say("made", make(task.asked, Way(jobs=task.jobs, observer=teller)))


def _findings(asked: AskedScene) -> list[str]:
    """One line for each finding; known ones where nothing has changed."""
    record = lint_record(asked)
    if (known := record.recall()) is not None:
        return list(known["findings"])
    with watch_reads() as reads:
        with open_asked(asked) as opened:
            from mlanim.review.check import check

            report = check(opened.scene_class, opened.spec)
        lines = [f"{f.step} at {f.time:.1f} s: {f.rule}: {f.problem}" for f in report.findings]
        record.remember({"findings": lines}, reads)
    return lines


def _main() -> None:
    hear_endings()
    task: Task = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.set_inheritable(reports.fileno(), False)
    os.dup2(2, 1)  # what a scene prints is no report

    def say(kind: str, what: Any) -> None:
        print(json.dumps({"say": kind, "what": what}, default=str), file=reports, flush=True)

    try:
        _do(task, say)
    except MlanimError as error:
        say("error", {"line": str(error), "code": error.exit_code})
    except KeyboardInterrupt as interrupt:
        sys.exit(exit_code(interrupt))


def _end_with_stdin() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)  # as by Ctrl-C: it tidies up


if __name__ == "__main__":
    from mlanim.publish import worker

    # A task is of the module's class, not of this script's.
    worker._main()
