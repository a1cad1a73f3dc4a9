"""A recurrent cell from outside: a rounded box with its kind, ports, and the loop of its state."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, RoundedRectangle, VGroup

from mlanim.errors import UsageError, did_you_mean
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["CELL_KINDS", "CellKind", "RNNCell"]

CellKind = Literal["rnn", "gru", "lstm"]
CELL_KINDS = ("rnn", "gru", "lstm")


class RNNCell(VGroup):
    """One recurrent cell: input enters below, the state on the left; they leave above and right.

    size: height in units. `looped` draws the wire that feeds the state back into the cell, in the
    colour of hidden states. Parts: `.box`, `.label`, `.loop` (empty without one); ports (points):
    `.input_port`, `.output_port`, `.hidden_in_port`, `.hidden_out_port`. `CellInside` opens it.

    >>> cell = RNNCell(kind="gru", looped=True)
    >>> cell.label.text, bool((cell.hidden_out_port > cell.hidden_in_port).any())
    ('GRU', True)
    """

    def __init__(
        self,
        *,
        kind: CellKind = "gru",
        role: str = "encoder",
        theme: Theme = LIGHT,
        size: float = 1.0,
        width: float | None = None,
        text: str | None = None,
        text_size: Any = "small",
        looped: bool = False,
    ) -> None:
        super().__init__()
        if kind not in CELL_KINDS:
            raise UsageError(f"unknown cell kind {kind!r}", did_you_mean(str(kind), CELL_KINDS))
        self.kind, self.role, self.theme = kind, role, theme
        colours = theme.role(role)
        self.label = Label(
            kind.upper() if text is None else text,
            theme=theme,
            size=text_size,
            role=role,
            weight="bold",
        )
        width = max(size, self.label.width + 0.2) if width is None else width
        self.box = RoundedRectangle(
            width=width, height=size, corner_radius=min(0.16, 0.3 * size, 0.3 * width)
        )
        self.box.set_fill(colours.fill, opacity=1).set_stroke(colours.ink, theme.stroke.normal)
        self.label.move_to(self.box)
        self.loop = self._loop() if looped else VGroup()
        self.add(self.loop, self.box, self.label)

    def _loop(self) -> Wire:
        """Out of the right side, around, and into it again below."""
        width, height = self.box.width, self.box.height
        right, rise = width / 2, 0.26 * height
        reach = right + max(0.55 * height, 0.4)
        return Wire(
            (right, rise),
            (reach, rise),
            (reach, -rise),
            (right, -rise),
            role="hidden",
            theme=self.theme,
            corner=0.95 * rise,
        )

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen("cell", self.label.text)

    @property
    def input_port(self) -> np.ndarray:
        """Middle of the lower side, shape (3,)."""
        return self.box.get_edge_center(DOWN)

    @property
    def output_port(self) -> np.ndarray:
        """Middle of the upper side, shape (3,)."""
        return self.box.get_edge_center(UP)

    @property
    def hidden_in_port(self) -> np.ndarray:
        """Middle of the left side, shape (3,)."""
        return self.box.get_edge_center(LEFT)

    @property
    def hidden_out_port(self) -> np.ndarray:
        """Middle of the right side, shape (3,)."""
        return self.box.get_edge_center(RIGHT)
