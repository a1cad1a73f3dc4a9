"""A process that has Manim imported and forks a child for each job that it reads from stdin.

    python -m mlanim.studio.worker           serves until stdin ends
    python -m mlanim.studio.worker --once    does a single job: where forking is not safe

A request is a line of JSON, {"id": 3, "job": "film", "scratch": ..., ...} or {"cancel": 3}. A
report is one too: {"id": 3, "say": "film", "what": ...}; the last one of a job says "done".
"""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from mlanim.ending import end_with

__all__ = ["serve"]

_MUCH = 1 << 16


@dataclass
class _Child:
    id: int
    pid: int
    scratch: str
    unread: bytes = b""


def serve(reports: int) -> None:
    """Read requests, fork, and pass on what the children say, until stdin ends."""
    _prepare()
    children: dict[int, _Child] = {}  # by the pipe on which they report
    unread = b""
    further = False
    while True:
        ready, _, _ = select.select([0, *children], [], [])
        for pipe in ready:
            received = os.read(pipe, _MUCH)
            if pipe:
                child = children[pipe]
                *lines, child.unread = (child.unread + received).split(b"\n")
                _pass_on(reports, lines)
                if not received:
                    _bury(children, pipe, reports)
                    if not further:
                        _prepare_further()
                        further = True
                continue
            if not received:
                for other in list(children):
                    _end(children[other])
                    _bury(children, other, reports)
                return
            *lines, unread = (unread + received).split(b"\n")
            for line in lines:
                _obey(json.loads(line), children)


def _obey(request: Mapping[str, Any], children: dict[int, _Child]) -> None:
    if "cancel" in request:
        for child in children.values():
            if child.id == request["cancel"]:
                _end(child)
        return
    ours, theirs = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(theirs)
        with suppress(OSError):  # the child has done it already, or is gone
            os.setpgid(pid, pid)
        children[ours] = _Child(request["id"], pid, request["scratch"])
        return
    end_with(parent)
    os.setpgid(0, 0)  # it has children of its own: they are ended together
    for pipe in (ours, *children):
        os.close(pipe)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    _work(request, theirs)


def _work(request: Mapping[str, Any], reports: int) -> NoReturn:
    """Do one job and end; what it leaves among temporary files goes with its scratch folder."""
    code = 1
    try:
        scratch = Path(request["scratch"])
        scratch.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = str(scratch)
        from mlanim.studio.jobs import do

        def say(kind: str, what: Any) -> None:
            report = {"id": request["id"], "say": kind, "what": what}
            _write(reports, json.dumps(report, default=str).encode() + b"\n")

        do(request["job"], request, say)
        code = 0
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _pass_on(reports: int, lines: list[bytes]) -> None:
    for line in lines:
        _write(reports, line + b"\n")


def _write(pipe: int, content: bytes) -> None:
    while content:
        content = content[os.write(pipe, content) :]


def _end(child: _Child) -> None:
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)


def _bury(children: dict[int, _Child], pipe: int, reports: int) -> None:
    """Tell how a child ended, and remove what it left."""
    child = children.pop(pipe)
    os.close(pipe)
    _, status = os.waitpid(child.pid, 0)
    shutil.rmtree(child.scratch, ignore_errors=True)
    done = {"id": child.id, "say": "done", "what": os.waitstatus_to_exitcode(status)}
    with suppress(OSError):
        _write(reports, json.dumps(done).encode() + b"\n")


def _prepare() -> None:
    """Import what a film needs; a scene's own file is read by the child, anew each time."""
    from mlanim.render.twins.lean_start import import_manim

    import_manim()
    import mlanim.studio.jobs  # noqa: F401

    gc.freeze()  # all that stays: to search it for cycles, each child would copy it


def _prepare_further() -> None:
    """Import what else jobs ask for, which each child would do anew: nobody waits now."""
    import scipy.special  # noqa: F401  for the transformers' GELU

    import mlanim.review.check  # noqa: F401

    gc.freeze()


def _main() -> None:
    reports = os.dup(1)
    os.set_inheritable(reports, False)
    os.dup2(2, 1)  # what a scene prints goes to the reader's terminal
    if "--once" in sys.argv:
        _prepare()
        _work(json.loads(sys.stdin.readline()), reports)
    serve(reports)


if __name__ == "__main__":
    _main()
