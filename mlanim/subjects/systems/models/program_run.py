"""Programs run on small regression tasks: every task at once, example after example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.systems.models.operations import OPERATIONS, WIDTH
from mlanim.subjects.systems.models.program import (
    FEATURES,
    LABEL,
    PLACES,
    PREDICTION,
    Instruction,
    Program,
)

__all__ = ["Tasks", "execute", "fitness", "fitnesses", "new_memory", "predictions", "tasks"]

_DEVIATION = 0.15  # of every feature


@dataclass(frozen=True)
class Tasks:
    """K linear regressions y = w x, each with its own w, which no program is told.

    inputs: (K, N, n) to learn from; labels: (K, N). unseen_inputs: (K, M, n) to be judged on.
    """

    inputs: NDArray
    labels: NDArray
    unseen_inputs: NDArray
    unseen_labels: NDArray


def tasks(count: int, examples: int, unseen: int, seed: int) -> Tasks:
    """Normal features of deviation 0.15; labels of mean square 1.

    The tasks are akin: their weights, alike on average, are as often above zero as 1 + a normal
    number is. Each unseen example is there with its opposite, so that no constant pays.

    >>> tasks(8, 24, 32, seed=1).inputs.shape
    (8, 24, 4)
    """
    rng = np.random.default_rng(seed)
    inputs = _DEVIATION * rng.normal(size=(count, examples, WIDTH))
    half = _DEVIATION * rng.normal(size=(count, unseen // 2, WIDTH))
    opposite = np.concatenate([half, -half], axis=1)
    weights = 1 + rng.normal(size=(count, WIDTH))
    weights /= _DEVIATION * np.linalg.norm(weights, axis=1, keepdims=True)
    labels, unseen_labels = (np.einsum("kin,kn->ki", x, weights) for x in (inputs, opposite))
    return Tasks(inputs, labels, opposite, unseen_labels)


def new_memory(count: int) -> list[NDArray]:
    """An array of zeros for each place, for so many tasks."""
    shapes: dict[str, tuple[int, ...]] = {"s": (), "v": (WIDTH,), "m": (WIDTH, WIDTH)}
    return [np.zeros((count, *shapes[name[0]])) for name in PLACES]


def execute(body: Sequence[Instruction], memory: list[NDArray]) -> None:
    """Run instructions on a memory, whose places get new arrays."""
    for function, first, second, output in _ready(body):
        memory[output] = function(memory[first], memory[second])


def _carries(predict: Sequence[Instruction]) -> bool:
    """Whether predict finds what it left at the example before: then all of them matter."""
    written, found = {FEATURES, LABEL}, set[int]()
    for line in predict:
        found |= {line.first, line.second} - written
        written.add(line.output)
    return bool(found & {line.output for line in predict})


def predictions(program: Program, given: Tasks) -> NDArray:
    """What a program predicts for the unseen examples after it has learned, (K, M).

    setup runs once. For each example predict runs without the label (s0 is 0), then learn with
    it. Each unseen example is predicted from the memory that learning left.
    """
    count, examples, _ = given.inputs.shape
    setup, predict, learn = (_ready(body) for body in program)
    memory, hidden = new_memory(count), np.zeros(count)
    for function, first, second, output in setup:
        memory[output] = function(memory[first], memory[second])
    if learn or _carries(program[1]):
        inputs, labels = np.swapaxes(given.inputs, 0, 1), given.labels.T
        for i in range(examples):
            memory[FEATURES], memory[LABEL] = inputs[i], hidden
            for function, first, second, output in predict:
                memory[output] = function(memory[first], memory[second])
            memory[LABEL] = labels[i]
            for function, first, second, output in learn:
                memory[output] = function(memory[first], memory[second])
    many = [array[:, np.newaxis] for array in memory]
    many[FEATURES], many[LABEL] = given.unseen_inputs, hidden[:, np.newaxis]
    for function, first, second, output in predict:
        many[output] = function(many[first], many[second])
    return np.broadcast_to(many[PREDICTION], given.unseen_labels.shape)


def fitnesses(program: Program, given: Tasks) -> NDArray:
    """1 - RMSE on each task's unseen examples, (K,): 1 is perfect, 0 what always saying 0 gets.

    -inf where a prediction is no number.
    """
    with np.errstate(all="ignore"):
        off = predictions(program, given) - given.unseen_labels
        fit = 1 - np.sqrt((off * off).mean(axis=1))
    return np.where(np.isfinite(fit), fit, -np.inf)


def fitness(program: Program, given: Tasks) -> float:
    """The mean of `fitnesses`.

    >>> round(fitness(((), (), ()), tasks(8, 4, 4000, seed=1)), 1) + 0.0
    0.0
    """
    return float(fitnesses(program, given).mean())


def _ready(body: Sequence[Instruction]) -> list[tuple[Any, int, int, int]]:
    """Functions of two arrays, and the places of both and of the result."""
    ready: list[tuple[Any, int, int, int]] = []
    for line in body:
        function = OPERATIONS[line.operation].compute
        if not OPERATIONS[line.operation].takes:
            value = line.constant
            ready.append(((lambda a, _, c=value: np.full(a.shape, c)), LABEL, LABEL, line.output))
        else:
            ready.append((function, line.first, max(line.second, 0), line.output))
    return ready
