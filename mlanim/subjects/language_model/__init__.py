"""Language models: one word after the other, masks, caches, sampling, training.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "KeyValueTable": "primitives.key_value_table",
    "PredictionError": "primitives.prediction_error",
    "SamplingPage": "primitives.sampling_page",
    "SlidingWindow": "primitives.sliding_window",
    "SpeakingModel": "primitives.speaking_model",
    "TokenClimb": "primitives.token_climb",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
