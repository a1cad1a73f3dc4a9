"""Inside a recurrent cell: its gates with their real values, wired as the equations say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, Literal

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.circuit import NODE_RADIUS, Card, Circuit, spread
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["CellInside"]

_NODE, _GATE = 0.95, 1.6  # v of the operations between the rail and the gates, and of the gates' near side
_BUS = 0.36  # from the gates' far side to the first bus, and to the second
_ASIDE = 0.18  # of a gate's middle: where a bus taps it
_MARGIN = 0.16  # from the states outside to the cell's box
_NEEDED = {
    "gru": ("reset", "update", "candidate"),
    "lstm": ("forget", "input", "candidate", "output"),
}
# name: title, formula. Each gate has its own W and U.
_GRU = {
    "previous": ("state h", ""),
    "update": ("update z", "σ(W x + U h)"),
    "reset": ("reset r", "σ(W x + U h)"),
    "candidate": ("candidate n", "tanh(W x + r · U h)"),
    "state": ("new state h′", "(1 − z) · n + z · h"),
}
_LSTM = {
    "previous_cell": ("cell state C", ""),
    "previous": ("state h", ""),
    "forget": ("forget f", "σ(W x + U h)"),
    "input": ("input i", "σ(W x + U h)"),
    "candidate": ("candidate g", "tanh(W x + U h)"),
    "output": ("output o", "σ(W x + U h)"),
    "cell": ("new C′", "f · C + i · g"),
    "state": ("new h′", "o · tanh(C′)"),
}


class CellInside(Circuit):
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
        values = _checked(kind, gates, previous, state, previous_cell, cell)
        super().__init__(flows_right=area.is_wide, theme=theme)
        self.kind, self.role = kind, role
        # From the fullest drawing to the barest; the first that fits is taken.
        counts = range(min(shown, len(values["state"])), 1, -1) or [1]
        for formulas, count in product((True, False), counts):
            self._draw(values, word, area, formulas, count)
            if self.width <= area.width + 1e-6 and self.height <= area.height + 1e-6:
                break
        else:
            raise UsageError(
                f"the inside of a {kind.upper()} needs {self.width:.1f} x {self.height:.1f} units",
                f"the area has {area.width:.1f} x {area.height:.1f}",
                "give it more room",
            )
        area.place(self)

    def _draw(
        self, values: dict[str, np.ndarray], word: str, area: Area, formulas: bool, count: int
    ) -> None:
        self.wires, self.nodes, self.cards = VGroup(), VGroup(), {}
        for name, (title, formula) in (_GRU if self.kind == "gru" else _LSTM).items():
            gate = name not in ("previous", "previous_cell", "candidate", "cell", "state")
            self.card(
                name,
                title,
                formula if formulas else "",
                values[name],
                role="score" if gate else "hidden",
                scale="weight" if gate else "signed",
                shown=count,
            )
        self.gates = {name: card.tensor for name, card in self.cards.items()}
        text = f"x: {word}" if word else "input x"
        self.word = Label(text, theme=self.theme, size="small", role=self.role, weight="bold")
        self._deep = max(self.extent(card)[1] for card in self.cards.values())
        for card in self.cards.values():
            self._even_out(card)
        self._near = max(_GATE, self._deep / 2 + 0.15) if self.kind == "lstm" else _GATE
        self._row = self._near + self._deep / 2
        self._bus_h = self._near + self._deep + _BUS
        self._bus_x = self._bus_h + _BUS
        length = area.width if self.flows_right else area.height - 0.5
        first, last = self._draw_gru(length) if self.kind == "gru" else self._draw_lstm(length)
        self._frame(first, last)
        self.submobjects = []
        self.add(self.box, self.wires, self.nodes, *self.cards.values(), self.word)

    def _even_out(self, card: Card) -> None:
        """Cards lie in one row: all are as deep as the deepest."""
        missing = self._deep - self.extent(card)[1]
        if missing > 1e-6 and self.flows_right:
            card.box.stretch_to_fit_height(self._deep)
        elif missing > 1e-6:
            card.box.stretch_to_fit_width(self._deep)

    def _put(self, name: str, u: float, v: float) -> Card:
        card = self.cards[name]
        return card.move_to(self.at(u, v))

    def _size(self, *names: str) -> float:
        return max(self.extent(self.cards[name])[0] for name in names)

    def _draw_gru(self, length: float) -> tuple[Card, Card]:
        sizes = [
            self._size("previous"),
            0.0,
            *(self._size(name) for name in ("update", "reset")),
            2 * NODE_RADIUS,
            *(self._size(name) for name in ("candidate", "state")),
        ]
        gaps = [0.2 + _MARGIN, 0.25, 0.3, 0.3, 0.3, 0.2 + 2 * _MARGIN]
        (u_h, u_drop, u_z, u_r, u_rh, u_n, u_new), _ = spread(sizes, gaps, length)
        h, new = self._put("previous", u_h, 0), self._put("state", u_new, 0)
        z, r, n = (
            self._put(name, u, self._row)
            for name, u in (("update", u_z), ("reset", u_r), ("candidate", u_n))
        )
        keep, add = self.node("×", u_z, 0), self.node("+", u_n, 0)
        rest, take = self.node("1 −", u_r, _NODE), self.node("×", u_n, _NODE)
        reset = self.node("×", u_rh, self._row)

        rail = [
            self.wire("hidden", self.edge(h, 1, 0), self.edge(keep, -1, 0)),
            self.wire("hidden", self.edge(keep, 1, 0), self.edge(add, -1, 0)),
            self.wire("hidden", self.edge(add, 1, 0), self.edge(new, -1, 0)),
        ]
        bus_h = [
            self.wire(
                "hidden",
                (u_drop, 0),
                (u_drop, self._bus_h),
                (u_rh, self._bus_h),
                self.edge(reset, 0, 1),
            ),
            self._tap_gate("hidden", z, self._bus_h),
            self._tap_gate("hidden", r, self._bus_h),
        ]
        bus_x = [*self._input_bus(n), *(self._tap_gate(self.role, g, self._bus_x) for g in (z, r))]
        from_r = [
            self.wire("score", self.edge(r, 1, 0), self.edge(reset, -1, 0)),
            self.wire("hidden", self.edge(reset, 1, 0), self.edge(n, -1, 0)),
        ]
        from_z = [
            self.wire("score", self.edge(z, 0, -1), self.edge(keep, 0, 1)),
            self.tap("score", (u_z, _NODE), self.edge(rest, -1, 0)),
            self.wire("score", self.edge(rest, 1, 0), self.edge(take, -1, 0)),
        ]
        from_n = [
            self.wire("hidden", self.edge(n, 0, -1), self.edge(take, 0, 1)),
            self.wire("hidden", self.edge(take, 0, -1), self.edge(add, 0, 1)),
        ]
        self.story = [
            VGroup(h, self.word),
            VGroup(*bus_h, *bus_x),
            VGroup(r, z),
            VGroup(reset, *from_r),
            n,
            VGroup(keep, rail[0], rest, *from_z),
            VGroup(take, add, *from_n, rail[1]),
            VGroup(rail[2], new),
        ]
        return h, new

    def _draw_lstm(self, length: float) -> tuple[Card, Card]:
        gates = ("forget", "input", "candidate", "output")
        sizes = [
            self._size("previous", "previous_cell"),
            *(self._size(name) for name in gates),
            0.0,
            self._size("cell", "state"),
        ]
        gaps = [0.3 + _MARGIN, 0.25, 0.25, 0.25, 0.2, 0.25 + _MARGIN]
        (u_old, u_f, u_i, u_g, u_o, u_turn, u_new), _ = spread(sizes, gaps, length)
        old, new = self._put("previous_cell", u_old, 0), self._put("cell", u_new, 0)
        h, out = self._put("previous", u_old, self._row), self._put("state", u_new, self._row)
        f, i, g, o = (
            self._put(name, u, self._row)
            for name, u in zip(gates, (u_f, u_i, u_g, u_o), strict=True)
        )
        keep, add = self.node("×", u_f, 0), self.node("+", u_g, 0)
        take, show = self.node("×", u_g, self._near - 0.55), self.node("×", u_o, self._near - 0.45)
        squash = self.node("tanh", u_o, 0.5 * (self._near - 0.45))

        rail = [
            self.wire("hidden", self.edge(old, 1, 0), self.edge(keep, -1, 0)),
            self.wire("hidden", self.edge(keep, 1, 0), self.edge(add, -1, 0)),
            self.wire("hidden", self.edge(add, 1, 0), self.edge(new, -1, 0)),
        ]
        end = self.edge(o, 0, 1, -_ASIDE)
        bus_h = [
            self.wire("hidden", self.edge(h, 0, 1), (u_old, self._bus_h), (end[0], self._bus_h), end),
            *(self._tap_gate("hidden", gate, self._bus_h) for gate in (f, i, g)),
        ]
        bus_x = [
            *self._input_bus(o),
            *(self._tap_gate(self.role, gate, self._bus_x) for gate in (f, i, g)),
        ]
        v_take = self._near - 0.55
        writes = [
            self.wire("score", self.edge(i, 0, -1), (u_i, v_take), self.edge(take, -1, 0)),
            self.wire("hidden", self.edge(g, 0, -1), self.edge(take, 0, 1)),
            self.wire("hidden", self.edge(take, 0, -1), self.edge(add, 0, 1)),
        ]
        forgets = self.wire("score", self.edge(f, 0, -1), self.edge(keep, 0, 1))
        v_show = self._near - 0.45
        shows = [
            self.tap("hidden", (u_o, 0), self.edge(squash, 0, -1)),
            self.wire("hidden", self.edge(squash, 0, 1), self.edge(show, 0, -1)),
            self.wire("score", self.edge(o, 0, -1), self.edge(show, 0, 1)),
            self.wire(
                "hidden",
                self.edge(show, 1, 0),
                (u_turn, v_show),
                (u_turn, self._row),
                self.edge(out, -1, 0),
            ),
        ]
        self.story = [
            VGroup(old, h, self.word),
            VGroup(*bus_h, *bus_x),
            VGroup(f, i, g, o),
            VGroup(keep, forgets, rail[0]),
            VGroup(take, add, *writes, rail[1]),
            VGroup(rail[2], new),
            VGroup(squash, show, *shows),
            out,
        ]
        return old, new

    def _tap_gate(self, role: str, gate: Card, bus: float) -> VGroup:
        """From a bus into a gate: the state left of its middle, the input right of it."""
        end = self.edge(gate, 0, 1, -_ASIDE if role == "hidden" else _ASIDE)
        return self.tap(role, (end[0], bus), end)

    def _input_bus(self, last: Card) -> list[Any]:
        """From the word along all gates into the last one."""
        end = self.edge(last, 0, 1, _ASIDE)
        if self.flows_right:
            self.word.center_on(self.at(0, self._bus_x))
            self.word.shift(self.at(self.word.width / 2 - self.word.get_center()[0], 0))
            start = (self.word.get_right()[0] + 0.12, self._bus_x)
        else:
            # The word stands above its wire, its first letter at the page's edge.
            corner = self.at(-0.34, self._bus_x)
            self.word.shift(corner - [0.06, 0, 0] - self.word.get_left())
            start = (-0.16, self._bus_x)
        return [self.wire(self.role, start, (end[0], self._bus_x), end)]

    def _frame(self, first: Card, last: Card) -> None:
        """The cell itself lies between the states, which come and go."""
        start, stop = self.edge(first, 1, 0)[0] + _MARGIN, self.edge(last, -1, 0)[0] - _MARGIN
        corners = np.array([self.at(start, -0.45), self.at(stop, self._bus_x + 0.25)])
        width, height, _ = np.ptp(corners, axis=0)
        colours = self.theme.role(self.role)
        self.box = RoundedRectangle(width=width, height=height, corner_radius=0.22)
        self.box.set_fill(colours.fill, opacity=0.35).set_stroke(
            colours.ink, width=self.theme.stroke.normal
        )
        self.box.move_to(corners.mean(axis=0))


def _checked(
    kind: str, gates: Mapping[str, Any], previous: Any, state: Any, previous_cell: Any, cell: Any
) -> dict[str, np.ndarray]:
    """All vectors by name, once the equations hold between them."""
    if kind not in _NEEDED:
        raise UsageError(f"{kind!r} has no gates to show", "allowed: gru, lstm")
    missing = [name for name in _NEEDED[kind] if name not in gates]
    if missing or (kind == "lstm" and (cell is None or previous_cell is None)):
        raise UsageError(
            f"the inside of a {kind.upper()} lacks {', '.join(missing) or 'its cell states'}",
            f"gates: {', '.join(_NEEDED[kind])}" + ("; cell, previous_cell" if kind == "lstm" else ""),
        )
    given = {**{name: gates[name] for name in _NEEDED[kind]}, "previous": previous, "state": state}
    if kind == "lstm":
        given |= {"cell": cell, "previous_cell": previous_cell}
    v = {name: np.asarray(vector, dtype=float) for name, vector in given.items()}
    if len({vector.shape for vector in v.values()}) > 1 or v["state"].ndim != 1:
        raise UsageError(
            "the vectors of a cell differ in shape: "
            + ", ".join(f"{name} {vector.shape}" for name, vector in v.items()),
            "all must be (d,)",
        )
    if kind == "gru":
        follows = [((1 - v["update"]) * v["candidate"] + v["update"] * v["previous"], v["state"])]
    else:
        cell_state = v["forget"] * v["previous_cell"] + v["input"] * v["candidate"]
        follows = [(cell_state, v["cell"]), (v["output"] * np.tanh(v["cell"]), v["state"])]
    if not all(np.allclose(computed, shown, atol=2e-3) for computed, shown in follows):
        raise UsageError(
            f"the new state is not what the gates of this {kind.upper()} make of the old one",
            "give gates, previous and state of the same step",
        )
    return v
