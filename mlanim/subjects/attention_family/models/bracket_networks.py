"""Three networks for the bracketed part: a window at a fixed place, attention, a learned window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.models.softmax import softmax
from mlanim.subjects.attention_family.models.bracket_task import (
    KINDS,
    LENGTH,
    LETTERS,
    SIGNS,
    BracketBatch,
)
from mlanim.subjects.attention_family.models.memory_cells import Parameters
from mlanim.subjects.attention_family.models.recall_networks import cross_entropy
from mlanim.subjects.attention_family.models.soft_window import (
    SoftWindow,
    back_to_scores,
    hard_window,
    soft_window,
)

__all__ = ["FINDERS", "FIXED", "Finder"]

_WIDTH = 16
_SCALE = 1 / np.sqrt(_WIDTH)
#: The fixed window: first place, and the one behind the last.
FIXED = (LENGTH // 2 - 4, LENGTH // 2 + 4)


@dataclass(frozen=True)
class Finder:
    """Signs have vectors (values); a mix of them tells the letter. The kinds differ in the mix:

    fixed      the same for each place of `FIXED`
    attention  a softmax of the question's product with each sign's key
    window     two such softmaxes are the edges of a `soft_window`
    """

    kind: str

    @property
    def looks(self) -> tuple[str, ...]:
        """What is asked of each sign."""
        return {"fixed": (), "attention": ("look",), "window": ("left", "right")}[self.kind]

    def start(self, seed: int) -> Parameters:
        """Weights before training."""
        random = np.random.default_rng(seed)
        made = {
            "values": random.normal(0, _SCALE, (len(SIGNS), _WIDTH)),
            "out": random.normal(0, _SCALE, (_WIDTH, len(LETTERS))),
        }
        for look in self.looks:
            made[f"{look}.query"] = random.normal(0, 1, (len(KINDS), _WIDTH))
            made[f"{look}.key"] = random.normal(0, 1, (len(SIGNS), _WIDTH))
        return made

    def scores(self, weights: Parameters, batch: BracketBatch, look: str) -> NDArray:
        """The question's products with each sign's key, divided by sqrt(d): (B, n)."""
        query = weights[f"{look}.query"][batch.questions]
        keys = weights[f"{look}.key"][batch.signs]
        return np.einsum("bd,bnd->bn", query, keys) * _SCALE

    def window(self, weights: Parameters, batch: BracketBatch) -> SoftWindow:
        """Both edges and what lies between, of a learned window."""
        left, right = (self.scores(weights, batch, look) for look in self.looks)
        return soft_window(left, right)

    def mix(self, weights: Parameters, batch: BracketBatch) -> NDArray:
        """What share each place has, (B, n); rows sum to 1."""
        if self.kind == "window":
            return self.window(weights, batch).weights
        if self.kind == "attention":
            return softmax(self.scores(weights, batch, "look"))
        fixed = np.zeros(batch.signs.shape)
        fixed[:, slice(*FIXED)] = 1 / (FIXED[1] - FIXED[0])
        return fixed

    def gradient(self, weights: Parameters, batch: BracketBatch) -> tuple[float, Parameters]:
        """Cross-entropy of a batch, and its gradient by all weights."""
        mix, values = self.mix(weights, batch), weights["values"][batch.signs]
        context = np.einsum("bn,bnd->bd", mix, values)
        loss, by_logits = cross_entropy(context @ weights["out"], batch.answers)
        by_context = by_logits @ weights["out"].T
        by_mix = np.einsum("bnd,bd->bn", values, by_context)
        gradients = {
            "out": context.T @ by_logits,
            "values": _by_row(batch.signs, mix[..., None] * by_context[:, None], len(SIGNS)),
        }
        by_scores: tuple[NDArray, ...] = ()
        if self.kind == "window":
            by_scores = back_to_scores(self.window(weights, batch), by_mix)
        elif self.kind == "attention":
            by_scores = (mix * (by_mix - (mix * by_mix).sum(axis=1, keepdims=True)),)
        for look, by in zip(self.looks, by_scores, strict=True):
            query = weights[f"{look}.query"][batch.questions]
            keys = weights[f"{look}.key"][batch.signs]
            by_query = np.einsum("bn,bnd->bd", by, keys) * _SCALE
            by_key = by[..., None] * query[:, None] * _SCALE
            gradients[f"{look}.query"] = _by_row(batch.questions, by_query, len(KINDS))
            gradients[f"{look}.key"] = _by_row(batch.signs, by_key, len(SIGNS))
        return loss, gradients

    def answers(self, weights: Parameters, batch: BracketBatch, *, cut: bool = False) -> NDArray:
        """A probability for each letter, (B, letters); cut: through the hard window instead."""
        mix = self.mix(weights, batch)
        if cut:
            made = self.window(weights, batch)
            hard = hard_window(made.left, made.right)
            mix = hard / np.maximum(hard.sum(axis=1, keepdims=True), 1)
        context = np.einsum("bn,bnd->bd", mix, weights["values"][batch.signs])
        return softmax(context @ weights["out"])

    def accuracy(self, weights: Parameters, batch: BracketBatch, *, cut: bool = False) -> float:
        """The share of rows that are answered right."""
        told = self.answers(weights, batch, cut=cut).argmax(axis=1)
        return float((told == batch.answers).mean())


def _by_row(rows: NDArray, gradients: NDArray, count: int) -> NDArray:
    """Gradients of looked-up rows, added up for each row of the table."""
    known = np.eye(count)[rows.ravel()]
    return known.T @ gradients.reshape(-1, gradients.shape[-1])


FINDERS = {kind: Finder(kind) for kind in ("fixed", "attention", "window")}
