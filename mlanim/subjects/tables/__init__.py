"""Tables: pandas, a method at a time, with every cell on its way.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "DataTable": "primitives.data_table",
    "Journey": "motion.journeys",
    "Journeys": "motion.journeys",
    "origins": "motion.travel_cells",
    "settle": "motion.settle",
    "travel_cells": "motion.travel_cells",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
