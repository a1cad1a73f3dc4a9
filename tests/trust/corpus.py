"""Hostile but legal scenes, by plain Manim and by mlanim: python -m tests.trust.corpus [NAME...]

A NAME is that of a file in tests/trust/scenes or of a class in it; without any, all are run. Each
scene is rendered by Manim's own frames, then by mlanim in one process and in two, without a cache,
with an empty and with a full one (by the record, and by segments alone), edited, and as it was
before. The last word of a scene's docstring says what Manim makes of it:

    [repeats]   the same frames each time: they must be mlanim's
    [differs]   other frames each time, the last equal to the first: so it must be in mlanim's
    [fails]     no film: nor may mlanim leave one

What a scene writes into its folder and prints must be there once. Half an hour of work.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from mlanim.render.sinks.digests import digests

ROOT = Path(__file__).parents[2]
SCENES = Path(__file__).parent / "scenes"
EDIT = ("SIDE = 1.0", "SIDE = 1.4")  # every file has this line, and every film shows it

# name: how mlanim is asked, and its workers
WAYS = {
    "-j 1": ("anew", 1),
    "-j 2": ("anew", 2),
    "cold": ("recall", 2),
    "warm": ("recall", 2),
    "segments": ("segments", 2),
    "edited": ("recall", 2),
    "back": ("recall", 2),
}
_FRESH = ("-j 1", "-j 2", "cold")  # runs of the whole scene: what it does to the world is seen
QUICK = ("-j 2", "cold", "segments")


@dataclass(frozen=True)
class HostileScene:
    """A class of the corpus, and what Manim makes of it."""

    path: Path
    name: str
    repeats: str


@dataclass(frozen=True)
class Seen:
    """What came of a render: the frames' digests, files, prints, and what went wrong."""

    frames: list[bytes]
    world: dict[str, bytes]
    printed: str
    wrong: str
    hangs: bool
    notes: tuple[str, ...]


