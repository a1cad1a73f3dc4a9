"""One look of an attention decoder: everything that made one output word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.page_pass import PagePass
from mlanim.models.trace import Trace

__all__ = ["DecoderLook", "decoder_look", "look_passes"]


@dataclass(frozen=True)
class DecoderLook:
    """Output word t of a translation: n source words and states (n, d), what they weighed."""

    tokens: tuple[str, ...]
    states: NDArray  # (n, d) of the encoder
    scores: NDArray  # (n,)
    weights: NDArray  # (n,), sums to 1
    previous: str  # the word that went in
    state: NDArray  # (d,) of the decoder
    context: NDArray  # (d,)
    word: str  # the word that came out
    probability: float  # that the model gave it


def decoder_look(trace: Trace, t: int) -> DecoderLook:
    """Look t of a translation with attention, from 0 to m - 1."""
    return DecoderLook(
        trace.source_tokens,
        trace.hidden_states,
        trace.scores[t],
        trace.weights[t],
        trace.decoder_inputs[t],
        trace.decoder_states[t],
        trace.contexts[t],
        trace.target_tokens[t],
        float(trace.probabilities[t].max()),
    )


def look_passes(trace: Trace) -> dict[str, PagePass]:
    """What a page computes anew of the first look, by step; of no attention nothing."""
    if not np.size(trace.scores):
        return {}
    look = decoder_look(trace, 0)
    weighed = {"weights": look.weights, "vectors": look.states}
    return {
        "attention/softmax": PagePass("softmax", {"scores": look.scores}, look.tokens),
        "attention/weighted-sum": PagePass("weighted-sum", weighed, look.tokens),
    }
