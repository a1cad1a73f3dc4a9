"""The gated recurrent unit: a reset gate and an update gate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.models.recurrence import CellStep, CellWeights, Memory

__all__ = ["GATES", "gru_step", "sigmoid"]

GATES = ("reset", "update", "candidate")


def sigmoid(values: NDArray) -> NDArray:
    """1 / (1 + exp(-x)), written with tanh so that it cannot overflow.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    return 0.5 * (np.tanh(0.5 * values) + 1)


def gru_step(weights: CellWeights, inputs: NDArray, memory: Memory) -> CellStep:
    """One step of a GRU: input (e,) and hidden state h (d,) to the next hidden state (d,).

        reset r, update z = sigmoid(W x + b + U h + c)
        candidate         = tanh(W x + b + r * (U h + c))
        next h            = (1 - z) * candidate + z * h

    Cho et al. 2014 (arXiv 1406.1078), equations 5 to 8, with the reset after the product U h, as
    cuDNN and PyTorch compute it. The gates are named as in `GATES`. The memory's cell state stays
    as it is.

    >>> weights = CellWeights(np.eye(3), np.zeros((3, 1)), np.zeros(3), np.zeros(3))
    >>> step = gru_step(weights, np.array([0.0, 0.0, 9.0]), Memory(np.ones(1), np.zeros(1)))
    >>> step.gates["update"].tolist(), step.memory.state.round(3).tolist()
    ([0.5], [1.0])
    """
    from_input = weights.input_weights @ inputs + weights.input_bias
    from_state = weights.state_weights @ memory.state + weights.state_bias
    input_reset, input_update, input_candidate = np.split(from_input, 3)
    state_reset, state_update, state_candidate = np.split(from_state, 3)
    reset = sigmoid(input_reset + state_reset)
    update = sigmoid(input_update + state_update)
    candidate = np.tanh(input_candidate + reset * state_candidate)
    state = (1 - update) * candidate + update * memory.state
    return CellStep(
        Memory(state, memory.cell), dict(zip(GATES, (reset, update, candidate), strict=True))
    )
