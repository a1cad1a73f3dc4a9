"""A graph of values on a page: cards in layers, and edges with the slopes along them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, VGroup, override_animate
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.subjects.networks.models.graph_layout import GraphLayout, Measures, pages_of
from mlanim.subjects.networks.models.value_graph import Run, ValueGraph
from mlanim.subjects.networks.primitives.graph_card import HEIGHT, GraphCard, card_width
from mlanim.subjects.networks.primitives.graph_edge import GraphEdge
from mlanim.subjects.networks.primitives.plain_number import plain_number
from mlanim.theme import LIGHT, Theme

__all__ = ["GraphPage", "graph_layouts"]

_MEASURES = Measures(height=HEIGHT, beside=0.8, below=0.1)
_RIGHT, _UP = np.array([1.0, 0, 0]), np.array([0, 1.0, 0])


def graph_layouts(
    graph: ValueGraph, runs: Sequence[Run], *, area: Area, theme: Theme = LIGHT
) -> list[GraphLayout]:
    """How a graph is laid out in an area: on one page, or on several where it is too large.

    runs: all whose numbers will be shown, so that each fits its card.

    Raises UsageError where even the smallest page of it would be too small to read.
    """
    widths = [
        card_width(
            node, [run.values[i] for run in runs] + [run.gradients[i] for run in runs], theme
        )
        for i, node in enumerate(graph.nodes)
    ]
    inputs = [node.inputs for node in graph.nodes]
    pages = pages_of(inputs, widths, (area.width, area.height), _MEASURES)
    if min(page.scale for page in pages) < 1 - 1e-9:
        what = f"{len(inputs)} nodes of {graph.text[:40]} cannot be read in this frame"
        raise UsageError(what, "take another, such as --aspect 16:9, or give a part of it")
    return pages


class GraphPage(VGroup):
    """One page of a graph, with the numbers of a run through it.

    Parts: `.cards` by node, `.edges` by (from, to, which input). `.columns`: the nodes that are
    computed here, layer by layer. `.set_named(values)` computes the whole graph anew and shows it.

    >>> from mlanim.subjects.networks.models.expression import read_expression
    >>> graph = read_expression("a*b")
    >>> page = GraphPage(graph, {"a": 2.0, "b": 4.0}, area=Area(0, 0, 12, 6))
    >>> page.cards[2].value.text, page.cards[0].gradient.text
    ('8.00', '4.00')
    """

    def __init__(
        self,
        graph: ValueGraph,
        named: Mapping[str, float],
        *,
        area: Area,
        layout: GraphLayout | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.graph, self.theme, self.named = graph, theme, dict(named)
        self.run = graph.run(named)
        self.layout = layout or graph_layouts(graph, [self.run], area=area, theme=theme)[0]
        self.size = min(self.layout.scale, 2.2)
        self.cards: dict[int, GraphCard] = {}
        self.edges: dict[tuple[int, int, int], GraphEdge] = {}
        self._add_cards(area)
        self._add_edges(area)
        self.add(*self.edges.values(), *self.cards.values())

    @property
    def columns(self) -> list[list[int]]:
        """The nodes that are computed on this page, from the first layer to the last."""
        found: dict[int, list[int]] = {}
        for node, column in zip(self.layout.nodes, self.layout.columns, strict=True):
            if any(edge[1] == node for edge in self.edges):
                found.setdefault(column, []).append(node)
        return [found[column] for column in sorted(found)]

    @property
    def given(self) -> list[int]:
        """The nodes that stand on this page without being computed on it."""
        computed = {node for column in self.columns for node in column}
        return [node for node in self.layout.nodes if node not in computed]

    def into(self, node: int) -> list[GraphEdge]:
        """The edges into a node, in the order of its inputs."""
        return [edge for (_, end, _), edge in self.edges.items() if end == node]

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        end = plain_number(self.run.values[-1])
        return Seen(f"graph of {len(self.cards)} values", f"{self.graph.text} is {end}")

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """Values and gradients of the nodes on the page, in their order."""
        nodes = list(self.layout.nodes)
        return {
            "values": np.array(self.run.values)[nodes],
            "gradients": np.array(self.run.gradients)[nodes],
        }

    def set_named(self, values: Sequence[float] | NDArray) -> Self:
        """Other values for the names, in the graph's order of names; also `.animate.set_named`."""
        self.named = dict(zip(self.graph.names, map(float, values), strict=True))
        self.run = self.graph.run(self.named)
        for i, card in self.cards.items():
            card.value.set_value(self.run.values[i])
            card.gradient.set_value(self.run.gradients[i])
        for (_, end, place), edge in self.edges.items():
            edge.slope.set_value(self.run.slopes[end][place])
        return self

    @override_animate(set_named)
    def _animate_named(
        self, values: Sequence[float] | NDArray, anim_args: dict[str, Any] | None = None
    ) -> Animation:
        return MovingValues(
            self,
            lambda: np.array([self.named[name] for name in self.graph.names]),
            self.set_named,
            np.asarray(values, float),
            **(anim_args or {}),
        )

    def _add_cards(self, area: Area) -> None:
        nodes, layout = self.graph.nodes, self.layout
        for i, centre, width in zip(layout.nodes, layout.centres, layout.widths, strict=True):
            card = GraphCard(
                nodes[i],
                width * self.size,
                value=self.run.values[i],
                gradient=self.run.gradients[i],
                scale=self.size,
                is_end=i == len(nodes) - 1,
                theme=self.theme,
            )
            self.cards[i] = card.shift(area.center + np.array([*centre, 0]))

    def _add_edges(self, area: Area) -> None:
        on_page = set(self.cards)
        inner = {
            end
            for end in on_page
            if self.graph.nodes[end].inputs and on_page >= set(self.graph.nodes[end].inputs)
        }
        wanted = [edge for edge in self.graph.edges if edge[1] in inner]
        taken = [_box(card) for card in self.cards.values()]
        for source, end, place in wanted:
            points, ahead, into = self._way(source, end, place, area)
            edge = GraphEdge(
                points,
                slope=self.run.slopes[end][place],
                ahead=ahead,
                into=into,
                scale=self.size,
                taken=taken,
                within=(area.left, area.bottom, area.right, area.top),
                downward=self.layout.downward,
                theme=self.theme,
            )
            taken.append(edge.box)
            self.edges[source, end, place] = edge

    def _way(
        self, source: int, end: int, place: int, area: Area
    ) -> tuple[list[NDArray], NDArray, NDArray]:
        """The points of an edge, and its directions at both ends."""
        one, other = self.cards[source], self.cards[end]
        way = self.layout.ways.get((source, end), ())
        passed = [area.center + np.array([*point, 0]) for point in way]
        first = passed[0] if passed else other.frame.get_center()
        last = passed[-1] if passed else one.frame.get_center()
        side = _below_or_above if self.layout.downward else _beside
        ahead = side(one, first)
        into = -side(other, last)
        return (
            [one.port(0, ahead), *passed, other.port(self._share(end, place), -into)],
            ahead,
            into,
        )

    def _share(self, end: int, place: int) -> float:
        """Where along the side of a card its inputs arrive: in the order in which they stand."""
        sources = self.graph.nodes[end].inputs
        if len(sources) == 1:
            return 0.0
        if self.layout.downward:
            along = [self.cards[source].get_x() for source in sources]
            order = sorted(range(len(sources)), key=lambda i: (along[i], i))
        else:
            along = [self.cards[source].get_y() for source in sources]
            order = sorted(range(len(sources)), key=lambda i: (along[i], -i))
        return 2 * order.index(place) / (len(sources) - 1) - 1


def _below_or_above(card: GraphCard, point: NDArray) -> NDArray:
    """The side of a card that faces a point: lower or upper."""
    return np.sign(point[1] - card.frame.get_y()) * _UP


def _beside(card: GraphCard, point: NDArray) -> NDArray:
    """The side of a card that faces a point: left or right, unless it is right above or below."""
    away = point - card.frame.get_center()
    if abs(away[0]) > 0.6 * card.frame.width:
        return np.sign(away[0]) * _RIGHT
    return np.sign(away[1]) * _UP


def _box(card: GraphCard) -> tuple[float, float, float, float]:
    x, y, _ = card.frame.get_center()
    wide, high = card.frame.width / 2, card.frame.height / 2
    return x - wide, y - high, x + wide, y + high
