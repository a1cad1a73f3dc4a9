"""Means that find the middle of their points.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "MeansPlane": "primitives.means_plane",
    "move_means": "motion.move_means",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
