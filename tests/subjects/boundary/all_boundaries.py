"""Render decision-boundary for every model on every data set.

    python -m tests.subjects.boundary.all_boundaries

Low quality, few fits; each model's default also as a GIF. Words after it are models, to do fewer.
Ten minutes of work on two cores; the fast part of it is in test_decision_boundary.py.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from click.testing import CliRunner

from mlanim.cli import cli
from mlanim.models.boundary_data import DATA
from mlanim.subjects.boundary.models.classifiers import MODELS


def render(model: str, data: str, ending: str, folder: Path) -> str:
    """What went wrong, in one line; nothing if the file is there."""
    path = folder / f"{model}-{data}.{ending}"
    chosen = [f"model={model}", f"data={data}", "fits=12", "seconds=3", "trees=30"]
    words = ["render", "decision-boundary", "-q", "l", "--fps", "4", "-o", str(path)]
    for setting in chosen:
        words += ["--set", setting]
    done = CliRunner().invoke(cli, words)
    if done.exit_code or not path.is_file() or not path.stat().st_size:
        return (done.output.strip().splitlines() or [repr(done.exception)])[-1]
    return ""


def main(models: list[str]) -> int:
    """Render them all, say how each went, and give the number that failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for model in models or MODELS:
            for data in ("auto", *DATA):
                for ending in ("mp4", "gif") if data == "auto" else ("mp4",):
                    start = perf_counter()
                    wrong = render(model, data, ending, Path(folder))
                    failed += bool(wrong)
                    seconds = perf_counter() - start
                    told = f"FAILED: {wrong}" if wrong else f"{seconds:.0f} s"
                    print(f"{model:17} {data:8} {ending}  {told}", flush=True)
    print(f"{failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
