"""run_forward and run_back: values go along edges into a node of a graph, gradients out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlanim.motion.after import after
from mlanim.motion.appear import appear
from mlanim.motion.flow import Flow
from mlanim.motion.timeline import Timeline, together
from mlanim.subjects.networks.primitives.graph_page import GraphPage
from mlanim.subjects.networks.primitives.plain_number import PlainNumber

__all__ = ["run_back", "run_forward"]

_WAY = 0.9  # seconds along an edge


def run_forward(page: GraphPage, nodes: Sequence[int]) -> Timeline:
    """The inputs' values travel into each of the nodes, and its own appears there.

    >>> from mlanim.primitives import Area
    >>> from mlanim.subjects.networks.models.expression import read_expression
    >>> page = GraphPage(read_expression("a*b"), {"a": 1.0, "b": 2.0}, area=Area(0, 0, 12, 6))
    >>> round(run_forward(page, [2]).run_time, 2)
    1.3
    """
    moves: list[Any] = []
    for node in nodes:
        for place, source in enumerate(page.graph.nodes[node].inputs):
            line = page.edges[source, node, place].line
            moves.append(Flow(page.cards[source].value, line, run_time=_WAY))
    values = [page.cards[node].value for node in nodes]
    return together(*moves, after(0.8, appear(*values)))


def run_back(page: GraphPage, nodes: Sequence[int], totals: Mapping[int, float]) -> Timeline:
    """The gradient of each node goes back along its edges, times their slopes, to its inputs.

    totals: for each input, what has arrived at it when these are there.
    """
    moves: list[Any] = []
    for node in nodes:
        behind = page.run.gradients[node]
        for place, source in enumerate(page.graph.nodes[node].inputs):
            if source not in totals:
                continue
            edge = page.edges[source, node, place]
            sent = PlainNumber(
                page.run.slopes[node][place] * behind,
                role="score",
                theme=page.theme,
                size=page.cards[node].value.cap_height,
            )
            moves.append(Flow(sent, edge.backward, run_time=_WAY))
    arrivals = [_arrive(page, source, total) for source, total in totals.items()]
    return together(*moves, after(0.8, *arrivals))


def _arrive(page: GraphPage, source: int, total: float) -> Any:
    number = page.cards[source].gradient
    if getattr(number, "has_arrived", False):
        return number.animate(run_time=0.5).set_value(total)
    number.set_value(total)
    number.has_arrived = True
    return appear(number)
