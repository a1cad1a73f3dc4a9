"""Mixture of experts: a router sends each token to a few of several small networks.

Shazeer et al. 2017, "Outrageously large neural networks", arXiv 1701.06538, equations 1 to 5
(without the noise); Fedus et al. 2021, "Switch transformers", arXiv 2101.03961, equations 4 to 6
(the loss that balances the load).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.softmax import softmax
from mlanim.subjects.modern_attention.models.learned_arrays import learned_arrays

__all__ = [
    "ExpertLayer",
    "Routed",
    "load_balance",
    "load_experts",
    "token_inputs",
    "top_gates",
    "unseen_text",
]


@dataclass(frozen=True)
class Routed:
    """What a layer of N experts did with T tokens."""

    inputs: NDArray  # (T, d)
    scores: NDArray  # (T, N): of the router
    shares: NDArray  # (T, N): their softmax over all experts
    kept: NDArray  # (T, N) bool: the best k of each token
    gates: NDArray  # (T, N): softmax over those kept; the others are exactly 0
    hidden: NDArray  # (N, T, h): after the ReLU of each expert
    answers: NDArray  # (N, T, d): of each expert
    output: NDArray  # (T, d): inputs + gates times answers
    logits: NDArray  # (T, V)

    @property
    def load(self) -> NDArray:
        """The share of all k T places that each expert has, (N,); it sums to 1."""
        return self.kept.mean(axis=0) / self.kept.sum(axis=1).mean()


@dataclass(frozen=True)
class ExpertLayer:
    """A next-word model with N experts: two words in, of width d together.

    arrays: `before` and `current` (V, d / 2), `router` (N, d), `into` (N, d, h), `into_bias`
    (N, h), `back` (N, h, d), `back_bias` (N, d), `output` (V, d), `output_bias` (V,).
    """

    arrays: Mapping[str, NDArray]

    @property
    def experts(self) -> int:
        """How many there are."""
        return len(self.arrays["router"])

    def __call__(self, before: NDArray, current: NDArray, top_k: int) -> Routed:
        """The word before each token and the token itself, (T,) each, by their index."""
        a = self.arrays
        inputs = token_inputs(a, before, current)
        scores = inputs @ a["router"].T
        kept, gates = top_gates(scores, top_k)
        hidden = np.maximum(0, inputs @ a["into"] + a["into_bias"][:, None])
        answers = hidden @ a["back"] + a["back_bias"][:, None]
        output = inputs + np.einsum("tn,ntd->td", gates, answers)
        logits = output @ a["output"].T + a["output_bias"]
        return Routed(inputs, scores, softmax(scores), kept, gates, hidden, answers, output, logits)

    def read(self, words: Sequence[int] | NDArray, top_k: int) -> Routed:
        """A running text (T + 1,), each word but the first with the one before it."""
        text = np.asarray(words)
        return self(text[:-1], text[1:], top_k)


def token_inputs(arrays: Mapping[str, NDArray], before: NDArray, current: NDArray) -> NDArray:
    """Embeddings of two words, end to end, (T, d)."""
    return np.concatenate([arrays["before"][before], arrays["current"][current]], axis=1)


def top_gates(scores: NDArray, top_k: int) -> tuple[NDArray, NDArray]:
    """The best k of each row (bool), and softmax over them alone. Shazeer 2017, eqs. 3 and 5.

    >>> kept, gates = top_gates(np.array([[1.0, 3.0, 1.0]]), 1)
    >>> kept.tolist(), gates.tolist()
    ([[False, True, False]], [[0.0, 1.0, 0.0]])
    """
    count = scores.shape[1]
    if not 1 <= top_k <= count:
        raise UsageError(f"the best {top_k} of {count} experts", f"give 1 to {count}")
    kept = np.zeros(scores.shape, bool)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :top_k]
    np.put_along_axis(kept, best, True, axis=1)
    return kept, softmax(scores, mask=kept)


def load_balance(routed: Routed) -> float:
    """N times the sum over experts of load times mean share: 1 where both are even.

    Fedus et al. 2021, equation 4, without its factor alpha.
    """
    return float(routed.kept.shape[1] * (routed.load * routed.shares.mean(axis=0)).sum())


def load_experts(*, balanced: bool = True) -> ExpertLayer:
    """As training/modern_attention/train_experts.py trained it, with or without the balance.

    >>> load_experts().experts
    4
    """
    arrays = learned_arrays("experts")
    start = "" if balanced else "unbalanced."
    names = ("before", "current", "router", "into", "into_bias", "back", "back_bias")
    return ExpertLayer({n: arrays[start + n] for n in (*names, "output", "output_bias")})


def unseen_text() -> NDArray:
    """Tales that were not trained on, as token indices (T,)."""
    return np.asarray(learned_arrays("experts")["unseen"], int)
