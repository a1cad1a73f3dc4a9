"""Inside a recurrent cell: its gates with their real values, wired as the equations say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, Literal

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.recurrent import gru_wiring, lstm_wiring
from mlanim.primitives.recurrent.cell_vectors import cell_vectors
from mlanim.primitives.recurrent.gate_plan import MARGIN, GatePlan
from mlanim.primitives.recurrent.gru_wiring import wire_gru
from mlanim.primitives.recurrent.lstm_wiring import wire_lstm
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["CellInside"]

_CARDS = {"gru": gru_wiring.CARDS, "lstm": lstm_wiring.CARDS}
_Style = Literal["formula", "name", "beside", "low", "sign"]


class CellInside(GatePlan):
    """One step of a GRU or LSTM as a diagram that fits an area.

    gates: vectors (d,) by name: "reset", "update", "candidate", or "forget", "input", "candidate",
    "output". previous, state: the hidden state before and after, (d,); for an LSTM also
    previous_cell and cell. word: what is read. shown: how many numbers of each vector are drawn.

    The GRU is PyTorch's: r, z = σ(W x + U h), n = tanh(W x + r · U h), h′ = (1 − z) · n + z · h.
    The LSTM: f, i, o = σ(W x + U h), g = tanh(W x + U h), C′ = f · C + i · g, h′ = o · tanh(C′).
    Products are element by element. Raises UsageError when the result does not follow from the
    gates, a gate is missing, or the area is too small for legible numbers.

    Parts: `.box`, `.cards` and `.gates` (TensorBox) by name, `.nodes`, `.wires`, `.word`, `.story`
    (groups in the order of telling).

    >>> z, n, h = np.array([0.25]), np.array([0.8]), np.array([0.4])
    >>> gates = {"reset": np.array([0.5]), "update": z, "candidate": n}
    >>> inside = CellInside("gru", gates, previous=h, state=(1 - z) * n + z * h)
    >>> sorted(inside.gates)
    ['candidate', 'previous', 'reset', 'state', 'update']
    """

    def __init__(
        self,
        kind: Literal["gru", "lstm"],
        gates: Mapping[str, Any],
        *,
        previous: Any,
        state: Any,
        previous_cell: Any = None,
        cell: Any = None,
        word: str = "",
        role: str = "encoder",
        area: Area | None = None,
        theme: Theme = LIGHT,
        shown: int = 4,
    ) -> None:
        area = Area.of_frame(128 / 9, 8) if area is None else area
        values = cell_vectors(kind, gates, previous, state, previous_cell, cell)
        super().__init__(kind, role=role, flows_right=area.is_wide, theme=theme)
        # From the fullest drawing to the barest; the first that fits is taken. What is wide and
        # yet too narrow for all gates beside each other has them below each other.
        counts = range(min(shown, len(values["state"])), 1, -1) or [1]
        full: list[_Style] = ["formula", "name"]
        bare: list[_Style] = ["beside", "low", "sign"]
        ways = [(area.is_wide, style) for style in full] + [(False, style) for style in bare]
        for (right, style), count in product(ways, counts):
            self.flow(right)
            self._draw(values, word, area, style, count)
            if self.width <= area.width + 1e-6 and self.height <= area.height + 1e-6:
                break
        else:
            raise NoRoomError(
                f"the inside of a {kind.upper()} needs {self.width:.1f} x {self.height:.1f} units",
                f"the area has {area.width:.1f} x {area.height:.1f}",
                "give it more room",
                lacks=area.short_of(self.width, self.height),
            )
        area.place(self)

    def _draw(
        self, values: dict[str, np.ndarray], word: str, area: Area, style: _Style, count: int
    ) -> None:
        self.wires, self.nodes, self.cards = VGroup(), VGroup(), {}
        # Gates and hidden states lie between -1 and 1, cell states may go beyond.
        memory = [
            np.abs(values[name]).max() for name in ("cell", "previous_cell") if name in values
        ]
        limit = float(max([1.0, *memory]))
        for name, (title, formula) in _CARDS[self.kind].items():
            gate = name not in ("previous", "previous_cell", "candidate", "cell", "state")
            self.card(
                name,
                AsIs(title.split()[-1]) if style == "sign" else title,
                formula if style == "formula" else "",
                values[name],
                role="score" if gate else "hidden",
                scale="weight" if gate else "signed",
                limit=limit if "cell" in name else 1.0,
                shown=count,
                beside=style in ("low", "sign") or (style == "beside" and name not in self.on_rail),
            )
        self.gates = {name: card.tensor for name, card in self.cards.items()}
        text = AsIs(f"x: {word}") if word else "input x"
        self.word = Label(text, theme=self.theme, size="small", role=self.role, weight="bold")
        self.measure()
        if self.kind == "gru":
            first, last, self.story = wire_gru(
                self, area.width if self.flows_right else area.height
            )
        else:
            # On a tall page the word stands above the state.
            length = area.width if self.flows_right else area.height - 0.3
            first, last, self.story = wire_lstm(self, length)
        self._frame(first, last)
        self.remove(*self.submobjects)
        self.add(self.box, self.wires, self.nodes, *self.cards.values(), self.word)

    def _frame(self, first: Any, last: Any) -> None:
        """The cell itself lies between the states, which come and go."""
        outside = self.edge(first, 1, 0)[0]
        if self.flows_right:
            outside = max(outside, self.word.get_right()[0])
        start, stop = outside + MARGIN, self.edge(last, -1, 0)[0] - MARGIN
        corners = np.array([self.at(start, -0.45), self.at(stop, self.bus_x + 0.25)])
        width, height, _ = np.ptp(corners, axis=0)
        colours = self.theme.role(self.role)
        self.box = RoundedRectangle(width=width, height=height, corner_radius=0.22)
        self.box.set_fill(colours.fill, opacity=0.35).set_stroke(
            colours.ink, width=self.theme.stroke.normal
        )
        self.box.move_to(corners.mean(axis=0))
