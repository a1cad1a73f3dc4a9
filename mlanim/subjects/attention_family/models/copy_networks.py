"""Three networks that copy a row of letters: without attention, with some, with nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.softmax import softmax
from mlanim.subjects.attention_family.models.memory_cells import (
    CellRun,
    Parameters,
    run_back,
    run_cell,
    start_cell,
)
from mlanim.subjects.attention_family.models.recall_networks import cross_entropy

__all__ = ["COPIERS", "LENGTHS", "LETTERS", "Copier", "copy_batch", "waves"]

LETTERS = "abcdefghijkl"
#: Shortest and longest row in training.
LENGTHS = (3, 14)
_WIDTH = 32
_SCALE = 1 / np.sqrt(_WIDTH)
_START = len(LETTERS)


def copy_batch(length: int, count: int, random: np.random.Generator) -> NDArray:
    """Letters (length, count), each drawn by chance; a row to copy is a column."""
    return random.integers(0, len(LETTERS), (length, count))


def waves(count: int) -> NDArray:
    """The positions' sines and cosines (count, d), Vaswani et al. 2017, section 3.5.

    >>> waves(2)[0, :4].tolist()
    [0.0, 1.0, 0.0, 1.0]
    """
    angles = np.arange(count)[:, None] / 10_000 ** (np.arange(0, _WIDTH, 2) / _WIDTH)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(count, _WIDTH)


@dataclass(frozen=True, eq=False)
class _Pass:
    """Memories (S, B, d) of what was read, asks (T, B, d), and what attention made of them."""

    reading: CellRun | None
    writing: CellRun | None
    memories: NDArray
    asks: NDArray
    shares: NDArray | None  # (B, T, S)
    joined: NDArray  # (T, B, d or 2 d)
    mixed: NDArray  # (T, B, d)


@dataclass(frozen=True)
class Copier:
    """kind: "none", "some" or "full"; all write a letter from the one before and what they hold.

    none  a GRU reads, another writes from its last state (Cho et al. 2014)
    some  the same, and each step of the writer looks at all states of the reader
          (Luong et al. 2015: the score of equation 8, second line, and equation 5)
    full  no recurrence: letters with their positions are looked at by letters with theirs
          (Vaswani et al. 2017, one head of equation 1)
    """

    kind: str

    def start(self, seed: int) -> Parameters:
        """Weights before training."""
        random = np.random.default_rng(seed)
        made = {"letters": random.normal(0, 1, (len(LETTERS) + 1, _WIDTH))}
        if self.kind != "full":
            for part in ("reader", "writer"):
                cell = start_cell("gru", _WIDTH, _WIDTH, random)
                made |= {f"{part}.{name}": array for name, array in cell.items()}
        if self.kind != "none":
            for name in ("query", "key"):
                made[name] = random.normal(0, _SCALE, (_WIDTH, _WIDTH))
        wide = _WIDTH if self.kind == "none" else 2 * _WIDTH
        made["mix"] = random.normal(0, wide**-0.5, (wide, _WIDTH))
        made["out"] = random.normal(0, _SCALE, (_WIDTH, len(LETTERS)))
        return made

    def gradient(self, weights: Parameters, letters: NDArray) -> tuple[float, Parameters]:
        """Cross-entropy of rows (T, B) with the right letter before each, and its gradient."""
        before = _before(letters)
        made = self._run(weights, letters, before)
        flat = made.mixed.reshape(-1, _WIDTH)
        loss, by_logits = cross_entropy(flat @ weights["out"], letters.ravel())
        gradients = {"out": flat.T @ by_logits}
        by_mixed = (by_logits @ weights["out"].T).reshape(made.mixed.shape)
        by_sum = by_mixed * (1 - made.mixed**2)
        gradients["mix"] = _product(made.joined, by_sum)
        by_joined = by_sum @ weights["mix"].T
        by_asks, by_memories = by_joined[..., :_WIDTH], np.zeros_like(made.memories)
        if made.shares is not None:
            by_context = by_joined[..., _WIDTH:]
            by_shares = np.einsum("tbd,sbd->bts", by_context, made.memories)
            by_memories = np.einsum("bts,tbd->sbd", made.shares, by_context)
            by_scores = made.shares * (
                by_shares - (made.shares * by_shares).sum(axis=2, keepdims=True)
            )
            by_scores *= _SCALE
            queries, keys = made.asks @ weights["query"], made.memories @ weights["key"]
            by_queries = np.einsum("bts,sbd->tbd", by_scores, keys)
            by_keys = np.einsum("bts,tbd->sbd", by_scores, queries)
            gradients["query"] = _product(made.asks, by_queries)
            gradients["key"] = _product(made.memories, by_keys)
            by_asks = by_asks + by_queries @ weights["query"].T
            by_memories = by_memories + by_keys @ weights["key"].T
        by_before, by_letters = by_asks, by_memories
        if made.reading is not None and made.writing is not None:
            parts, by_before, by_first = run_back(_cell(weights, "writer"), made.writing, by_asks)
            gradients |= {f"writer.{name}": array for name, array in parts.items()}
            by_memories[-1] += by_first[0]
            parts, by_letters, _ = run_back(_cell(weights, "reader"), made.reading, by_memories)
            gradients |= {f"reader.{name}": array for name, array in parts.items()}
        gradients["letters"] = _by_letter(before, by_before) + _by_letter(letters, by_letters)
        return loss, gradients

    def copied(self, weights: Parameters, letters: NDArray) -> NDArray:
        """What is written for rows (T, B), each letter from those that it has written itself."""
        written = np.full_like(letters, _START)
        for t in range(len(letters)):
            made = self._run(weights, letters, _before(written[: t + 1]))
            written[t] = (made.mixed[-1] @ weights["out"]).argmax(axis=1)
        return written

    def shares(self, weights: Parameters, letters: NDArray) -> NDArray:
        """How much each written letter looks at each that was read: (B, T, S), rows of sum 1."""
        made = self._run(weights, letters, _before(letters)).shares
        if made is None:
            raise ValueError("no attention, no shares")
        return made

    def _run(self, weights: Parameters, letters: NDArray, before: NDArray) -> _Pass:
        reading = writing = None
        read, asked = weights["letters"][letters], weights["letters"][before]
        if self.kind == "full":
            memories = read + waves(len(letters))[:, None]
            asks = asked + waves(len(before))[:, None]
        else:
            reading = run_cell("gru", _cell(weights, "reader"), read)
            writing = run_cell("gru", _cell(weights, "writer"), asked, reading.states[-1])
            memories, asks = reading.states[1:], writing.states[1:]
        shares, joined = None, asks
        if self.kind != "none":
            queries, keys = asks @ weights["query"], memories @ weights["key"]
            shares = softmax(np.einsum("tbd,sbd->bts", queries, keys) * _SCALE)
            joined = np.concatenate([asks, np.einsum("bts,sbd->tbd", shares, memories)], axis=2)
        mixed = np.tanh(joined @ weights["mix"])
        return _Pass(reading, writing, memories, asks, shares, joined, mixed)


def _cell(weights: Parameters, part: str) -> Parameters:
    return {name: weights[f"{part}.{name}"] for name in ("input", "state", "bias")}


def _before(letters: NDArray) -> NDArray:
    """What stands before each letter: the start, then the others."""
    return np.vstack([np.full_like(letters[:1], _START), letters[:-1]])


def _product(left: NDArray, right: NDArray) -> NDArray:
    return left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1])


def _by_letter(letters: NDArray, by: NDArray) -> NDArray:
    return np.eye(len(LETTERS) + 1)[letters.ravel()].T @ by.reshape(-1, by.shape[-1])


COPIERS = {kind: Copier(kind) for kind in ("none", "some", "full")}
