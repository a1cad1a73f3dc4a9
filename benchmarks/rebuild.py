"""A build with nothing to do: six assets, as a reader waits for it, the interpreter's start too.

    python benchmarks/rebuild.py [SCENE] [RUNS]

Makes the assets once, in a folder of its own, then times `mlanim build` with nothing changed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MANIFEST = """
output = "assets"
[defaults]
quality = "l"
scene = "{scene}"
[[asset]]
output = "film-{{theme}}.{{format}}"
matrix = {{ theme = ["light", "dark"], format = ["mp4", "webm"] }}
[[asset]]
output = "loop.gif"
max_bytes = "1MB"
[[asset]]
output = "last.svg"
"""


def main(scene: str = "multi-head", runs: str = "7") -> None:
    """Tell the median and the extremes of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "m.toml").write_text(MANIFEST.format(scene=scene))
        command = [sys.executable, "-m", "mlanim", "build", "m.toml", "--quiet"]
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        first = timed(command, folder, environment)
        again = [timed(command, folder, environment) for _ in range(int(runs))]
    middle = statistics.median(again)
    print(f"{scene}: six assets in {first:.1f} s; with nothing changed {middle:.2f} s ", end="")
    print(f"({min(again):.2f} to {max(again):.2f} s in {runs} runs)")


def timed(command: list[str], folder: str, environment: dict[str, str]) -> float:
    """Seconds of a command that must succeed."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
