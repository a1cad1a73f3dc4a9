"""Four networks that read a sequence and tell the name: three recurrent, one that attends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.softmax import softmax
from mlanim.subjects.attention_family.models.memory_cells import (
    CELLS,
    Kind,
    Parameters,
    run_back,
    run_cell,
    start_cell,
)
from mlanim.subjects.attention_family.models.recall_task import NAMES, WORDS

__all__ = ["HIDDEN", "READERS", "Reader", "cross_entropy"]

HIDDEN = 24
_EMBEDDED = 12
_KEEPS = 2.0  # of gates, at first: sigmoid(2) is 0.88

Batch = tuple[NDArray, NDArray]


def cross_entropy(logits: NDArray, right: NDArray) -> tuple[float, NDArray]:
    """The mean loss in nats of logits (B, n) for the right ones (B,), and its gradient (B, n)."""
    shares = softmax(logits)
    rows = np.arange(len(right))
    loss = -float(np.mean(np.log(shares[rows, right] + 1e-300)))
    shares[rows, right] -= 1
    return loss, shares / len(right)


@dataclass(frozen=True)
class Reader:
    """A network by its kind: "rnn", "lstm", "gru", or "attention".

    Recurrent: word vectors, the cell, and the last hidden state tells the name. Attention: the last
    word asks (W q), every word answers (W k), and the mix of what they bear (W v) tells the name;
    scores divided by sqrt(d), no positions (Vaswani et al. 2017, equation 1).
    """

    kind: str

    def start(self, seed: int) -> Parameters:
        """Weights before training."""
        random = np.random.default_rng(seed)
        words = {"words": random.normal(0, 1, (len(WORDS), _EMBEDDED))}
        out = {"out": random.normal(0, HIDDEN**-0.5, (HIDDEN, len(NAMES)))}
        if self.kind == "attention":
            size = (_EMBEDDED, HIDDEN)
            maps = {n: random.normal(0, _EMBEDDED**-0.5, size) for n in ("query", "key", "value")}
            return words | maps | out
        return words | start_cell(self.cell, _EMBEDDED, HIDDEN, random, keeps=_KEEPS) | out

    @property
    def cell(self) -> Kind:
        """The cell of a recurrent one."""
        return next(kind for kind in CELLS if kind == self.kind)

    def logits(self, weights: Parameters, words: NDArray) -> NDArray:
        """Words (T, B) to a score for each name, (B, names)."""
        vectors = weights["words"][words]
        if self.kind == "attention":
            return self._attend(weights, vectors)[0]
        return run_cell(self.cell, weights, vectors).states[-1] @ weights["out"]

    def gradient(self, weights: Parameters, batch: Batch) -> tuple[float, Parameters]:
        """Cross-entropy of a batch, and its gradient by all weights."""
        words, names = batch
        loss, gradients, _ = self._back(weights, words, lambda out: cross_entropy(out, names))
        return loss, gradients

    def accuracy(self, weights: Parameters, batch: Batch) -> float:
        """The share of names told right."""
        return float((self.logits(weights, batch[0]).argmax(axis=1) == batch[1]).mean())

    def gradient_norms(self, weights: Parameters, batch: Batch) -> NDArray:
        """How much of the answer's gradient is left at each step: norms (T, B).

        Of the right name's score: by the memory after each step; of attention, by each word's
        vector. For an LSTM the memory is both of its states.
        """
        words, names = batch

        def of_the_right(logits: NDArray) -> tuple[float, NDArray]:
            return 0.0, np.eye(logits.shape[1])[names]

        by = self._back(weights, words, of_the_right)[2]
        return np.linalg.norm(by, axis=2)

    def attention_weights(self, weights: Parameters, words: NDArray) -> NDArray:
        """How much the question looks at each word, (T, B); each column sums to 1."""
        return self._attend(weights, weights["words"][words])[1].T

    def _back(self, weights: Parameters, words: NDArray, loss_of) -> tuple:
        """Loss, gradients by the weights, gradients (T, B, d) by the memory after each step."""
        vectors = weights["words"][words]
        if self.kind == "attention":
            return self._attend_back(weights, words, vectors, loss_of)
        run = run_cell(self.cell, weights, vectors)
        loss, by_logits = loss_of(run.states[-1] @ weights["out"])
        by_states = np.zeros_like(run.states[1:])
        by_states[-1] = by_logits @ weights["out"].T
        gradients, by_vectors, by_memory = run_back(weights, run, by_states)
        gradients["out"] = run.states[-1].T @ by_logits
        gradients["words"] = _by_words(words, by_vectors)
        return loss, gradients, by_memory[1:]

    @staticmethod
    def _attend(weights: Parameters, vectors: NDArray) -> tuple[NDArray, NDArray, NDArray, NDArray]:
        """Logits, weights (B, T), keys and values (T, B, d)."""
        query = vectors[-1] @ weights["query"]
        keys, values = vectors @ weights["key"], vectors @ weights["value"]
        shares = softmax(np.einsum("bd,tbd->bt", query, keys) / np.sqrt(HIDDEN))
        return np.einsum("bt,tbd->bd", shares, values) @ weights["out"], shares, keys, values

    def _attend_back(self, weights: Parameters, words: NDArray, vectors: NDArray, loss_of) -> tuple:
        logits, shares, keys, values = self._attend(weights, vectors)
        query = vectors[-1] @ weights["query"]
        context = np.einsum("bt,tbd->bd", shares, values)
        loss, by_logits = loss_of(logits)
        by_context = by_logits @ weights["out"].T
        by_values = np.einsum("bt,bd->tbd", shares, by_context)
        by_shares = np.einsum("tbd,bd->bt", values, by_context)
        by_scores = shares * (by_shares - (shares * by_shares).sum(axis=1, keepdims=True))
        by_scores /= np.sqrt(HIDDEN)
        by_query = np.einsum("bt,tbd->bd", by_scores, keys)
        by_keys = np.einsum("bt,bd->tbd", by_scores, query)
        by_vectors = by_keys @ weights["key"].T + by_values @ weights["value"].T
        by_vectors[-1] += by_query @ weights["query"].T
        gradients = {
            "query": vectors[-1].T @ by_query,
            "key": np.einsum("tbe,tbd->ed", vectors, by_keys),
            "value": np.einsum("tbe,tbd->ed", vectors, by_values),
            "out": context.T @ by_logits,
            "words": _by_words(words, by_vectors),
        }
        return loss, gradients, by_vectors


def _by_words(words: NDArray, by_vectors: NDArray) -> NDArray:
    """Gradients of vectors (T, B, e), added up for each word of the list."""
    known = np.eye(len(WORDS))[words.ravel()]
    return known.T @ by_vectors.reshape(-1, by_vectors.shape[-1])


#: Those that are shipped, in the order in which they are told.
READERS = {kind: Reader(kind) for kind in (*CELLS, "attention")}
