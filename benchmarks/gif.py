"""GIFs, Manim's and mlanim's in turns: size, nearness to the frames, time, memory.

    python benchmarks/gif.py scenes.py TranslationRow ForwardPass [-q l] [-n 3]
    python benchmarks/gif.py scenes.py TranslationRow --long 180

Prints for each scene how many times smaller and faster mlanim's is, pair by pair, the PSNR of both
(RGB, over time, against Manim's lossless film), and the peak memory of the largest process. With
--long the scene is repeated for so many seconds and only mlanim renders it, at 1080p, 15 frames a
second. A spin test comes first and last: with less than 1.8 on two cores the machine is busy and
the times say little.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

LOSSLESS = ("--video-codec", "libx264rgb", "--pixel-format", "rgb24", "--encoder-option", "crf=0")
LONG = """

class Long({name}):
    def construct(self):
        while self.time < {seconds}:
            super().construct()
            self.clear()
"""


@dataclass(frozen=True)
class Run:
    """Wall seconds and peak megabytes of a command, and the file that it made."""

    wall: float
    peak: float
    path: Path


def spin(turns: int = 3_000_000) -> float:
    """Seconds that one core takes to count."""
    start = time.perf_counter()
    while turns:
        turns -= 1
    return time.perf_counter() - start


def cores_at_work() -> float:
    """How many cores' worth of counting the machine does at once."""
    cores = os.cpu_count() or 1
    alone = min(spin() for _ in range(3))
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(spin, [1000] * cores))
        start = time.perf_counter()
        list(pool.map(spin, [3_000_000] * cores))
        return cores * alone / (time.perf_counter() - start)


def run(command: list[str], folder: Path, pattern: str) -> Run:
    """Run a command whose output matches a pattern in the folder."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # some animations walk through sets
    start = time.perf_counter()
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit((folder / "log.txt").read_text()[-2000:])
    (path,) = (p for p in folder.rglob(pattern) if "partial" not in str(p))
    return Run(wall, usage.ru_maxrss / 1024, path)


def manim(asked: argparse.Namespace, name: str, folder: Path, format: str, *more: str) -> Run:
    """Manim's output in a new folder."""
    folder.mkdir()
    words = ["--disable_caching", "--progress_bar", "none", "--media_dir", str(folder), *more]
    command = [sys.executable, "-m", "manim", "render", "-q", asked.quality, "--format", format]
    return run([*command, *words, str(asked.file), name], folder, f"{name}*.{format}")


def mlanim(file: Path, name: str, folder: Path, *size: str) -> Run:
    """mlanim's GIF in a new folder."""
    folder.mkdir()
    command = [sys.executable, "-m", "mlanim", "render", str(file), name, *size]
    return run([*command, "--no-cache", "--quiet", "-o", "ours.gif"], folder, "ours.gif")


def pictures(gif: Path) -> Iterator[tuple[np.ndarray, float]]:
    """The pictures as RGB, one at a time, and the second at which each ends."""
    ends = 0.0
    with Image.open(gif) as image:
        for i in range(getattr(image, "n_frames", 1)):
            image.seek(i)
            ends += image.info["duration"] / 1000
            yield np.asarray(image.convert("RGB"), np.float32), ends


def psnr(gif: Path, lossless: Path) -> float:
    """Decibels over time: each lossless frame against the picture that is shown at its middle."""
    shown, errors = pictures(gif), []
    picture, ends = next(shown)
    with av.open(str(lossless)) as film:
        rate = float(film.streams.video[0].average_rate or 0)
        for i, frame in enumerate(film.decode(video=0)):
            while (i + 0.5) / rate >= ends:
                picture, ends = next(shown, (picture, math.inf))
            errors.append(float(((picture - frame.to_ndarray(format="rgb24")) ** 2).mean()))
    return 10 * math.log10(255**2 / max(statistics.fmean(errors), 1e-9))


def compare(asked: argparse.Namespace, name: str, folder: Path) -> tuple[float, float, float]:
    """Print a scene's figures; how many times smaller, how many times faster, dB gained."""
    pairs = []
    for turn in range(asked.repeats):
        theirs = manim(asked, name, folder / f"manim {turn}", "gif")
        ours = mlanim(asked.file, name, folder / f"mlanim {turn}", "-q", asked.quality)
        pairs.append((theirs, ours))
    lossless = manim(asked, name, folder / "lossless", "mp4", *LOSSLESS).path
    theirs, ours = pairs[-1]
    sizes = [r.path.stat().st_size for r in (theirs, ours)]
    quality = [psnr(r.path, lossless) for r in (theirs, ours)]
    walls = [statistics.median(pair[i].wall for pair in pairs) for i in (0, 1)]
    faster = statistics.median(theirs.wall / ours.wall for theirs, ours in pairs)
    peaks = [max(pair[i].peak for pair in pairs) for i in (0, 1)]
    print(
        f"{name:16} {sizes[0] / 1000:7.0f} / {sizes[1] / 1000:6.0f} kB = {sizes[0] / sizes[1]:5.2f}"
        f"   {walls[0]:5.2f} / {walls[1]:5.2f} s = {faster:4.2f}"
        f"   {quality[0]:4.1f}, {quality[1]:4.1f} dB   {peaks[0]:4.0f}, {peaks[1]:4.0f} MB",
        flush=True,
    )
    return sizes[0] / sizes[1], faster, quality[1] - quality[0]


def render_long(asked: argparse.Namespace, name: str, folder: Path) -> None:
    """Print time and memory for the scene, repeated."""
    file = folder / "scene.py"
    file.write_text(asked.file.read_text() + LONG.format(name=name, seconds=asked.long))
    made = mlanim(file, "Long", folder / "long", "-q", "h", "--fps", "15")
    size = made.path.stat().st_size / 1e6
    print(f"{name:16} {asked.long} s: {made.wall:.0f} s of work, {size:.1f} MB, {made.peak:.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("-q", "--quality", default="l")
    parser.add_argument("-n", "--repeats", type=int, default=3)
    parser.add_argument("--long", type=int, metavar="SECONDS")
    asked = parser.parse_args()
    asked.file = asked.file.resolve()
    print(f"spin test {cores_at_work():.2f} of {os.cpu_count()}")
    found = []
    for name in asked.names:
        with tempfile.TemporaryDirectory() as folder:
            if asked.long:
                render_long(asked, name, Path(folder))
            else:
                found.append(compare(asked, name, Path(folder)))
    if found:
        smaller, faster, gained = zip(*found, strict=True)
        print(
            f"smaller {statistics.geometric_mean(smaller):.2f} times, "
            f"faster {statistics.geometric_mean(faster):.2f} times (geometric means), "
            f"{statistics.fmean(gained):+.1f} dB"
        )
    print(f"spin test {cores_at_work():.2f}")


if __name__ == "__main__":
    main()
