"""How the shipped networks were trained, and what training wrote down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.attention_family.models import copy_networks
from mlanim.subjects.attention_family.models.adam import descend
from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.bracket_task import BracketBatch, bracket_batch
from mlanim.subjects.attention_family.models.copy_networks import COPIERS, copy_batch
from mlanim.subjects.attention_family.models.memory_cells import Parameters
from mlanim.subjects.attention_family.models.recall_networks import READERS
from mlanim.subjects.attention_family.models.recall_task import LENGTHS, recall_batch

__all__ = [
    "COPIED_LENGTHS",
    "READ_LENGTHS",
    "Learned",
    "held_out_brackets",
    "held_out_names",
    "held_out_rows",
    "load_learned",
    "save_learned",
    "train_copier",
    "train_finder",
    "train_reader",
]

_WEIGHTS = files(__package__) / "weights"
_HELD_OUT = 99  # the seed of what is measured on; batches come of `_SEED`
_SEED = 0
#: Lengths at which the log of the names, and that of the copies, measures.
READ_LENGTHS = (20, 30, 40)
COPIED_LENGTHS = tuple(range(2, 25, 2))


@dataclass(frozen=True, eq=False)
class Learned:
    """weights: as shipped. steps, losses: (k,), the mean loss in nats since the step before.

    accuracies: (k,) or (k, lengths), on what was held out. kept_steps: (s,) and kept: by name
    (s, ...), the weights on the way, where they were kept.
    """

    weights: Parameters
    steps: NDArray
    losses: NDArray
    accuracies: NDArray
    kept_steps: NDArray
    kept: Parameters

    def at(self, kept: int) -> Parameters:
        """The weights at one of the `kept_steps`."""
        return {name: array[kept] for name, array in self.kept.items()}


def held_out_names(length: int, count: int = 200) -> tuple[NDArray, NDArray]:
    """Sequences and names that training did not draw."""
    return recall_batch(length, count, np.random.default_rng(_HELD_OUT))


def held_out_brackets(count: int = 400) -> BracketBatch:
    """Rows with brackets that training did not draw."""
    return bracket_batch(count, np.random.default_rng(_HELD_OUT))


def held_out_rows(length: int, count: int = 100) -> NDArray:
    """Rows to copy, (length, count), that training did not draw."""
    return copy_batch(length, count, np.random.default_rng(_HELD_OUT))


def train_reader(kind: str, until: int | None = None) -> Learned:
    """48 sequences a step, all of one length, 20 to 40 words; measured every 50 steps of 2000."""
    reader, random = READERS[kind], np.random.default_rng(_SEED + 1)
    held = [held_out_names(length) for length in READ_LENGTHS]
    made = descend(
        reader.start(_SEED),
        reader.gradient,
        lambda: recall_batch(int(random.integers(LENGTHS[0], LENGTHS[1] + 1)), 48, random),
        steps=2000,
        until=until,
        rate=0.005,
        every=50,
        measure=lambda weights: [reader.accuracy(weights, batch) for batch in held],
    )
    return _learned(made)


def train_finder(kind: str, until: int | None = None) -> Learned:
    """64 rows a step; measured every 10 steps of 300, when the weights are kept too."""
    finder, random = FINDERS[kind], np.random.default_rng(_SEED + 1)
    held = held_out_brackets()
    kept: list[Parameters] = []

    def measure(weights: Parameters) -> float:
        kept.append({name: array.copy() for name, array in weights.items()})
        return finder.accuracy(weights, held)

    made = descend(
        finder.start(_SEED),
        finder.gradient,
        lambda: bracket_batch(64, random),
        steps=300,
        until=until,
        rate=0.02,
        every=10,
        measure=measure,
    )
    return _learned(made, kept if kind == "window" else ())


def train_copier(kind: str, until: int | None = None) -> Learned:
    """48 rows a step, all of one length, 3 to 14 letters; measured every 100 steps of 2000."""
    copier, random = COPIERS[kind], np.random.default_rng(_SEED + 1)
    least, most = copy_networks.LENGTHS
    held = [held_out_rows(length) for length in COPIED_LENGTHS]
    made = descend(
        copier.start(_SEED),
        copier.gradient,
        lambda: copy_batch(int(random.integers(least, most + 1)), 48, random),
        steps=2000,
        until=until,
        rate=0.005,
        every=100,
        measure=lambda weights: [(copier.copied(weights, rows) == rows).mean() for rows in held],
    )
    return _learned(made)


def save_learned(path: Path, made: Mapping[str, Learned]) -> None:
    """Write the networks of one task as one .npz: weights in half precision."""
    arrays: dict[str, NDArray] = {}
    for kind, one in made.items():
        arrays |= {f"{kind}/weights/{n}": a.astype(np.float16) for n, a in one.weights.items()}
        arrays |= {f"{kind}/kept/{n}": a.astype(np.float16) for n, a in one.kept.items()}
        for name in ("steps", "kept_steps"):
            arrays[f"{kind}/{name}"] = getattr(one, name).astype(np.int32)
        for name in ("losses", "accuracies"):
            arrays[f"{kind}/{name}"] = getattr(one, name).astype(np.float32)
    np.savez_compressed(path, allow_pickle=False, **arrays)


@cache
def load_learned(task: str) -> Mapping[str, Learned]:
    """The shipped networks of a task, "recall", "brackets" or "copy", by their kind.

    >>> list(load_learned("copy"))
    ['none', 'some', 'full']
    """
    with (_WEIGHTS / f"{task}.npz").open("rb") as file, np.load(file) as stored:
        arrays = {name: stored[name] for name in stored.files}
    floats = {n: a.astype(float) if a.dtype.kind == "f" else a for n, a in arrays.items()}
    kinds = dict.fromkeys(name.partition("/")[0] for name in floats)
    return {
        kind: Learned(
            weights=_below(floats, f"{kind}/weights/"),
            kept=_below(floats, f"{kind}/kept/"),
            **{
                name: floats[f"{kind}/{name}"]
                for name in ("steps", "losses", "accuracies", "kept_steps")
            },
        )
        for kind in kinds
    }


def _below(arrays: Mapping[str, NDArray], start: str) -> Parameters:
    return {n.removeprefix(start): a for n, a in arrays.items() if n.startswith(start)}


def _learned(made, kept=()) -> Learned:
    stacked = {name: np.array([one[name] for one in kept]) for name in (kept[0] if kept else ())}
    at = made.steps if kept else made.steps[:0]
    return Learned(made.parameters, made.steps, made.losses, made.measured, at, stacked)
