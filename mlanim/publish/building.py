"""Workers at work: several tasks at once, each in a process of its own, told in one display."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from mlanim.publish.worker import Task

__all__ = ["Answer", "Display", "run_tasks"]

_PATIENCE = 10  # seconds for a worker to tidy up


@dataclass(frozen=True)
class Answer:
    """What came of a task: a result or findings, or the line of an error and its exit code."""

    result: Mapping[str, Any] | None = None
    findings: Sequence[str] = ()
    error: str = ""
    code: int = 0


class Display:
    """One line for all, and one for each task at work, on stderr where somebody looks."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(file=sys.stderr)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[doing]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._all = self._progress.add_task("assets", total=total, doing=f"0 of {total}")
        self._done, self._total = 0, total

    def __enter__(self) -> Display:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    @contextmanager
    def row(self, name: str) -> Iterator[Callable[[Mapping[str, Any]], None]]:
        """A line for a task, while it runs; call what is given with its reports."""
        task = self._progress.add_task(name, total=1.0, doing="starting")

        def tell(report: Mapping[str, Any]) -> None:
            self._progress.update(task, completed=report["share"], doing=report["step"])

        try:
            yield tell
        finally:
            self._progress.remove_task(task)
            self._done += 1
            doing = f"{self._done} of {self._total}"
            self._progress.update(self._all, completed=self._done, doing=doing)


@dataclass
class _Running:
    """Processes that are to end with this one."""

    variables: Mapping[str, str]
    processes: set[Any] = field(default_factory=set)
    ending: bool = False
    lock: Any = field(default_factory=threading.Lock)

    def end(self) -> None:
        with self.lock:
            self.ending = True
            processes = list(self.processes)  # their threads take them out
            for process in processes:
                with suppress(OSError):
                    process.stdin.close()
            for process in processes:
                try:
                    process.wait(_PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()


def run_tasks(
    tasks: Mapping[str, Task], workers: int, display: Display, variables: Mapping[str, str]
) -> Iterator[tuple[str, Answer]]:
    """Do tasks by name, so many at once; give each answer as it comes.

    `variables` is the workers' environment, which a record remembers: as it was before anything
    was imported that could change it. An error or interrupt here ends the workers, which tidy up
    behind themselves.
    """
    running = _Running(variables)
    with ThreadPoolExecutor(max(1, workers)) as threads:
        waiting = {threads.submit(_ask, n, task, running, display): n for n, task in tasks.items()}
        try:
            while waiting:
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(done), done.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            running.end()
            raise


def _ask(name: str, task: Task, running: _Running, display: Display) -> Answer:
    """Have one task done by a process of its own."""
    with tempfile.TemporaryFile() as complaints, display.row(name) as tell:
        with running.lock:
            if running.ending:
                return Answer(error="interrupted", code=130)
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mlanim.publish.worker"],
                env=running.variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
            running.processes.add(process)
        assert process.stdin is not None and process.stdout is not None
        answer = None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(pickle.dumps(task))
                process.stdin.flush()  # and stays open: it is closed when this process ends
            for line in process.stdout:
                report = json.loads(line)
                if report["say"] == "step":
                    tell(report["what"])
                else:
                    answer = _answer(report)
        finally:
            process.stdout.close()
            code = process.wait()
            with suppress(BrokenPipeError, OSError):
                process.stdin.close()
            running.processes.discard(process)
        if answer is not None:
            return answer
        complaints.seek(0)
        last = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
    return Answer(error=last or f"its worker died with exit code {code}", code=1)


def _answer(report: Mapping[str, Any]) -> Answer:
    what = report["what"]
    if report["say"] == "made":
        return Answer(result=what)
    if report["say"] == "findings":
        return Answer(findings=what)
    return Answer(error=what["line"], code=what["code"])
