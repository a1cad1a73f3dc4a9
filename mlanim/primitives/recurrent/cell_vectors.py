"""The vectors inside one step of a GRU or LSTM, checked against its equations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlanim.errors import UsageError

__all__ = ["cell_vectors"]

_NEEDED = {
    "gru": ("reset", "update", "candidate"),
    "lstm": ("forget", "input", "candidate", "output"),
}


def cell_vectors(
    kind: str,
    gates: Mapping[str, Any],
    previous: Any,
    state: Any,
    previous_cell: Any = None,
    cell: Any = None,
) -> dict[str, np.ndarray]:
    """The vectors (d,) of one step by name, once the equations hold between them.

    >>> half = np.array([0.5])
    >>> gates = {"reset": half, "update": half, "candidate": half}
    >>> cell_vectors("gru", gates, previous=half, state=half)["state"].tolist()
    [0.5]
    """
    if kind not in _NEEDED:
        raise UsageError(f"{kind!r} has no gates to show", "allowed: gru, lstm")
    missing = [name for name in _NEEDED[kind] if name not in gates]
    if missing or (kind == "lstm" and (cell is None or previous_cell is None)):
        raise UsageError(
            f"the inside of a {kind.upper()} lacks {', '.join(missing) or 'its cell states'}",
            f"gates: {', '.join(_NEEDED[kind])}"
            + ("; cell, previous_cell" if kind == "lstm" else ""),
        )
    given = {**{name: gates[name] for name in _NEEDED[kind]}, "previous": previous, "state": state}
    if kind == "lstm":
        given |= {"cell": cell, "previous_cell": previous_cell}
    v = {name: np.asarray(vector, dtype=float) for name, vector in given.items()}
    if len({vector.shape for vector in v.values()}) > 1 or v["state"].ndim != 1:
        raise UsageError(
            "the vectors of a cell differ in shape: "
            + ", ".join(f"{name} {vector.shape}" for name, vector in v.items()),
            "all must be (d,)",
        )
    if kind == "gru":
        follows = [((1 - v["update"]) * v["candidate"] + v["update"] * v["previous"], v["state"])]
    else:
        cell_state = v["forget"] * v["previous_cell"] + v["input"] * v["candidate"]
        follows = [(cell_state, v["cell"]), (v["output"] * np.tanh(v["cell"]), v["state"])]
    if not all(np.allclose(computed, shown, atol=2e-3) for computed, shown in follows):
        raise UsageError(
            f"the new state is not what the gates of this {kind.upper()} make of the old one",
            "give gates, previous and state of the same step",
        )
    return v
