"""What the explainer of word vectors draws."""

from __future__ import annotations

from mlanim.subjects.words.primitives.neighbour_sketch import NeighbourSketch
from mlanim.subjects.words.primitives.pair_table import PairTable
from mlanim.subjects.words.primitives.sample_table import SampleTable
from mlanim.subjects.words.primitives.session_rows import SessionRows
from mlanim.subjects.words.primitives.text_window import TextWindow
from mlanim.subjects.words.primitives.trait_plane import TraitPlane
from mlanim.subjects.words.primitives.word_bars import WordBars
from mlanim.subjects.words.primitives.word_map import WordMap
from mlanim.subjects.words.primitives.word_strips import WordStrips

__all__ = [
    "NeighbourSketch",
    "PairTable",
    "SampleTable",
    "SessionRows",
    "TextWindow",
    "TraitPlane",
    "WordBars",
    "WordMap",
    "WordStrips",
]
