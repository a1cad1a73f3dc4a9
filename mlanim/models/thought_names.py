"""What a trace may hold of a model's thoughts, by name: read by the scene `thoughts` alone."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["THOUGHT_ARRAYS", "THOUGHT_TEXTS"]

THOUGHT_ARRAYS: Mapping[str, str] = {
    "given": "(1,)",
    "said_at": "(asked,)",
    "said_ranks": "(layers, positions)",
    "asked_ranks": "(layers, positions, words)",
    "top_words": "(layers, positions, best)",
    "top_probabilities": "(layers, positions, best)",
    "gradient_x_input": "(asked, read)",
    "integrated_gradients": "(asked, read)",
    "scores": "(asked, 2)",
    "neurons": "(layers, units, tokens)",
    "neuron_numbers": "(layers, units)",
}
THOUGHT_TEXTS = ("said", "asked", "words", "decoder_tokens")
