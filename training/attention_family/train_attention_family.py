"""Train the small networks of the scene attention-family: NumPy alone, some minutes on one core.

    python -m training.attention_family.train_attention_family [recall brackets copy]

It writes recall.npz, brackets.npz and copy.npz beside the models that read them: weights in half
precision, and the log of the training. Tasks, networks and seeds are those of
mlanim/subjects/attention_family/models; set OPENBLAS_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import mlanim.subjects.attention_family.models as room
from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.copy_networks import COPIERS
from mlanim.subjects.attention_family.models.learned import (
    Learned,
    save_learned,
    train_copier,
    train_finder,
    train_reader,
)
from mlanim.subjects.attention_family.models.recall_networks import READERS

WEIGHTS = Path(room.__file__).parent / "weights"
TASKS: dict[str, tuple[list[str], Callable[[str], Learned]]] = {
    "recall": (list(READERS), train_reader),
    "brackets": (list(FINDERS), train_finder),
    "copy": (list(COPIERS), train_copier),
}


def main() -> None:
    """Train what is asked for and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="*", choices=TASKS, default=list(TASKS))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for task in options.tasks:
        kinds, train = TASKS[task]
        made = {}
        for kind in kinds:
            began = time.monotonic()
            made[kind] = train(kind)
            took = time.monotonic() - began
            told = made[kind].accuracies[-1].round(3).tolist()
            print(f"{task} {kind}: accuracy {told}, {took:.0f} s", flush=True)
        path = options.out / f"{task}.npz"
        save_learned(path, made)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
