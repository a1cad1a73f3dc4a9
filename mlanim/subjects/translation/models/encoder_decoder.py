"""An encoder-decoder for translation, small enough to be drawn whole.

The encoder is one recurrent cell, read from left to right; its last memory is the decoder's first.
At each word the decoder's state is scored against all encoder states, their weighted sum is the
context, context and state go side by side through a tanh layer, and that gives a score for each
known word (Luong et al. 2015, section 3, for both kinds of score; nothing is fed back but the word
that was said).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.attention import AdditiveScore, GeneralScore, Score, attend
from mlanim.models.gru import gru_step
from mlanim.models.lstm import lstm_step
from mlanim.models.recurrence import CellStep, CellWeights, Memory, StepFunction, run
from mlanim.models.weights import load_arrays

__all__ = ["ATTENTIONS", "CELLS", "DecoderStep", "Seq2SeqModel", "load_model"]

CELLS = ("gru", "lstm")
ATTENTIONS = ("none", "bahdanau", "luong")


@dataclass(frozen=True)
class DecoderStep:
    """What one step of the decoder computed; shapes as the rows of `Trace`."""

    recurrent: CellStep
    scores: NDArray
    weights: NDArray
    context: NDArray
    concatenated: NDArray
    attentional: NDArray
    logits: NDArray


@dataclass(frozen=True)
class Seq2SeqModel:
    """A trained model: its words, its two embeddings, two cells, its score and two layers."""

    cell: str
    attention: str
    source_words: tuple[str, ...]
    target_words: tuple[str, ...]
    source_embedding: NDArray  # (known source words, e)
    target_embedding: NDArray  # (V, e)
    encoder: CellWeights
    decoder: CellWeights
    score: Score | None  # None: no attention, the context is the last hidden state
    combine_weights: NDArray  # (d, 2d)
    combine_bias: NDArray  # (d,)
    output_weights: NDArray  # (V, d)
    output_bias: NDArray  # (V,)

    @property
    def hidden_size(self) -> int:
        """d, the length of a hidden state."""
        return self.encoder.hidden_size

    @property
    def embedding_size(self) -> int:
        """e, the length of a word's vector."""
        return self.source_embedding.shape[1]

    @property
    def step(self) -> StepFunction:
        """The function that computes one step of either cell."""
        return gru_step if self.cell == "gru" else lstm_step

    @cached_property
    def source_index(self) -> Mapping[str, int]:
        """Source words to their row in `source_embedding`."""
        return {word: index for index, word in enumerate(self.source_words)}

    def encode(self, embeddings: NDArray) -> list[CellStep]:
        """Word vectors (n, e) to the encoder's n steps."""
        return run(self.step, self.encoder, embeddings, self.encoder.blank())

    def decode(self, word: int, memory: Memory, states: NDArray) -> DecoderStep:
        """The word said last, the memory before it and encoder states (n, d) to the next word."""
        recurrent = self.step(self.decoder, self.target_embedding[word], memory)
        state = recurrent.memory.state
        if self.score is None:
            scores = weights = np.zeros(0, dtype=state.dtype)
            context = states[-1]
        else:
            scores = self.score(state, states)
            weights, context = attend(scores, states)
        concatenated = np.concatenate([context, state])
        attentional = np.tanh(self.combine_weights @ concatenated + self.combine_bias)
        logits = self.output_weights @ attentional + self.output_bias
        return DecoderStep(recurrent, scores, weights, context, concatenated, attentional, logits)


def load_model(cell: str = "gru", attention: str = "bahdanau") -> Seq2SeqModel:
    """One of the six trained models. UsageError for a cell or attention that there is not.

    >>> model = load_model(cell="gru", attention="bahdanau")
    >>> len(model.target_words) == len(model.output_bias)
    True
    """
    for name, given, allowed in (("cell", cell, CELLS), ("attention", attention, ATTENTIONS)):
        if given not in allowed:
            raise UsageError(f"no {name} {given!r}", did_you_mean(str(given), allowed))
    arrays = load_arrays(__package__, f"{cell}-{attention}")
    score: Score | None = None
    if attention == "bahdanau":
        score = AdditiveScore(
            arrays["query.weight"], arrays["key.weight"], arrays["energy.weight"][0]
        )
    if attention == "luong":
        score = GeneralScore(arrays["general.weight"])
    parts = ("input_weights", "state_weights", "input_bias", "state_bias")
    return Seq2SeqModel(
        cell=cell,
        attention=attention,
        source_words=tuple(arrays["source_words"].tolist()),
        target_words=tuple(arrays["target_words"].tolist()),
        source_embedding=arrays["source_embedding.weight"],
        target_embedding=arrays["target_embedding.weight"],
        encoder=CellWeights(*(arrays[f"encoder.{part}"] for part in parts)),
        decoder=CellWeights(*(arrays[f"decoder.{part}"] for part in parts)),
        score=score,
        combine_weights=arrays["combine.weight"],
        combine_bias=arrays["combine.bias"],
        output_weights=arrays["output.weight"],
        output_bias=arrays["output.bias"],
    )
