"""Inside a language model: what it would say after each layer, and what its words hang on.

Its own nouns are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "FlowGraph": "primitives.flow_graph",
    "LayerGrid": "primitives.layer_grid",
    "RankChart": "primitives.rank_chart",
    "ShadedText": "primitives.shaded_text",
    "WordTable": "primitives.word_table",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