def corpus(names: list[str] | None = None) -> list[HostileScene]:
    """All scenes, or those that are named."""
    found = []
    for path in sorted(SCENES.glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            said = ast.get_docstring(node) if isinstance(node, ast.ClassDef) else None
            mark = re.search(r"\[(repeats|differs|fails)\]$", said or "")
            if isinstance(node, ast.ClassDef) and mark:
                found.append(HostileScene(path, node.name, mark[1]))
    wanted = set(names or ())
    return [s for s in found if not wanted or wanted & {s.name, s.path.stem}]


class Stage:
    """A `tests.trust.stage` process."""

    def __init__(self, way: str, seconds: float) -> None:
        self._seconds = seconds
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.trust.stage", way],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )

    def render(self, scene: HostileScene, source: str, place: Path, **how: Any) -> Seen:
        """Render a scene with nothing beside it."""
        desk, folder, temporary = place / "desk", place / "made", place / "tmp"
        for fresh in (desk, folder, temporary):
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
        (desk / scene.path.name).write_text(source)
        output = folder / "film.digests"
        task = {
            "file": str(desk / scene.path.name),
            "scene": scene.name,
            "desk": str(desk),
            "folder": str(folder),
            "output": str(output),
            "environ": {
                "XDG_CACHE_HOME": str(place / "cache"),
                "TMPDIR": str(temporary),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            "answer": str(folder / "answer"),
            **how,
        }
        told = self.ask(task)
        wrong = " ".join(filter(None, (told["ended"], told.get("error", ""))))
        written = {
            str(path.relative_to(desk)): path.read_bytes()
            for path in sorted(desk.rglob("*"))
            if path.is_file() and path.name != scene.path.name and "__pycache__" not in path.parts
        }
        frames = digests(output) if output.is_file() and not wrong else []
        hangs = "hangs" in told["ended"]
        return Seen(frames, written, told["printed"], wrong, hangs, tuple(told.get("notes", ())))

    def ask(self, task: Mapping[str, Any]) -> dict[str, Any]:
        """Do a task; what came of it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"seconds": self._seconds, **task}) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def end(self) -> None:
        """No more tasks."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def stages(seconds: float = 90) -> Iterator[tuple[Stage, Stage]]:
    """Manim's and mlanim's; a render that takes longer hangs."""
    manims, ours = Stage("manim", seconds), Stage("mlanim", seconds)
    try:
        yield manims, ours
    finally:
        manims.end()
        ours.end()


def faults(
    scene: HostileScene,
    manims: Stage,
    ours: Stage,
    place: Path,
    ways: tuple[str, ...] = tuple(WAYS),
) -> list[str]:
    """What is wrong with a scene's films, a line for each way that has something."""
    source = scene.path.read_text()
    edited = source.replace(*EDIT)
    assert edited != source, f"{scene.path.name} lacks the line {EDIT[0]}"
    expected = manims.render(scene, source, place / "manim")
    found = [f"manim: {line}" for line in _misjudged(scene, expected)]
    others = manims.render(scene, edited, place / "manim") if "edited" in ways else expected
    if "edited" in ways and scene.repeats == "repeats" and others.frames == expected.frames:
        found.append("manim: the edit shows nowhere")
    for way in ways:
        how, jobs = WAYS[way]
        text, right = (edited, others) if way == "edited" else (source, expected)
        home = place / ("kept" if how != "anew" else way)
        seen = ours.render(scene, text, home, how=how, jobs=jobs)
        wrong = _wrong(scene, right, seen) or (_undone(scene, right, seen) if way in _FRESH else "")
        if wrong:
            noted = f" ({'; '.join(seen.notes)})" if seen.notes else ""
            found.append(f"{way}: {wrong}{noted}")
    return found


def _misjudged(scene: HostileScene, seen: Seen) -> Iterator[str]:
    """What the corpus itself has wrong."""
    if (scene.repeats == "fails") != bool(seen.wrong):
        yield f"it is said to be one that {scene.repeats}: {seen.wrong or 'it does not fail'}"
    if scene.repeats == "differs" and seen.frames and seen.frames[0] != seen.frames[-1]:
        yield "its first and its last frame must be equal"
    if scene.repeats != "fails" and not seen.wrong and len(seen.frames) < 130:
        yield f"{len(seen.frames)} frames: too few for several segments"


def _wrong(scene: HostileScene, right: Seen, seen: Seen) -> str:
    """What is wrong with a film, if anything."""
    if seen.hangs:
        return seen.wrong
    if scene.repeats == "fails":
        return "a film, where Manim fails" if not seen.wrong else ""
    if seen.wrong:
        return seen.wrong
    if len(seen.frames) != len(right.frames):
        return f"{len(seen.frames)} frames, not {len(right.frames)}"
    if scene.repeats == "differs":
        one = seen.frames[0] == seen.frames[-1]
        return "" if one else "its first and its last frame are of two runs"
    pairs = enumerate(zip(right.frames, seen.frames, strict=True))
    away = [frame for frame, (one, other) in pairs if one != other]
    return f"{len(away)} frames of {len(right.frames)} differ, from {away[0]} on" if away else ""


def _undone(scene: HostileScene, right: Seen, seen: Seen) -> str:
    """What the scene did to the world otherwise than under Manim."""

    def told(seen: Seen) -> dict[str, Any]:
        files = {**seen.world, "what it printed": seen.printed.encode()}
        if scene.repeats == "repeats":
            return files
        return {name: content.count(b"\n") for name, content in files.items()}

    theirs, ours = told(right), told(seen)
    differ = [name for name in {**theirs, **ours} if theirs.get(name) != ours.get(name)]
    return f"otherwise than under Manim: {', '.join(differ)}" if differ else ""


def main(names: list[str]) -> int:
    """Run them all, say how each went, and give the number of those with a fault."""
    scenes, failed = corpus(names), 0
    with tempfile.TemporaryDirectory() as folder, stages() as (manims, ours):
        for scene in scenes:
            start = perf_counter()
            found = faults(scene, manims, ours, Path(folder, scene.path.stem, scene.name))
            failed += bool(found)
            told = "FAILED" if found else "right"
            label = f"{scene.path.stem}/{scene.name}"
            print(f"{label:44} {scene.repeats:8} {told}, {perf_counter() - start:.0f} s")
            for line in found:
                print(f"    {line}", flush=True)
    print(f"{failed} of {len(scenes)} failed")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
