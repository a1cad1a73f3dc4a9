"""Neural networks: a line through three houses, the graph of gradients, a network that learns.

Its own nouns and verbs are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "ActivationCharts": "primitives.activation_charts",
    "DescentPage": "primitives.descent_page",
    "ForwardPage": "primitives.forward_page",
    "GraphCard": "primitives.graph_card",
    "GraphEdge": "primitives.graph_edge",
    "GraphPage": "primitives.graph_page",
    "LineFit": "primitives.line_fit",
    "LinePage": "primitives.line_page",
    "LossSurface": "primitives.loss_surface",
    "NetworkWires": "primitives.network_plan",
    "OptimiserPage": "primitives.optimiser_page",
    "PartsPage": "primitives.parts_page",
    "PlainNumber": "primitives.plain_number",
    "PlaygroundPage": "primitives.playground_page",
    "PredictedPage": "primitives.descent_page",
    "ScoreView": "primitives.unit_view",
    "SoftmaxTable": "primitives.softmax_table",
    "SurvivalPage": "primitives.survival_page",
    "ToldLine": "primitives.told_line",
    "UnitView": "primitives.unit_view",
    "run_back": "motion.run_graph",
    "run_forward": "motion.run_graph",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
