"""The common ground plan of gated cells: rail, operations, gates, and the buses of state and input.

From v = 0 on: the rail on which the state passes, operations, the row of gates, the bus of the old
state, the bus of the input.
"""

from __future__ import annotations

from typing import Any, Literal

from manim import VGroup

from mlanim.primitives.recurrent.circuit import Card, Circuit
from mlanim.primitives.text import Label
from mlanim.theme import Theme

__all__ = ["ASIDE", "MARGIN", "GatePlan"]

ASIDE = 0.18  # from a gate's middle to where a bus taps it
MARGIN = 0.16  # from the states outside to the cell's box
_NEAR = 1.15  # v of the gates' near side, at least
_BUS = 0.26  # from the gates' far side to the first bus, and to the second


class GatePlan(Circuit):
    """Where the rows of a gated cell lie, once its cards are made; and how buses tap its gates."""

    def __init__(
        self, kind: Literal["gru", "lstm"], *, role: str, flows_right: bool, theme: Theme
    ) -> None:
        super().__init__(flows_right=flows_right, theme=theme)
        self.kind, self.role = kind, role
        self.on_rail = ("previous", "state") if kind == "gru" else ("previous_cell", "cell")
        self.word: Label = VGroup()
        self.v_node = 0.74
        self.flow(flows_right)

    def flow(self, right: bool) -> None:
        """Let it run to the right, or down, where "tanh" lies along v."""
        self.flows_right = right
        self.v_tanh, self.v_show = (0.4, 0.95) if right else (0.55, 1.25)

    def measure(self) -> None:
        """Set the rows apart by the cards that stand in them."""
        below = [card for name, card in self.cards.items() if name not in self.on_rail]
        self.deep = max(self.extent(card)[1] for card in below)
        for card in below:
            self.even_out(card)
        rail = max(self.extent(self.cards[name])[1] for name in self.on_rail) / 2
        # An LSTM shows its state through a tanh; and its h and C stand side by side.
        near = max(_NEAR, rail + 0.15, self.v_show + 0.4) if self.kind == "lstm" else _NEAR
        self.row = near + self.deep / 2
        self.bus_h = near + self.deep + _BUS
        self.bus_x = self.bus_h + _BUS

    def even_out(self, card: Card) -> None:
        """Cards lie in one row: all are as deep as the deepest."""
        missing = self.deep - self.extent(card)[1]
        if missing > 1e-6 and self.flows_right:
            card.box.stretch_to_fit_height(self.deep)
        elif missing > 1e-6:
            card.box.stretch_to_fit_width(self.deep)

    def put(self, name: str, u: float, v: float) -> Card:
        """Move a card to its place."""
        card = self.cards[name]
        return card.move_to(self.at(u, v))

    def size(self, *names: str) -> float:
        """The length along u of the longest of these cards."""
        return max(self.extent(self.cards[name])[0] for name in names)

    def first_column(self, *names: str) -> float:
        """What comes from outside: states, and on a wide page the word."""
        return max(self.size(*names), self.word.width if self.flows_right else 0.0)

    def tap_gate(self, role: str, gate: Card, bus: float) -> VGroup:
        """From a bus into a gate: the state left of its middle, the input right of it."""
        end = self.edge(gate, 0, 1, -ASIDE if role == "hidden" else ASIDE)
        return self.tap(role, (end[0], bus), end)

    def input_bus(self, first: Card, last: Card) -> list[Any]:
        """From the word along all gates into the last one."""
        end = self.edge(last, 0, 1, ASIDE)
        if self.flows_right:
            self.word.center_on([first.get_x(), -self.bus_x, 0])
            start = (self.word.get_right()[0] + 0.12, self.bus_x)
        else:
            # The word stands above its wire, its first letter at the page's edge; above the state
            # too, where that is beside it.
            u = -0.14 if self.kind == "lstm" else self.edge(first, 0, 0)[0]
            self.word.shift(self.at(u, self.bus_x) - [0.06, 0, 0] - self.word.get_left())
            start = (u + 0.18, self.bus_x)
        return [self.wire(self.role, start, (end[0], self.bus_x), end)]
