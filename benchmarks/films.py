"""Whole commands, taken in turns: cold with one and two workers, warm, and after an edit.

    python benchmarks/films.py scenes.py TranslationRow [-q h] [-n 3]

Prints the median wall seconds of `mlanim render` for each way, and ratios of neighbours in time, so
that a busy machine disturbs both alike. The edit adds a wait of half a second to the end; Manim,
with its own cache warm, gets the same edit directly before. A process that stays up, as for
`mlanim watch`, has Manim imported.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mlanim.studio.asked import Asked
from mlanim.studio.warm import Warm

EDIT = """

class {name}(_Whole):
    def construct(self):
        super().construct()
        self.wait({wait})
"""


def seconds(*words: str, cache: Path) -> float:
    """Wall seconds of one render."""
    command = [sys.executable, "-m", "mlanim", "render", *words, "--quiet"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def turn(source: str, name: str, quality: str, folder: Path) -> dict[str, float]:
    """Every way once."""
    scene, cache = folder / "scene.py", folder / "cache"
    whole = source.replace(f"class {name}(", "class _Whole(", 1)
    words = (str(scene), name, "-q", quality, "-o", str(folder / "film.mp4"))
    scene.write_text(whole + EDIT.format(name=name, wait=1))
    found = {
        "one worker": seconds(*words, "--no-cache", "-j", "1", cache=cache),
        "cold": seconds(*words, "--no-cache", cache=cache),
        "cold, filling the cache": seconds(*words, cache=cache),
        "nothing changed": seconds(*words, cache=cache),
    }
    manim(scene, name, quality, folder)
    scene.write_text(whole + EDIT.format(name=name, wait=1.5))
    found["Manim, last play edited"] = manim(scene, name, quality, folder)
    found["last play edited"] = seconds(*words, cache=cache)

    def edit() -> None:
        scene.write_text(whole + EDIT.format(name=name, wait=1.6))

    found["last play edited, in a process that stays up"] = asyncio.run(
        stays_up(scene, name, quality, folder, cache, edit)
    )
    return found


async def stays_up(
    scene: Path, name: str, quality: str, folder: Path, cache: Path, edit: Callable[[], None]
) -> float:
    """Seconds from an edit to the film, in the process that `mlanim watch` keeps."""
    asked = Asked(scene=str(scene), class_name=name, quality=quality)
    request = {"asked": asked.to_json(), "folder": str(folder), "again": True}
    os.environ["XDG_CACHE_HOME"] = str(cache)
    async with Warm() as warm:
        start = 0.0
        for change in (lambda: None, edit):
            change()
            start = time.perf_counter()
            async for say, what in warm.do("film", **request):
                if say == "error":
                    raise SystemExit(what["line"])
        return time.perf_counter() - start


def manim(scene: Path, name: str, quality: str, folder: Path) -> float:
    """Wall seconds of one render by Manim, with its cache."""
    command = [sys.executable, "-m", "manim", "render", f"-q{quality}", str(scene), name]
    start = time.perf_counter()
    subprocess.run(
        [*command, "--media_dir", str(folder / "manim")], check=True, capture_output=True
    )
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("name")
    parser.add_argument("-q", "--quality", default="h")
    parser.add_argument("-n", "--repeats", type=int, default=3)
    asked = parser.parse_args()
    turns = []
    for _ in range(asked.repeats):
        with tempfile.TemporaryDirectory() as folder:
            turns.append(turn(asked.file.read_text(), asked.name, asked.quality, Path(folder)))
    for way in turns[0]:
        wall = statistics.median(found[way] for found in turns)
        cold, manims = (
            statistics.median(found[other] / found[way] for found in turns)
            for other in ("cold", "Manim, last play edited")
        )
        told = f"{wall:7.2f} s   cold takes {cold:6.2f} times that"
        print(f"{way:46} {told}" + (f", Manim {manims:5.2f}" if "edited" in way else ""))


if __name__ == "__main__":
    main()
