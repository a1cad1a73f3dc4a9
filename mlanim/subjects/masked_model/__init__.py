"""Masked language models: reading both ways, the tasks they are tuned for, ELMo.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "MaskedRow": "primitives.masked_row",
    "ReadingModel": "primitives.reading_model",
    "TaskShape": "primitives.task_shape",
    "TwoWayGrid": "primitives.two_way_grid",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
