"""One step of an encoder: everything that its cell was given and computed for one word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.models.trace import Trace

__all__ = ["EncoderStep", "encoder_step"]


@dataclass(frozen=True)
class EncoderStep:
    """Word t of a sentence: its vector (e,), the hidden state before and after it (d,), the gates.

    The first word finds a state of zeros. A GRU has no cell state: both are None.
    """

    index: int
    word: str
    embedding: NDArray
    limit: float  # the greatest magnitude in the sentence's vectors
    before: NDArray
    after: NDArray
    gates: Mapping[str, NDArray]
    cell_before: NDArray | None
    cell_after: NDArray | None

    @property
    def outside(self) -> dict[str, Any]:
        """What a drawing of the closed cell needs."""
        return {
            "index": self.index,
            "before": self.before,
            "word": self.word,
            "vector": self.embedding,
            "limit": self.limit,
            "after": self.after,
        }

    @property
    def inside(self) -> dict[str, Any]:
        """What a drawing of the opened cell needs, by the names that the equations give it."""
        return {
            "gates": self.gates,
            "previous": self.before,
            "state": self.after,
            "previous_cell": self.cell_before,
            "cell": self.cell_after,
            "word": self.word,
        }


def encoder_step(trace: Trace, t: int) -> EncoderStep:
    """Step t of a translation's encoder, from 0 to n - 1."""
    nothing = np.zeros_like(trace.hidden_states[0])
    has_cell_state = trace.cell_states.shape[1] > 0
    return EncoderStep(
        t,
        trace.source_tokens[t],
        trace.source_embeddings[t],
        float(np.abs(trace.source_embeddings).max()),
        trace.hidden_states[t - 1] if t else nothing,
        trace.hidden_states[t],
        {name: values[t] for name, values in trace.encoder_gates.items()},
        (trace.cell_states[t - 1] if t else nothing) if has_cell_state else None,
        trace.cell_states[t] if has_cell_state else None,
    )
