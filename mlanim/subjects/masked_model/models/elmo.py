"""A two-way LSTM language model whose layers are mixed: word vectors that depend on the sentence.

Peters et al. 2018 (arXiv 1802.05365), section 3; trained by training/masked_model/train_elmo.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.lstm import lstm_step
from mlanim.models.masked_model import read_words
from mlanim.models.recurrence import CellWeights, run
from mlanim.models.softmax import softmax
from mlanim.models.token_stack import read_tokens
from mlanim.models.weights import load_arrays

__all__ = ["ElmoTrace", "TwoWayModel", "load_elmo", "read_both_ways"]

WAYS = ("forward", "backward")


@dataclass(frozen=True)
class TwoWayModel:
    """Embeddings, two layers of LSTM a way, and how the layers are mixed for one task."""

    vocabulary: tuple[str, ...]
    token_embedding: NDArray  # (V, 2 h)
    cells: Mapping[str, tuple[CellWeights, ...]]  # by way
    mix: NDArray  # (3,): before the softmax
    scale: float  # gamma
    pleased: tuple[NDArray, NDArray]  # (2, 2 h) and (2,)


@dataclass(frozen=True)
class ElmoTrace:
    """One sentence of T words, read forward and backward; h hidden units a way."""

    tokens: tuple[str, ...]
    layers: NDArray  # (3, T, 2 h): the embeddings, then two layers, forward half first
    weights: NDArray  # (3,): of the layers, they sum to 1
    scale: float
    mixed: NDArray  # (T, 2 h): scale times the weighted sum (equation 1)
    logits: NDArray  # (2,): displeased, pleased
    probabilities: NDArray  # (2,)


def load_elmo() -> TwoWayModel:
    """The trained model.

    >>> len(load_elmo().cells["forward"])
    2
    """
    arrays = load_arrays(__package__, "elmo")
    parts = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    return TwoWayModel(
        vocabulary=tuple(arrays["vocabulary"].tolist()),
        token_embedding=arrays["token_embedding.weight"],
        cells={
            way: tuple(
                CellWeights(*(arrays[f"{way}_{layer}.{part}"] for part in parts))
                for layer in range(2)
            )
            for way in WAYS
        },
        mix=arrays["mix"],
        scale=float(arrays["scale"]),
        pleased=(arrays["pleased.weight"], arrays["pleased.bias"]),
    )


def read_both_ways(model: TwoWayModel, sentence: str) -> ElmoTrace:
    """Read a sentence; UsageError for an unknown word.

    >>> trace = read_both_ways(load_elmo(), "the song was lovely")
    >>> trace.layers.shape[:2], round(float(trace.weights.sum()), 6)
    ((3, 4), 1.0)
    """
    words = read_words(sentence)
    known = {word: i for i, word in enumerate(model.vocabulary)}
    embeddings = model.token_embedding[read_tokens(words, known)]
    halves = {way: _states(model.cells[way], embeddings, way) for way in WAYS}
    layers = np.stack(
        [
            embeddings,
            *(np.concatenate(pair, axis=1) for pair in zip(*halves.values(), strict=True)),
        ]
    )
    weights = softmax(model.mix)
    mixed = model.scale * np.tensordot(weights, layers, axes=1)
    logits = model.pleased[0] @ mixed.mean(axis=0) + model.pleased[1]
    return ElmoTrace(tuple(words), layers, weights, model.scale, mixed, logits, softmax(logits))


def _states(cells: tuple[CellWeights, ...], x: NDArray, way: str) -> list[NDArray]:
    """The states of each layer, in the order of the text."""
    order = slice(None) if way == "forward" else slice(None, None, -1)
    found, x = [], x[order]
    for cell in cells:
        x = np.stack([step.memory.state for step in run(lstm_step, cell, x, cell.blank())])
        found.append(x[order])
    return found
