"""A process that has imported Manim once, and renders scenes in children that are as good as new.

    python -m tests.trust.stage manim|mlanim   # takes tasks, gives answers, a line of JSON each

Each child has a session of its own, so that whatever it started ends with it when its time is up.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

SIZE, RATE, SEED = (128, 72), 15, 1


def as_manim(task: dict[str, Any]) -> dict[str, Any]:
    """Draw as `manim render` does."""
    from mlanim.render.asked.spec import RenderSpec
    from mlanim.render.plays.film import film_of
    from mlanim.render.sinks.digests import DigestWriter
    from mlanim.render.stage.scene_source import SceneSource
    from mlanim.render.verifying.manims_frames import draw_as_manim

    spec = RenderSpec(width=SIZE[0], height=SIZE[1], fps=RATE, seed=SEED, format="digests")
    scene = SceneSource(Path(task["file"]), "", task["scene"], Path.cwd(), ())
    writer = DigestWriter(Path(task["output"]), film_of(spec, "digests"))
    draw_as_manim(scene, spec, Path(task["folder"], "media"), writer.frame)
    writer.close()
    return {}


def as_mlanim(task: dict[str, Any]) -> dict[str, Any]:
    """Render as `mlanim render` does, to digests."""
    from mlanim.render.recall import Way, render_anew, render_or_recall
    from mlanim.render.stage.asked_scene import ask_scene
    from mlanim.render.stage.observer import Observer

    lines: list[str] = []

    played: list[float] = []

    class Notes(Observer):
        sees_frames = False

        def frames_made(self, frames: int, seconds: float) -> None:
            played.append(seconds)

        def noted(self, line: str) -> None:
            lines.append(line)

    caches = task["how"] != "anew"
    width, height = task.get("size", SIZE)
    asked = ask_scene(
        task["file"],
        task["scene"],
        resolution=f"{width},{height}",
        fps=task.get("rate", RATE),
        seed=SEED,
        captions="none",
        cache=caches,
    )
    given = (*asked.spec.given, "format")
    spec = replace(asked.spec, format="digests", output=Path(task["output"]), given=given)
    asked, way = replace(asked, spec=spec), Way(True, task["jobs"], None, Notes())
    if task["how"] == "recall":
        render_or_recall(asked, way)
    else:  # by its segments alone, where there are any
        render_anew(asked, way, rendered_before=caches)
    return {"notes": lines, "recalled": not played}


WAYS = {"manim": as_manim, "mlanim": as_mlanim}


def perform(way: str, task: dict[str, Any], printed: int) -> None:
    """In a child: do a task, and leave the answer in a file; what it prints goes into a pipe."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(task["desk"])
    os.environ.update(task["environ"])
    tempfile.tempdir = None  # it is looked up anew
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream, target in enumerate((nowhere, printed, nowhere)):
        os.dup2(target, stream)
    os.closerange(3, 256)
    answer = Path(task["answer"])
    try:
        told = WAYS[way](task)
    except BaseException as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    with suppress(Exception):
        sys.stdout.flush()
    answer.write_text(json.dumps(told))
    os._exit(0)


def wait_for(child: int, seconds: float, printed: int) -> tuple[str, str]:
    """How a child ended, "" if well, and what it printed."""
    deadline, told, ended = monotonic() + seconds, b"", None
    while ended is None:
        if select.select([printed], [], [], 0.02)[0]:
            told += os.read(printed, 1 << 16) or b""
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            ended = f"exit code {code}" if code else ""
        elif monotonic() > deadline:
            ended = f"hangs: ended after {seconds:g} s"
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
    with os.fdopen(printed, "rb") as rest:
        return ended, (told + rest.read()).decode(errors="replace")


def main(way: str) -> None:
    if way == "manim":
        import manim  # noqa: F401

        import mlanim.render.verifying.manims_frames
    else:
        from mlanim.render.twins.lean_start import import_manim

        import_manim()
        import mlanim.render.engine
        import mlanim.render.recall  # noqa: F401
    for line in sys.stdin:
        task = json.loads(line)
        printed, to = os.pipe()
        child = os.fork()
        if not child:
            perform(way, task, to)
        os.close(to)
        ended, told_by_scene = wait_for(child, task["seconds"], printed)
        answer = Path(task["answer"])
        told = json.loads(answer.read_text()) if answer.exists() else {"error": "no answer"}
        print(json.dumps({**told, "ended": ended, "printed": told_by_scene}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
