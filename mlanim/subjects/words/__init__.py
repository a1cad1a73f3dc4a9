"""Words as vectors: how they are made, what they can do, and anybody's own.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "NeighbourSketch": "primitives.neighbour_sketch",
    "PairTable": "primitives.pair_table",
    "SampleTable": "primitives.sample_table",
    "SessionRows": "primitives.session_rows",
    "TextWindow": "primitives.text_window",
    "TraitPlane": "primitives.trait_plane",
    "WordBars": "primitives.word_bars",
    "WordMap": "primitives.word_map",
    "WordStrips": "primitives.word_strips",
    "add_vector": "motion.add_vector",
    "leave_pairs": "motion.leave_pairs",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
