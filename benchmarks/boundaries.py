"""A growing sample on film: mlanim and matplotlib.animation in turns; and the source's own job.

    python benchmarks/boundaries.py [-n 3]

Whole commands, the fitting of the models included and nothing cached: 300 frames of 960x720 to mp4
and to GIF. Then a hundred sizes up to 4,000 points at 800x800, with the models fitted before: 100
frames at 10 a second, and the same 10 seconds at 25. Needs matplotlib and ffmpeg.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SCENE = str(HERE / "boundaries_scene.py")


def seconds(cache: Path, *words: str) -> float:
    """Wall seconds of one command."""
    start = time.perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def mlanim(cache: Path, name: str, output: Path, *words: str) -> float:
    """Wall seconds of one render, without cached films."""
    command = ("-m", "mlanim", "render", SCENE, name, "-o", str(output), "--no-cache")
    return seconds(cache, *command, *words)


def peers(repeats: int) -> None:
    """Compare with matplotlib."""
    for suffix in ("mp4", "gif"):
        ratios, ours, sizes = [], [], []
        for turn in range(repeats):
            with tempfile.TemporaryDirectory() as folder:
                a, b = Path(folder, f"a.{suffix}"), Path(folder, f"b.{suffix}")
                theirs = seconds(Path(folder, "c"), str(HERE / "boundaries_matplotlib.py"), str(a))
                look = ("--resolution", "960,720", "--fps", "25")
                mine = mlanim(Path(folder, "d"), "GrowingSample", b, *look)
                ratios.append(theirs / mine)
                ours.append(mine)
                sizes.append((a.stat().st_size, b.stat().st_size))
                print(f"  {suffix} {turn + 1}: matplotlib {theirs:.1f} s, mlanim {mine:.1f} s")
        kilobytes = ", ".join(f"{size / 1000:.0f} kB" for size in sizes[-1])
        print(f"{suffix}: {statistics.median(ratios):.1f} times sooner; {kilobytes}")


def sources_job() -> None:
    """Time the article's own films, its models fitted before."""
    for model in ("logistic", "svm"):
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder, "cache")
            look = ("--resolution", "800,800", "--set", f"model={model}")
            first = Path(folder, "first.gif")
            mlanim(cache, "SourcesJob", first, *look, "--fps", "1")  # fits
            for rate in ("10", "25"):
                output = Path(folder, f"{rate}.gif")
                took = mlanim(cache, "SourcesJob", output, *look, "--fps", rate)
                print(
                    f"{model}, 4000 points, 800x800, {rate} frames a second: {took:.1f} s, "
                    f"{output.stat().st_size / 1e6:.2f} MB"
                )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    peers(repeats)
    sources_job()


if __name__ == "__main__":
    main()
