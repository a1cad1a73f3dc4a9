"""The search over programs: regularised evolution with three kinds of mutation.

Real et al. 2020 (AutoML-Zero), section 3.2; Real et al. 2019 for the ageing: in each cycle the best
of a few, drawn at random, has a child, and the oldest of the population dies, however good it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mlanim.subjects.systems.models.operations import OPERATIONS
from mlanim.subjects.systems.models.program import (
    EMPTY,
    PLACES,
    Instruction,
    Program,
    effective,
)
from mlanim.subjects.systems.models.program_run import Tasks, fitness

__all__ = ["LONGEST", "MUTATIONS", "Individual", "SearchSettings", "evolve", "mutate"]

#: The kinds of mutation; an Individual has the index, -1 where it was there from the start.
MUTATIONS = ("insert", "remove", "randomise", "modify")
#: Instructions that setup, predict and learn may have.
LONGEST = (3, 4, 7)

_OF_KIND = {
    kind: tuple(i for i, name in enumerate(PLACES) if name[0] == kind) for kind in ("s", "v", "m")
}
_MOST_KNOWN = 400_000  # fitnesses that are remembered


@dataclass(frozen=True)
class SearchSettings:
    """population: how many live at once. tournament: how many of them a parent is the best of."""

    population: int = 200
    tournament: int = 10
    seed: int = 1


@dataclass(frozen=True, eq=False)
class Individual:
    """A program, its fitness, which evaluation it was (the first is 0), and where it comes from."""

    program: Program
    fitness: float
    birth: int
    mutation: int = -1
    parent: Individual | None = None

    def ancestry(self) -> list[Individual]:
        """From the first of its line to itself."""
        line = [self]
        while (before := line[-1].parent) is not None:
            line.append(before)
        return line[::-1]


def evolve(given: Tasks, settings: SearchSettings) -> Iterator[deque[Individual]]:
    """The population, the youngest last, once it is there and again after each evaluation.

    All begin empty, as in the paper. What has the same effective instructions has the same fitness
    and is not run again.

    >>> from mlanim.subjects.systems.models.program_run import tasks
    >>> search = evolve(tasks(2, 4, 4, seed=1), SearchSettings(population=5, tournament=2))
    >>> [population[-1].birth for population, _ in zip(search, range(3))]
    [4, 5, 6]
    """
    rng = Random(settings.seed)
    known: dict[Program, float] = {}

    def judged(program: Program) -> float:
        what = effective(program)
        if what not in known:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            known[what] = fitness(what, given)
        return known[what]

    size = settings.population
    population = deque(Individual(EMPTY, judged(EMPTY), i) for i in range(size))
    birth = size
    while True:
        yield population
        drawn = [population[_below(rng, size)] for _ in range(settings.tournament)]
        parent = max(drawn, key=lambda individual: individual.fitness)
        program, kind = mutate(parent.program, rng)
        population.append(Individual(program, judged(program), birth, kind, parent))
        population.popleft()
        birth += 1


def mutate(program: Program, rng: Random) -> tuple[Program, int]:
    """A changed copy, and which of MUTATIONS it was.

    With equal chances an instruction is inserted or removed, all of a function's instructions are
    drawn anew, or one argument of one instruction is: an input, the output, or a constant.
    """
    which = _below(rng, 3)
    function = _below(rng, 3)
    body = list(program[function])
    if which == 0:
        adding = rng.random() < 0.5
        if (adding and len(body) < LONGEST[function]) or not body:
            body.insert(_below(rng, len(body) + 1), random_instruction(rng))
            kind = 0
        else:
            del body[_below(rng, len(body))]
            kind = 1
    elif which == 1:
        body = [random_instruction(rng) for _ in body]
        kind = 2
    else:
        if body:
            place = _below(rng, len(body))
            body[place] = _modified(body[place], rng)
        kind = 3
    changed = list(program)
    changed[function] = tuple(body)
    return tuple(changed), kind  # type: ignore[return-value]


def random_instruction(rng: Random) -> Instruction:
    """Any operation, with any places of the right kinds; and any constant."""
    number = _below(rng, len(OPERATIONS))
    operation = OPERATIONS[number]
    inputs = [_place(kind, rng) for kind in operation.takes] + [-1, -1]
    constant = 0.0 if operation.takes else _constant(rng)
    return Instruction(number, inputs[0], inputs[1], _place(operation.gives, rng), constant)


def _modified(line: Instruction, rng: Random) -> Instruction:
    operation = OPERATIONS[line.operation]
    arguments = ["output", *("first", "second")[: len(operation.takes)]]
    if not operation.takes:
        arguments.append("constant")
    which = arguments[_below(rng, len(arguments))]
    if which == "constant":
        return line._replace(constant=_constant(rng))
    kind = operation.gives if which == "output" else operation.takes[which == "second"]
    return line._replace(**{which: _place(kind, rng)})


def _place(kind: str, rng: Random) -> int:
    return _OF_KIND[kind][_below(rng, len(_OF_KIND[kind]))]


def _constant(rng: Random) -> float:
    """Of any size from 0.01 to 10, each as likely as the other, above or below zero."""
    return (1.0 if rng.random() < 0.5 else -1.0) * 10 ** (3 * rng.random() - 2)


def _below(rng: Random, count: int) -> int:
    """A whole number from 0; of `random()` alone, whose numbers no release of Python changes."""
    return int(rng.random() * count)
