"""Everything that a translation computed, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numpy.typing import NDArray

from mlanim.models.tokens import detokenise

__all__ = ["END", "START", "Trace"]

START, END = "<start>", "<end>"


@dataclass(frozen=True)
class Trace:
    """One translation of n source words to m target words.

    Sizes: e embedding, d hidden units, V target words that the model knows.

    Row t of the decoder's arrays belongs to `target_tokens[t]`, the word that comes out at step t.
    Without attention `scores` and `weights` have no columns, and every context is the last hidden
    state (Cho et al. 2014). A GRU has no cell state: `cell_states` and `decoder_cell_states` have
    no columns.
    """

    cell: str  # "gru" or "lstm"
    attention: str  # "none", "bahdanau" or "luong"

    source_tokens: tuple[str, ...]  # n words
    source_embeddings: NDArray  # (n, e)
    hidden_states: NDArray  # (n, d) of the encoder
    cell_states: NDArray  # (n, d)
    encoder_gates: Mapping[str, NDArray]  # each (n, d); names as in gru.GATES or lstm.GATES

    target_tokens: tuple[str, ...]  # m words, the last one "<end>"
    decoder_inputs: tuple[str, ...]  # m words: "<start>", then the target tokens before the last
    target_embeddings: NDArray  # (m, e) of the decoder's inputs
    decoder_states: NDArray  # (m, d)
    decoder_cell_states: NDArray  # (m, d)
    decoder_gates: Mapping[str, NDArray]  # each (m, d)
    scores: NDArray  # (m, n)
    weights: NDArray  # (m, n), each row sums to 1
    contexts: NDArray  # (m, d)
    concatenated: NDArray  # (m, 2d): context, then decoder state
    attentional: NDArray  # (m, d): tanh of the feed-forward layer on `concatenated`
    logits: NDArray  # (m, V)
    probabilities: NDArray  # (m, V), each row sums to 1
    log_probability: float  # of the whole translation

    @property
    def translation(self) -> str:
        """The target words as text, without "<end>"."""
        return detokenise(token for token in self.target_tokens if token != END)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The target words without "<end>"; a model without attention may say none."""
        return tuple(token for token in self.target_tokens if token != END)

    @property
    def ended(self) -> bool:
        """False when the model was stopped before it said "<end>" (without attention)."""
        return self.target_tokens[-1] == END
