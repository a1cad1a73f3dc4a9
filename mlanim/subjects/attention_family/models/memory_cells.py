"""A plain, a gated and a long short-term recurrent cell over batches, with backpropagation in time.

A memory of d numbers is a plain RNN's or a GRU's hidden state; an LSTM's memory is its hidden state
and its cell state, one behind the other. Row vectors: x (B, e) @ weights (e, d).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlanim.models.gru import sigmoid

__all__ = ["CELLS", "CellRun", "Kind", "Parameters", "run_back", "run_cell", "start_cell"]

Kind = Literal["rnn", "gru", "lstm"]
Parameters = dict[str, NDArray]

CELLS: tuple[Kind, ...] = ("rnn", "lstm", "gru")
_GATES = {"rnn": 1, "gru": 3, "lstm": 4}


@dataclass(frozen=True, eq=False)
class CellRun:
    """What T steps over a batch of B computed.

    inputs: (T, B, e). states: (T + 1, B, d), the first is what it began with. cells: the same of an
    LSTM. gates: (T, B, g d), after their sigmoid or tanh. recalled: (T, B, d), of a GRU: U h before
    the reset gate.
    """

    kind: Kind
    inputs: NDArray
    states: NDArray
    cells: NDArray | None
    gates: NDArray
    recalled: NDArray | None


def start_cell(
    kind: Kind, inputs: int, hidden: int, random: np.random.Generator, *, keeps: float = 1.0
) -> Parameters:
    """Weights drawn from ±1 / sqrt(d), as PyTorch's are; biases 0, but `keeps` for forget gates.

    That of the forget gate: Jozefowicz et al. 2015. A GRU's update gate has it too: it is the
    share that is kept.
    """
    reach = 1 / np.sqrt(hidden)
    wide = _GATES[kind] * hidden
    bias = np.zeros(wide)
    if kind != "rnn":
        bias[hidden : 2 * hidden] = keeps
    return {
        "input": random.uniform(-reach, reach, (inputs, wide)),
        "state": random.uniform(-reach, reach, (hidden, wide)),
        "bias": bias,
    }


def run_cell(
    kind: Kind, weights: Parameters, inputs: NDArray, first: NDArray | None = None
) -> CellRun:
    """Feed inputs (T, B, e), step by step, from a first hidden state (B, d) or zeros.

    rnn   h' = tanh(W x + U h + b)                                 (Elman 1990)
    lstm  i, f, g, o in this order, as `mlanim.models.lstm`        (Hochreiter, Schmidhuber 1997)
    gru   r, z, n in this order: h' = (1 - z) n + z h, n = tanh(W x + b + r (U h))
                                                                   (Cho et al. 2014)

    >>> zeros = {"input": np.zeros((1, 2)), "state": np.zeros((2, 2)), "bias": np.zeros(2)}
    >>> run_cell("rnn", zeros, np.ones((3, 1, 1))).states.shape
    (4, 1, 2)
    """
    steps, batch = inputs.shape[:2]
    hidden = len(weights["state"])
    states = np.zeros((steps + 1, batch, hidden))
    if first is not None:
        states[0] = first
    cells = np.zeros_like(states) if kind == "lstm" else None
    gates = inputs @ weights["input"] + weights["bias"]
    recalled = np.zeros((steps, batch, hidden)) if kind == "gru" else None
    for t in range(steps):
        before, gate = states[t], gates[t]
        memory = before @ weights["state"]
        if kind == "rnn":
            gate[:] = np.tanh(gate + memory)
            states[t + 1] = gate
        elif cells is not None:
            gate += memory
            i, f, g, o = (gate[:, k * hidden : (k + 1) * hidden] for k in range(4))
            i[:], f[:], g[:], o[:] = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
            cells[t + 1] = f * cells[t] + i * g
            states[t + 1] = o * np.tanh(cells[t + 1])
        elif recalled is not None:
            both = slice(0, 2 * hidden)
            gate[:, both] = sigmoid(gate[:, both] + memory[:, both])
            r, z, n = (gate[:, k * hidden : (k + 1) * hidden] for k in range(3))
            recalled[t] = memory[:, 2 * hidden :]
            n[:] = np.tanh(n + r * recalled[t])
            states[t + 1] = (1 - z) * n + z * before
    return CellRun(kind, inputs, states, cells, gates, recalled)


def run_back(
    weights: Parameters, run: CellRun, by_states: NDArray
) -> tuple[Parameters, NDArray, NDArray]:
    """Backpropagation through time (Werbos 1990).

    by_states: (T, B, d), the gradient of a number by the state after each step, as far as it is
    used directly. Gives the gradients by the weights, by the inputs (T, B, e), and by the memory
    (T + 1, B, d or 2 d) after each step: through all that was computed from it.
    """
    steps, batch, hidden = by_states.shape
    by_gates = np.zeros_like(run.gates)
    by_state = np.zeros((batch, hidden))
    by_cell = np.zeros((batch, hidden))
    by_recalled = np.zeros((steps, batch, hidden))
    held = 2 * hidden if run.cells is not None else hidden
    by_memory = np.zeros((steps + 1, batch, held))
    matrix = weights["state"].T
    for t in reversed(range(steps)):
        by_state = by_state + by_states[t]
        by_memory[t + 1, :, :hidden] = by_state
        by_memory[t + 1, :, hidden:] = by_cell[:, : held - hidden]
        gate, by_gate = run.gates[t], by_gates[t]
        parts = [gate[:, k * hidden : (k + 1) * hidden] for k in range(_GATES[run.kind])]
        if run.kind == "rnn":
            by_gate[:] = by_state * (1 - gate * gate)
            by_state = by_gate @ matrix
        elif run.cells is not None:
            i, f, g, o = parts
            shown = np.tanh(run.cells[t + 1])
            by_cell = by_cell + by_state * o * (1 - shown * shown)
            by_gate[:] = np.concatenate(
                [
                    by_cell * g * i * (1 - i),
                    by_cell * run.cells[t] * f * (1 - f),
                    by_cell * i * (1 - g * g),
                    by_state * shown * o * (1 - o),
                ],
                axis=1,
            )
            by_cell = by_cell * f
            by_state = by_gate @ matrix
        elif run.recalled is not None:
            r, z, n = parts
            before = run.states[t]
            by_sum = by_state * (1 - z) * (1 - n * n)
            by_recalled[t] = by_sum * r
            by_gate[:] = np.concatenate(
                [
                    by_sum * run.recalled[t] * r * (1 - r),
                    by_state * (before - n) * z * (1 - z),
                    by_sum,
                ],
                axis=1,
            )
            into = np.concatenate([by_gate[:, : 2 * hidden], by_recalled[t]], axis=1)
            by_state = by_state * z + into @ matrix
    by_memory[0, :, :hidden] = by_state
    by_memory[0, :, hidden:] = by_cell[:, : held - hidden]
    into_state = by_gates
    if run.kind == "gru":
        into_state = np.concatenate([by_gates[:, :, : 2 * hidden], by_recalled], axis=2)
    gradients = {
        "input": _summed(run.inputs, by_gates),
        "state": _summed(run.states[:-1], into_state),
        "bias": by_gates.sum(axis=(0, 1)),
    }
    return gradients, by_gates @ weights["input"].T, by_memory


def _summed(left: NDArray, right: NDArray) -> NDArray:
    """left^T right, added up over steps and batch."""
    return left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1])
