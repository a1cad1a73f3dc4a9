"""What every recurrent cell has in common: weights, a memory, and one step after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["CellStep", "CellWeights", "Memory", "StepFunction", "run"]


@dataclass(frozen=True)
class CellWeights:
    """The weights of a cell with g gates, e inputs and d hidden units; gates are row blocks."""

    input_weights: NDArray  # (g·d, e)
    state_weights: NDArray  # (g·d, d)
    input_bias: NDArray  # (g·d,)
    state_bias: NDArray  # (g·d,)

    @property
    def hidden_size(self) -> int:
        """d, the number of hidden units."""
        return self.state_weights.shape[1]

    def blank(self) -> Memory:
        """The memory before the first word: zeros."""
        zeros = np.zeros(self.hidden_size, dtype=self.state_weights.dtype)
        return Memory(state=zeros, cell=zeros)


@dataclass(frozen=True)
class Memory:
    """What a cell hands to its next step: hidden state (d,) and, for an LSTM, cell state (d,)."""

    state: NDArray
    cell: NDArray


@dataclass(frozen=True)
class CellStep:
    """One step: the memory after it, and the values of the gates (each (d,)) that made it."""

    memory: Memory
    gates: Mapping[str, NDArray]


class StepFunction(Protocol):
    """`gru_step` or `lstm_step`."""

    def __call__(self, weights: CellWeights, inputs: NDArray, memory: Memory) -> CellStep:
        """One input (e,) and the memory before it to the step that follows."""
        ...


def run(
    step: StepFunction, weights: CellWeights, inputs: Iterable[NDArray], memory: Memory
) -> list[CellStep]:
    """Feed inputs (each (e,)) one by one: the unrolled network.

    >>> from mlanim.models.gru import gru_step
    >>> zeros = CellWeights(np.zeros((6, 3)), np.zeros((6, 2)), np.zeros(6), np.zeros(6))
    >>> steps = run(gru_step, zeros, np.ones((4, 3)), zeros.blank())
    >>> len(steps), steps[-1].memory.state.tolist()
    (4, [0.0, 0.0])
    """
    steps = []
    for vector in inputs:
        steps.append(step(weights, vector, memory))
        memory = steps[-1].memory
    return steps
