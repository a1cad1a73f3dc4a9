"""What a search over programs left behind: its populations, its best, and the line of the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.systems.models.evolution import Individual, SearchSettings, evolve
from mlanim.subjects.systems.models.program import Program, decoded, encoded
from mlanim.subjects.systems.models.program_run import Tasks, tasks

__all__ = ["GIVEN", "SearchLog", "load_search", "log_search", "packed"]

#: What programs are judged by: 16 tasks, 24 examples to learn from, 32 to be judged on.
GIVEN: dict[str, int] = {"count": 16, "examples": 24, "unseen": 32, "seed": 7}
_WEIGHTS = files(__package__) / "weights"
_STAGES = 48  # populations that are kept
_FIRST = 600  # evaluations whose fitness is kept exactly
_LINE = 300  # ancestors of which birth and fitness are kept
_TELLING = 0.004  # a child that is better by so much is one of the milestones


@dataclass(frozen=True)
class SearchLog:
    """settings of the search, and `evaluations`: how many programs there were in all.

    first: (f,) fitness of the first children. stage_births: (t,) evaluations at which populations
    were kept; stages: (t, population), their fitness, the oldest first. best_births, best: (b,)
    when the best so far was found, and its fitness. line_births, line: (l,) of some ancestors of
    the best. kinds: (4,), how many of its ancestors each kind of mutation made.
    milestones: (m,) pairs of a parent and its better child; their births, mutations, fitness.
    """

    settings: SearchSettings
    evaluations: int
    first: NDArray
    stage_births: NDArray
    stages: NDArray
    best_births: NDArray
    best: NDArray
    line_births: NDArray
    line: NDArray
    kinds: NDArray
    milestones: list[tuple[Program, Program]]
    milestone_births: NDArray
    milestone_kinds: NDArray
    milestone_fitness: NDArray  # (m, 2): of the parent and of the child

    @property
    def winner(self) -> Program:
        """The best program of all."""
        return self.milestones[-1][1]

    @property
    def tasks(self) -> Tasks:
        """What it was judged by."""
        return tasks(**GIVEN)

    @property
    def generations(self) -> int:
        """How many ancestors the best has that a mutation made."""
        return int(self.kinds.sum())


@dataclass
class _Notes:
    """What is written down while a search goes on."""

    first: list[float] = field(default_factory=list)
    births: list[int] = field(default_factory=list)
    stages: list[list[float]] = field(default_factory=list)
    best: list[Individual] = field(default_factory=list)


def log_search(
    settings: SearchSettings,
    evaluations: int,
    working: Callable[[int, float], bool] = lambda birth, best: True,
) -> SearchLog | None:
    """Search and write down; None where it is given up.

    working: is told now and then how far it is, and how good the best; False gives up.
    """
    size = settings.population
    # Evenly on a scale of logarithms: much happens early.
    wanted = np.unique(np.rint(np.geomspace(size, evaluations - 1, _STAGES)).astype(int)).tolist()
    notes = _Notes()
    for birth, population in enumerate(evolve(tasks(**GIVEN), settings), start=size - 1):
        child = population[-1]
        if birth >= size and len(notes.first) < _FIRST:
            notes.first.append(child.fitness)
        if not notes.best or child.fitness > notes.best[-1].fitness:
            notes.best.append(child)
        if wanted and birth >= wanted[0]:
            wanted.pop(0)
            notes.births.append(birth)
            notes.stages.append([one.fitness for one in population])
        if birth % 10_000 == 0 and not working(birth, notes.best[-1].fitness):
            return None
        if birth >= evaluations - 1:
            break
    return _written_down(settings, evaluations, notes)


def _written_down(settings: SearchSettings, evaluations: int, notes: _Notes) -> SearchLog:
    line = notes.best[-1].ancestry()
    best_yet, telling = line[0].fitness, []
    for one in line[1:]:
        if one.fitness >= best_yet + _TELLING or one is line[-1]:
            telling.append(one)
            best_yet = one.fitness
    thin = np.unique(np.linspace(0, len(line) - 1, _LINE).astype(int))
    kinds = np.bincount([one.mutation for one in line[1:]], minlength=4)
    parents = [one.parent or one for one in telling]
    return SearchLog(
        settings,
        evaluations,
        np.array(notes.first),
        np.array(notes.births),
        np.array(notes.stages),
        np.array([one.birth for one in notes.best]),
        np.array([one.fitness for one in notes.best]),
        np.array([line[i].birth for i in thin]),
        np.array([line[i].fitness for i in thin]),
        kinds,
        [(parent.program, one.program) for parent, one in zip(parents, telling, strict=True)],
        np.array([one.birth for one in telling]),
        np.array([one.mutation for one in telling]),
        np.array([[p.fitness, one.fitness] for p, one in zip(parents, telling, strict=True)]),
    )


def packed(log: SearchLog) -> dict[str, NDArray]:
    """A log as arrays, small: populations in half precision, what has to be exact in double."""
    chosen = log.settings
    programs = encoded([program for pair in log.milestones for program in pair])
    half = np.clip(log.stages, -60000, 1).astype(np.float16)
    return {
        "settings": np.array([chosen.population, chosen.tournament, chosen.seed, log.evaluations]),
        "first": log.first,
        "stage_births": log.stage_births.astype(np.int32),
        "stages": half,
        "best_births": log.best_births.astype(np.int32),
        "best": log.best,
        "line_births": log.line_births.astype(np.int32),
        "line": log.line.astype(np.float32),
        "kinds": log.kinds.astype(np.int32),
        "milestone_births": log.milestone_births.astype(np.int32),
        "milestone_kinds": log.milestone_kinds.astype(np.int8),
        "milestone_fitness": log.milestone_fitness,
        **{f"program_{name}": array for name, array in programs.items()},
    }


@cache
def load_search() -> SearchLog:
    """The bundled search, as training/systems/evolve_programs.py wrote it.

    >>> log = load_search()
    >>> bool(log.best[-1] > log.best[0])
    True
    """
    with (_WEIGHTS / "program-search.npz").open("rb") as file, np.load(file) as stored:
        arrays: dict[str, Any] = {name: stored[name] for name in stored.files}
    population, tournament, seed, evaluations = arrays.pop("settings").tolist()
    programs = decoded(*(arrays.pop(f"program_{n}") for n in ("codes", "constants", "lengths")))
    arrays["stages"] = arrays["stages"].astype(float)
    return SearchLog(
        settings=SearchSettings(population, tournament, seed),
        evaluations=evaluations,
        milestones=_pairs(programs),
        **arrays,
    )


def _pairs(programs: Sequence[Program]) -> list[tuple[Program, Program]]:
    return list(zip(programs[::2], programs[1::2], strict=True))
