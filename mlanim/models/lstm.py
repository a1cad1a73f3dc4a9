"""The long short-term memory: a cell state that three gates write, forget and show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.models.gru import sigmoid
from mlanim.models.recurrence import CellStep, CellWeights, Memory

__all__ = ["GATES", "lstm_step"]

GATES = ("input", "forget", "candidate", "output")


def lstm_step(weights: CellWeights, inputs: NDArray, memory: Memory) -> CellStep:
    """One step of an LSTM: input (e,), hidden state h and cell state C (d,) to the next two.

        input i, forget f, output o = sigmoid(W x + b + U h + c)
        candidate g                 = tanh(W x + b + U h + c)
        next C                      = f * C + i * g
        next h                      = o * tanh(next C)

    Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000. The gates are stacked
    and named in the order of `GATES`.

    >>> weights = CellWeights(np.zeros((4, 1)), np.zeros((4, 1)), np.zeros(4), np.zeros(4))
    >>> step = lstm_step(weights, np.ones(1), Memory(state=np.zeros(1), cell=np.ones(1)))
    >>> step.gates["forget"].tolist(), step.memory.cell.tolist()
    ([0.5], [0.5])
    """
    stacked = (
        weights.input_weights @ inputs
        + weights.input_bias
        + weights.state_weights @ memory.state
        + weights.state_bias
    )
    write, forget, candidate, show = np.split(stacked, 4)
    write, forget, show = sigmoid(write), sigmoid(forget), sigmoid(show)
    candidate = np.tanh(candidate)
    cell = forget * memory.cell + write * candidate
    state = show * np.tanh(cell)
    return CellStep(
        Memory(state, cell), dict(zip(GATES, (write, forget, candidate, show), strict=True))
    )
