"""Classifiers that learn a rule: boundaries in the plane, on a growing sample.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "BoundaryPlane": "primitives.plane",
    "ComparedModel": "primitives.compared_model",
    "ErrorCurve": "primitives.error_curve",
    "KeyList": "primitives.key_list",
    "LearnedBoundary": "primitives.learned_boundary",
    "NeighbourProbe": "primitives.neighbour_probe",
    "NetworkSketch": "primitives.network_sketch",
    "NumberList": "primitives.number_list",
    "PriorSweep": "primitives.prior_sweep",
    "StagedNumber": "primitives.staged_number",
    "TreeDiagram": "primitives.tree_diagram",
    "VoteGrid": "primitives.vote_grid",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
