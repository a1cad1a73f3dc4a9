"""Warm: jobs in a process that stays up with Manim imported, each in a forked child of it.

    async with Warm() as warm:
        async for say, what in warm.do("film", asked=..., folder=...):
            ...

Start-up is paid once. Whoever stops listening ends the job, and all that it has started.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from itertools import count
from typing import Any

from mlanim.left_behind import scratch

__all__ = ["Warm"]

_LONGEST_LINE = 1 << 24
_DIED = {"line": "the renderer died", "traceback": "It was killed, perhaps for want of memory."}

Report = tuple[str, Any]


class Warm:
    """Starts the process, and starts it again when it died; use it as a context.

    Where a copy of a process cannot go on drawing (macOS, Windows), each job has a fresh one.
    """

    def __init__(self) -> None:
        self._ids = count(1)
        self._process: Process | None = None
        self._listener: asyncio.Task[None] | None = None
        self._reports: dict[int, asyncio.Queue[Report]] = {}
        self._forks = hasattr(os, "fork") and sys.platform != "darwin"

    async def __aenter__(self) -> Warm:
        if self._forks:
            await self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.cool()

    async def cool(self) -> None:
        """End the process and its jobs; the next job starts it again, with mlanim as it is then."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            await process.wait()
        if self._listener is not None:
            await self._listener

    async def do(self, job: str, **request: Any) -> AsyncGenerator[Report, None]:
        """Do a job; gives what it says, (kind, content), until it is done.

        A generator that is closed before its end ends the job.
        """
        with scratch() as place:
            # The child's own temporary files lie in it: who is killed cannot remove them.
            content = {"job": job, "scratch": str(place / "job"), **request}
            way = self._do_forked if self._forks else self._do_alone
            async with aclosing(way(content)) as reports:
                async for report in reports:
                    yield report

    async def _do_forked(self, request: dict[str, Any]) -> AsyncGenerator[Report, None]:
        if self._process is None or self._process.returncode is not None:
            await self._start()
        name = next(self._ids)
        reports: asyncio.Queue[Report] = asyncio.Queue()
        self._reports[name] = reports
        await self._send({"id": name, **request})
        done = False
        try:
            while not done:
                say, what = await reports.get()
                done = say == "done"
                if not done:
                    yield say, what
                elif what:
                    yield "error", _DIED
        finally:
            if not done:
                with suppress(OSError):
                    await self._send({"cancel": name})
                while not done and self._process is not None:  # its files are gone after that
                    done = (await reports.get())[0] == "done"
            del self._reports[name]

    async def _do_alone(self, request: dict[str, Any]) -> AsyncGenerator[Report, None]:
        process = await _started("--once")
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps({"id": 0, **request}).encode() + b"\n")
            await process.stdin.drain()
            async for line in process.stdout:
                report = json.loads(line)
                yield report["say"], report["what"]
            if await process.wait():
                yield "error", _DIED
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _start(self) -> None:
        self._process = await _started()
        self._listener = asyncio.create_task(self._listen(self._process))

    async def _listen(self, process: Process) -> None:
        """Hand each report to the one who waits for it; at the end tell all that it is over."""
        assert process.stdout is not None
        async for line in process.stdout:
            report = json.loads(line)
            if queue := self._reports.get(report["id"]):
                queue.put_nowait((report["say"], report["what"]))
        for queue in self._reports.values():
            queue.put_nowait(("done", 1))

    async def _send(self, request: dict[str, Any]) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        await self._process.stdin.drain()


async def _started(*words: str) -> Process:
    """A worker; the hash seed is a render's, and the terminal's Ctrl-C is not for it."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "mlanim.studio.worker", *words),
        stdin=PIPE,
        stdout=PIPE,
        limit=_LONGEST_LINE,
        env={**os.environ, "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")},
        start_new_session=True,
    )
