"""Search for a program that learns: regularised evolution on small regressions, minutes on a core.

    python -m training.systems.evolve_programs

It writes program-search.npz, the log of the search, beside the models that read it. Seeds are
tried in their order; one whose best is below `--hopeful` at `--patience` evaluations is given up.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

import mlanim.subjects.systems.models as room
from mlanim.subjects.systems.models.evolution import SearchSettings
from mlanim.subjects.systems.models.evolution_log import SearchLog, log_search, packed
from mlanim.subjects.systems.models.program import effective, lines
from mlanim.subjects.systems.models.program_run import fitness, tasks

WEIGHTS = Path(room.__file__).parent / "weights"


def searched(seed: int, options: argparse.Namespace) -> SearchLog | None:
    """One search, or None where it was given up."""
    began = time.monotonic()

    def working(birth: int, best: float) -> bool:
        if birth % 100_000 == 0:
            print(f"seed {seed}: {birth} {best:.4f}, {time.monotonic() - began:.0f} s", flush=True)
        return birth < options.patience or best >= options.hopeful

    settings = SearchSettings(options.population, options.tournament, seed)
    return log_search(settings, options.evaluations, working)


def write(log: SearchLog, folder: Path) -> None:
    """Write the log whole or not at all, and tell what was found."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "program-search.npz"
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **packed(log))
    partial.replace(path)
    for name, body in lines(effective(log.winner)):
        print(f"{name}: {'; '.join(body)}")
    fresh = fitness(log.winner, tasks(200, 24, 200, seed=1001))
    print(f"best {log.best[-1]:.4f}, on 200 other tasks {fresh:.4f}")
    print(f"{len(log.milestones)} milestones, {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Search with seed after seed, until one is not given up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=8, help="how many to try at most")
    parser.add_argument("--population", type=int, default=300)
    parser.add_argument("--tournament", type=int, default=10)
    parser.add_argument("--evaluations", type=int, default=1_200_000)
    parser.add_argument("--patience", type=int, default=400_000)
    parser.add_argument("--hopeful", type=float, default=0.72)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    for seed in range(options.seed, options.seed + options.seeds):
        if log := searched(seed, options):
            write(log, options.out)
            return
    print("every seed was given up: try more of them")


if __name__ == "__main__":
    main()
