"""Programs of three functions, setup, predict and learn, that work on one small memory.

The memory has scalars s0 ..., vectors v0 ... and matrices m0 ...; s0 is the label, s1 the
prediction, v0 the features (Real et al. 2020, section 3.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.operations import OPERATIONS, operation_named

__all__ = [
    "EMPTY",
    "FUNCTIONS",
    "LABEL",
    "PLACES",
    "PREDICTION",
    "Instruction",
    "Program",
    "decoded",
    "effective",
    "effective_places",
    "encoded",
    "instruction",
    "lines",
    "written",
]

FUNCTIONS = ("setup", "predict", "learn")
#: Every place of the memory, by name; an instruction holds their numbers.
PLACES = ("s0", "s1", "s2", "s3", "v0", "v1", "v2", "m0", "m1")
LABEL, PREDICTION, FEATURES = (PLACES.index(name) for name in ("s0", "s1", "v0"))


class Instruction(NamedTuple):
    """A line: an operation's place in OPERATIONS, its inputs' and its output's in PLACES.

    Inputs that the operation does not take are -1; constant is 0 where there is none.
    """

    operation: int
    first: int
    second: int
    output: int
    constant: float


#: The instructions of setup, of predict, of learn.
Program = tuple[tuple[Instruction, ...], tuple[Instruction, ...], tuple[Instruction, ...]]
EMPTY: Program = ((), (), ())


def instruction(output: str, operation: str, *inputs: str, constant: float = 0.0) -> Instruction:
    """A line by its names; UsageError where kinds do not fit.

    >>> written(instruction("s1", "dot", "v0", "v1"))
    's1 = dot(v0, v1)'
    """
    place = operation_named(operation)
    wanted = OPERATIONS[place]
    for name in (output, *inputs):
        if name not in PLACES:
            raise UsageError(f"{name!r} is no place of the memory", f"there are {PLACES}")
    if "".join(name[0] for name in inputs) != wanted.takes or output[0] != wanted.gives:
        raise UsageError(
            f"{output} = {operation} of {inputs}", f"it takes {wanted.takes!r} to {wanted.gives!r}"
        )
    numbers = [PLACES.index(name) for name in inputs] + [-1, -1]
    return Instruction(place, numbers[0], numbers[1], PLACES.index(output), constant)


def written(line: Instruction) -> str:
    """An instruction as a line of code."""
    inputs = [PLACES[place] for place in (line.first, line.second) if place >= 0]
    right = OPERATIONS[line.operation].written.format(*inputs, c=f"{line.constant:.3g}")
    return f"{PLACES[line.output]} = {right}"


def lines(program: Program) -> list[tuple[str, list[str]]]:
    """Each function's name and its lines of code."""
    return [
        (name, [written(line) for line in body])
        for name, body in zip(FUNCTIONS, program, strict=True)
    ]


def effective(program: Program) -> Program:
    """Only the instructions that can have an effect on a prediction, in their order.

    What is kept is found backwards from s1, around the loop of predict and learn until nothing
    changes. The label and the features are given anew for each example.

    >>> idle = instruction("s2", "sin", "s3")
    >>> effective(((idle,), (), ()))
    ((), (), ())
    """
    places = effective_places(program)
    return tuple(  # type: ignore[return-value]
        tuple(line for i, line in enumerate(body) if (f, i) in places)
        for f, body in enumerate(program)
    )


def effective_places(program: Program) -> set[tuple[int, int]]:
    """Function and line of each instruction that `effective` keeps."""
    setup, predict, learn = program
    again = 0  # what predict reads before it writes, as learn leaves it
    while True:
        kept_learn, needed = _needed(learn, again & ~(1 << FEATURES) & ~(1 << LABEL))
        wanted = needed & ~(1 << LABEL) | 1 << PREDICTION
        kept_predict, before = _needed(predict, wanted)
        before &= ~(1 << FEATURES) & ~(1 << LABEL)
        if before | again == again:
            break
        again |= before
    kept_setup, _ = _needed(setup, again)
    kept = (kept_setup, kept_predict, kept_learn)
    return {(f, i) for f, rows in enumerate(kept) for i in rows}


def _needed(body: Sequence[Instruction], wanted: int) -> tuple[list[int], int]:
    """The lines that a set of places (a bit each) comes from, and the places they come from."""
    kept = []
    for i in reversed(range(len(body))):
        line = body[i]
        if wanted >> line.output & 1:
            wanted &= ~(1 << line.output)
            for place in (line.first, line.second):
                if place >= 0:
                    wanted |= 1 << place
            kept.append(i)
    return kept, wanted


def encoded(programs: Sequence[Program]) -> dict[str, NDArray]:
    """Programs as arrays, to be kept: codes (k, 4), constants (k,), lengths (programs, 3)."""
    every = [line for program in programs for body in program for line in body]
    return {
        "codes": np.array([line[:4] for line in every], np.int8).reshape(-1, 4),
        "constants": np.array([line.constant for line in every]),
        "lengths": np.array([[len(body) for body in program] for program in programs], np.int8),
    }


def decoded(codes: NDArray, constants: NDArray, lengths: NDArray) -> list[Program]:
    """Programs of arrays as `encoded` makes them.

    >>> program = ((), (instruction("s1", "dot", "v0", "v1"),), ())
    >>> decoded(**encoded([program])) == [program]
    True
    """
    every = iter(
        Instruction(operation, first, second, output, constant)
        for (operation, first, second, output), constant in zip(
            codes.tolist(), constants.tolist(), strict=True
        )
    )
    return [tuple(tuple(next(every) for _ in range(n)) for n in row) for row in lengths]  # type: ignore[misc]
