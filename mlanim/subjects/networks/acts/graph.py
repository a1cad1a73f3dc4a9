"""A graph of values is built, computed forward, differentiated backward, and goes downhill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.networks.models.graph_descent import Descent
from mlanim.subjects.networks.models.value_graph import Run, ValueGraph
from mlanim.subjects.networks.motion.run_graph import run_back, run_forward
from mlanim.subjects.networks.primitives.graph_page import GraphPage, graph_layouts
from mlanim.subjects.networks.primitives.plain_number import plain_number
from mlanim.subjects.networks.primitives.told_line import ToldLine
from mlanim.words.table import AsIs

__all__ = ["GraphFilm"]

_FEW = 7  # computed nodes that are taken one by one, with their arithmetic written out
_STRIP, _KEY = 0.62, 0.36  # units: the arithmetic, and a line of the key below it
_WIDE = 9.0  # units, from which on the key is one line
_INFIX = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "max": ","}


class GraphFilm:
    """Plays a graph on a scene, on as many pages as its frame needs.

    runs: all that will be shown, so that their numbers fit.
    """

    def __init__(
        self,
        scene: Explainer,
        graph: ValueGraph,
        named: Mapping[str, float],
        runs: Sequence[Run],
        body: Area | None = None,
    ) -> None:
        self.scene, self.graph = scene, graph
        self.one_by_one = sum(not node.is_leaf for node in graph.nodes) <= _FEW
        body = scene.body if body is None else body
        key = _KEY if body.width > _WIDE else 2 * _KEY
        room, self.strip, self.below = body.rows(
            body.height - _STRIP - key - 0.3, _STRIP, key, gap=0.15
        )
        layouts = graph_layouts(graph, runs, **scene.on(room))
        self.pages = [
            GraphPage(graph, named, layout=layout, **scene.on(room)) for layout in layouts
        ]
        self.key = ToldLine(
            [
                ("above: value", None),
                ("below: gradient of the end", "score"),
                ("on edges: slope", "context"),
            ],
            space=2.4,
            **scene.on(self.below),
        )
        self.line: ToldLine | None = None
        self.arrived: dict[int, float] = {}
        self.at = -1  # the page that is shown

    def part(self, title: str, index: int) -> str:
        """A title that tells which page of several it is."""
        if len(self.pages) == 1:
            return title
        said = self.scene.theme.words.said(title, "heading")
        return AsIs(f"{said} {index + 1}/{len(self.pages)}")

    def build(self, title: str) -> None:
        """The first page's cards and edges, with the values that are given."""
        page = self.pages[0]
        self.at = 0
        self.scene.turn_to(self.part(title, 0), *[card.body for card in page.cards.values()])
        lines = [edge.line for edge in page.edges.values()]
        self.scene.play(do.appear(*lines, lag=min(0.15, 1.2 / len(lines))))
        self.scene.wait(0.6)
        given = [page.cards[node].value for node in page.given]
        self.scene.play(do.appear(*given, lag=min(0.2, 1.0 / len(given))))
        self.scene.wait(0.8)

    def forward(self, title: str) -> None:
        """Values run from what is given to the end."""
        for index, page in enumerate(self.pages):
            if index != self.at:
                self._turn(index, title)
            else:
                self.scene.play(self.scene.retitle(self.part(title, index)))
            for column in page.columns:
                for nodes in self._taken(column):
                    if self.one_by_one:
                        self.tell(self._arithmetic(nodes[0]))
                    self.scene.play(run_forward(page, nodes))
                    self.scene.wait(0.8 if self.one_by_one else 0.3)
        self.silent()

    def backward(self, title: str) -> None:
        """1 at the end runs back, times the slopes, and adds up where paths meet."""
        end = len(self.graph.nodes) - 1
        for index in reversed(range(len(self.pages))):
            page = self.pages[index]
            if index != self.at:
                self._turn(index, title)
            else:
                self.scene.play(self.scene.retitle(self.part(title, index)))
            slopes = [edge.label for edge in page.edges.values()]
            self.scene.play(do.appear(*slopes, self.key, lag=min(0.1, 1.0 / len(slopes))))
            self.scene.wait(1.5)
            if end in page.cards:
                self._start(page, end)
            for column in reversed(page.columns):
                for nodes in self._taken(sorted(column, reverse=True)):
                    self._back(page, nodes)
            self._settle(page)
        self.silent()

    def show_end(self, title: str) -> GraphPage:
        """The page on which the end is, whole."""
        last = len(self.pages) - 1
        if self.at != last:
            self._turn(last, title, whole=True)
        else:
            self.scene.play(self.scene.retitle(self.part(title, last)))
        return self.pages[last]

    def descend(self, descent: Descent, title: str) -> None:
        """Every value goes against its gradient, and all is computed anew; then again."""
        page = self.show_end(title)
        for step, point in enumerate(descent.points[1:], 1):
            ends = descent.ends[step - 1 : step + 1]
            before, now = map(plain_number, ends)
            self.tell([(f"step {step}: the end goes from {before} to", None), (now, "output")])
            self.scene.play(page.animate(run_time=1.6).set_named(list(point.values())))
            self.scene.wait(1.6)
        self.silent()

    def tell(self, pieces: Sequence[tuple[str, str | None]]) -> None:
        """A line below the graph, in place of the one before."""
        line = ToldLine(pieces, scale=1.5, **self.scene.on(self.strip))
        leaving = [self.line] if self.line else []
        self.scene.play(do.vanish(*leaving, run_time=0.25), do.after(0.2, do.appear(line)))
        self.line = line

    def silent(self) -> None:
        """The line goes."""
        if self.line:
            self.scene.play(do.vanish(self.line))
            self.line = None

    def _taken(self, column: list[int]) -> list[list[int]]:
        """A column's nodes one by one, or all at once."""
        return [[node] for node in column] if self.one_by_one else [column]

    def _turn(self, index: int, title: str, *, whole: bool = False) -> None:
        """Another page, with what is known of it."""
        page, back = self.pages[index], bool(self.arrived)
        shown = [edge.line for edge in page.edges.values()]
        for node, card in page.cards.items():
            shown.append(card.body)
            if back or node in page.given:
                shown.append(card.value)
            if node in self.arrived:
                card.gradient.set_value(self.arrived[node])
                card.gradient.has_arrived = True
                shown.append(card.gradient)
        self.line = None
        if whole:
            shown = [page, self.key]
        self.scene.turn_to(self.part(title, index), *shown)
        self.at = index
        self.scene.wait(0.6)

    def _start(self, page: GraphPage, end: int) -> None:
        gradient = page.cards[end].gradient
        gradient.has_arrived = True
        self.arrived[end] = 1.0
        if self.one_by_one:
            self.tell([("the end moves as itself:", None), ("1", "score")])
        self.scene.play(do.appear(gradient))
        self.scene.wait(1.4)

    def _back(self, page: GraphPage, nodes: Sequence[int]) -> None:
        """Out of some nodes at once, or edge by edge out of one."""
        totals: dict[int, float] = {}
        pieces: list[tuple[str, str | None]] = []
        for node in nodes:
            behind = page.run.gradients[node]
            for place, source in enumerate(self.graph.nodes[node].inputs):
                if self.graph.nodes[source].kind == "constant":
                    continue
                slope, before = page.run.slopes[node][place], self.arrived.get(source)
                self.arrived[source] = totals[source] = (before or 0.0) + slope * behind
                pieces += [] if not pieces else [(" ", None)]
                pieces += _chain(self.graph.nodes[source].sign, slope, behind, before)
        if not totals:
            return
        if self.one_by_one:
            self.tell(pieces)
        self.scene.play(run_back(page, nodes, totals))
        self.scene.wait(2.2 if self.one_by_one else 0.3)

    def _settle(self, page: GraphPage) -> None:
        """Everything is there: from here on the page is one thing on the screen."""
        for node, card in page.cards.items():
            if node in self.arrived:
                card.gradient.set_value(self.arrived[node])
        if page is self.pages[0]:
            for node, card in page.cards.items():
                card.gradient.set_value(page.run.gradients[node])
        if len(self.pages) == 1:
            self.scene.add(page)

    def _arithmetic(self, node: int) -> list[tuple[str, str | None]]:
        """What a node computes: 2.00 × −3.00 = −6.00."""
        run, made = self.pages[0].run, self.graph.nodes[node]
        inputs = [plain_number(run.values[source]) for source in made.inputs]
        if made.kind == "power":
            told = made.sign.replace("x", inputs[0] if inputs[0][0] != "−" else f"({inputs[0]})")
        elif made.kind == "raise":
            told = f"{inputs[0]}^{inputs[1]}"
        elif made.kind == "negate":
            told = f"−({inputs[0]})"
        elif made.kind == "max" or made.kind not in _INFIX:
            told = f"{made.kind}({', '.join(inputs)})"
        else:
            told = f" {_INFIX[made.kind]} ".join(inputs)
        role = "output" if node == len(self.graph.nodes) - 1 else "hidden"
        return [(f"{told} =", None), (plain_number(run.values[node]), role)]


def _chain(
    sign: str, slope: float, behind: float, before: float | None
) -> list[tuple[str, str | None]]:
    """The chain rule along an edge, added to what arrived on other paths."""
    made = (before or 0.0) + slope * behind
    start: list[tuple[str, str | None]] = [(f"{sign}:", None)]
    if before is not None:
        start += [(plain_number(before), "score"), ("+", None)]
    return [
        *start,
        (plain_number(slope), "context"),
        ("×", None),
        (plain_number(behind), "score"),
        ("=", None),
        (plain_number(made), "score"),
    ]
