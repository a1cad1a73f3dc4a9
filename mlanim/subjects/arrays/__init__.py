"""Arrays: NumPy expressions, evaluated part by part, with where each cell came from.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "ArrayGrid": "primitives.array_grid",
    "CodeLine": "primitives.code_line",
    "Flight": "motion.flights",
    "Flights": "motion.flights",
    "OperationPage": "primitives.operation_page",
    "PixelPicture": "primitives.pixel_picture",
    "Reveal": "motion.flights",
    "SampleWave": "primitives.sample_wave",
    "fill": "motion.gather",
    "gather": "motion.gather",
    "show_dashes": "motion.gather",
    "stretch": "motion.gather",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
