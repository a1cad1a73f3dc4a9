"""Systems: what is built of several models, drawn as boxes, wires and packets.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "CodeListing": "primitives.code_listing",
    "DigitLane": "primitives.digit_lane",
    "ErrorChart": "primitives.error_chart",
    "FitnessChart": "primitives.fitness_chart",
    "MovedView": "primitives.moved_view",
    "PenPage": "primitives.pen_page",
    "PicturePanel": "primitives.picture_panel",
    "PlainTable": "primitives.plain_table",
    "PopulationPage": "primitives.population_page",
    "ScoredTexts": "primitives.scored_texts",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
