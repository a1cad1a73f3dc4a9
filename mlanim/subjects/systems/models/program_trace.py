"""What every line of a program gives, example after example, on one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.systems.models.program import (
    FEATURES,
    LABEL,
    PREDICTION,
    Instruction,
    Program,
)
from mlanim.subjects.systems.models.program_run import Tasks, execute, new_memory

__all__ = ["Moment", "ProgramTrace", "traced"]


@dataclass(frozen=True)
class Moment:
    """One example: features (n,), label, what was predicted, and what each line gave.

    predict, learn: an array a line, of shape (), (n,) or (n, n). learn is empty where the label
    was not told.
    """

    features: NDArray
    label: float
    prediction: float
    predict: tuple[NDArray, ...]
    learn: tuple[NDArray, ...]


@dataclass(frozen=True)
class ProgramTrace:
    """setup: what each line gave. learned: the examples learned from. unseen: the others."""

    setup: tuple[NDArray, ...]
    learned: tuple[Moment, ...]
    unseen: tuple[Moment, ...]


def traced(program: Program, given: Tasks, task: int = 0) -> ProgramTrace:
    """Run a program on one of several tasks and keep all that its lines give.

    >>> from mlanim.subjects.systems.models.program import instruction
    >>> from mlanim.subjects.systems.models.program_run import tasks
    >>> program = ((), (instruction("s1", "dot", "v0", "v1"),), ())
    >>> trace = traced(program, tasks(2, 3, 2, seed=1))
    >>> len(trace.learned), float(trace.unseen[0].predict[0])
    (3, 0.0)
    """
    setup, predict, learn = program
    with np.errstate(all="ignore"):
        memory = new_memory(1)
        first = _lines(setup, memory)
        learned, unseen = [], []
        for x, y in zip(given.inputs[task], given.labels[task], strict=True):
            memory[FEATURES], memory[LABEL] = x[np.newaxis], np.zeros(1)
            said = _lines(predict, memory)
            predicted = float(memory[PREDICTION][0])
            memory[LABEL] = np.array([y])
            learned.append(Moment(x, float(y), predicted, said, _lines(learn, memory)))
        for x, y in zip(given.unseen_inputs[task], given.unseen_labels[task], strict=True):
            after = list(memory)
            after[FEATURES], after[LABEL] = x[np.newaxis], np.zeros(1)
            said = _lines(predict, after)
            unseen.append(Moment(x, float(y), float(after[PREDICTION][0]), said, ()))
    return ProgramTrace(first, tuple(learned), tuple(unseen))


def _lines(body: Sequence[Instruction], memory: list[NDArray]) -> tuple[NDArray, ...]:
    given = []
    for line in body:
        execute([line], memory)
        given.append(memory[line.output][0])
    return tuple(given)
