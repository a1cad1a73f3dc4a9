"""How often a bundled model translates exactly, measured on sentences that it has not seen."""

from __future__ import annotations

from typing import Any

from mlanim.models.weights import known_accuracy

__all__ = ["exact", "exact_by_length", "held_out_accuracy"]


def held_out_accuracy(cell: str, attention: str) -> dict:
    """What training measured on sentences it had not seen, with the weights as shipped.

    Keys: "sentences" (how many), "exact" (share that is right to the last word), "exact_by_words"
    (the same by the number of French words, such as "6-10") and, with attention, "alignment": the
    share of English words that attend most to the French word they come from.

    >>> held_out_accuracy("gru", "bahdanau")["exact"] >= 0.99
    True
    """
    return known_accuracy(__package__, f"{cell}-{attention}")


def exact(cell: Any, attention: Any) -> float:
    """The share of held-out sentences that come out word for word, over all lengths."""
    return float(held_out_accuracy(cell, attention)["exact"])


def exact_by_length(cell: Any, attention: Any) -> dict[str, float]:
    """The same by number of French words, from the shortest: "3-5", "6-10", and so on."""
    shares = held_out_accuracy(cell, attention)["exact_by_words"]
    return {span: float(shares[span]) for span in sorted(shares, key=_shortest)}


def _shortest(span: str) -> int:
    return int(span.split("-")[0])
