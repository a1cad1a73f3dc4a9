"""Jobs in the warm process: what they say, how they end, and what they leave behind."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any

import av
import pytest

from mlanim.studio.asked import Asked
from mlanim.studio.warm import Warm

LONG = '''
from manim import Circle, Square, Transform
from mlanim import Explainer

class Long(Explainer):
    """Long."""

    def construct(self):
        for _ in range(200):
            with self.step("again", say="Again."):
                self.play(Transform(Square(), Circle()), run_time=5)
'''


async def said(warm: Warm, job: str, **request: Any) -> dict[str, Any]:
    """The last thing that a job said of each kind."""
    return {say: what async for say, what in warm.do(job, **request)}


def film(desk: Path, **asked: Any) -> dict[str, Any]:
    record = Asked(**{"scene": "scenes/demo.py", "fps": 10.0, **asked}).to_json()
    return {"asked": record, "folder": str(desk), "again": False}


@pytest.mark.parametrize("forks", [True, False])
def test_a_job_says_what_it_made(desk: Path, monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    async def run() -> dict[str, Any]:
        async with Warm() as warm:
            monkeypatch.setattr(warm, "_forks", forks)
            return await said(warm, "film", **film(desk, texts={"side": "1.5"}))

    told = asyncio.run(run())
    assert told["film"]["seconds"] == pytest.approx(0.4)
    assert [step["path"] for step in told["film"]["steps"]] == ["first", "second", "second/inner"]
    with av.open(told["film"]["path"]) as container:
        assert container.streams.video[0].width == 854
    side = next(p for p in told["scene"]["parameters"] if p["name"] == "side")
    assert (side["text"], side["text_of_default"], side["low"]) == ("1.5", "1.0", 0.5)
    assert str(desk / "scenes/demo.py") in told["files"]


def test_each_job_reads_the_scene_anew_in_the_same_process(desk: Path) -> None:
    path = desk / "scenes/demo.py"

    async def run() -> list[float]:
        async with Warm() as warm:
            seconds = []
            for wait in ("0.2", "0.5"):
                path.write_text(path.read_text().replace("wait(0.2)", f"wait({wait})"))
                seconds.append((await said(warm, "film", **film(desk)))["film"]["seconds"])
            return seconds

    assert asyncio.run(run()) == pytest.approx([0.4, 1.0])


@pytest.mark.parametrize(
    ("change", "line", "traceback"),
    [
        (("wait(0.2)", "wait(1 / 0)"), "ZeroDivisionError", "in construct\n    self.wait(1 / 0)"),
        (("It stays.", "It\nstays."), "SyntaxError", "unterminated string"),
        (("from manim", "import nothing\nfrom manim"), "nothing", "ModuleNotFoundError"),
    ],
)
def test_errors_are_told_in_full(
    desk: Path, change: tuple[str, str], line: str, traceback: str
) -> None:
    path = desk / "scenes/demo.py"
    path.write_text(path.read_text().replace(*change))

    async def run() -> dict[str, Any]:
        async with Warm() as warm:
            return await said(warm, "film", **film(desk))

    error = asyncio.run(run())["error"]
    assert line in error["line"] and "--debug" not in error["line"]
    assert traceback in error["traceback"]
    assert "mlanim/render" not in error["traceback"].partition("scenes/demo.py")[0]


def test_who_stops_listening_ends_the_job_and_what_it_started(desk: Path) -> None:
    (desk / "scenes/long.py").write_text(LONG)

    async def run() -> set[int]:
        async with Warm() as warm:
            jobs = warm.do("film", **film(desk, scene="scenes/long.py", quality="h"))
            async with aclosing(jobs) as reports:
                async for say, _ in reports:
                    if say == "drawn":
                        break
                assert warm._process is not None
                before = family(warm._process.pid)
            # The process is free for the next job, which is done as if nothing had been.
            assert "film" in await said(warm, "film", **film(desk))
            return before - family(warm._process.pid)

    ended = asyncio.run(run())
    assert len(ended) >= 2, "a job and its workers"
    assert not any(map(lives, ended))


def test_nothing_is_left_when_the_server_goes(desk: Path, tmp_path: Path) -> None:
    (desk / "scenes/long.py").write_text(LONG)
    scratch = tmp_path / "tmp"
    scratch.mkdir()

    async def run() -> set[int]:
        async with Warm() as warm:
            jobs = warm.do("film", **film(desk, scene="scenes/long.py"))
            async with aclosing(jobs) as reports:
                async for say, _ in reports:
                    if say == "drawn":
                        break
                assert warm._process is not None
                return {warm._process.pid, *family(warm._process.pid)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(scratch))
        pids = asyncio.run(run())
    assert not any(map(lives, pids))
    assert not list(scratch.iterdir())


def family(pid: int) -> set[int]:
    """The processes below one."""
    children: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for word in (task / "children").read_text().split():
            children |= {int(word), *family(int(word))}
    return children


def lives(pid: int) -> bool:
    """Whether a process still runs; one that was killed may take a moment to be buried."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        if state in "ZX":
            return False
        time.sleep(0.1)
    return True


def test_it_starts_again_when_it_was_killed(desk: Path) -> None:
    async def run() -> dict[str, Any]:
        async with Warm() as warm:
            assert warm._process is not None
            os.kill(warm._process.pid, 9)
            await warm._process.wait()
            return await said(warm, "film", **film(desk))

    assert "film" in asyncio.run(run())
