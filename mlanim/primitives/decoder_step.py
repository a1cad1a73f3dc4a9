"""One step of an attention decoder: from the word before to the next word."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, Mobject, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.rnn_cell import CellKind, RNNCell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["DecoderStep"]

_GAP = 0.32  # between things that a wire joins


class DecoderStep:
    """A decoder's step in three lines of an area (Luong et al. 2015, eqs. 5 and 6).

    previous, word: the word that goes in and the one that comes out, of this `probability`.
    state, context: (d,) each; an empty context stands for a decoder without attention.

    Line 1, `.reading`: `.previous`, `.into_cell`, `.cell`, `.out_of_cell`, `.state`.
    Line 2, `.joined`: `.context_half` (None without attention) and `.state_half`, side by side.
    Line 3, `.writing`: `.into_layer`, `.feed_forward`, `.out_of_layer`, `.word`, `.odds`.

    >>> step = DecoderStep("<start>", np.ones(4), np.ones(4), "the", 0.98,
    ...                    area=Area(0, 0, 5, 4))
    >>> step.word.text, step.odds[1].text
    ('the', '0.98')
    """

    def __init__(
        self,
        previous: str,
        state: np.ndarray,
        context: np.ndarray,
        word: str,
        probability: float,
        *,
        area: Area,
        cell_kind: CellKind = "gru",
        theme: Theme = LIGHT,
        limit: float = 1.0,
    ) -> None:
        self.theme, self.limit = theme, limit
        lines = area.rows(1.0, 0.8, 1.0, gap=theme.gap)
        self._cell_width = min(0.16, (area.width - 0.3) / (2 * len(state)))
        self._strip_height = min(0.4, 0.4 * lines[1].height)
        self._read(previous, state, cell_kind, lines[0])
        self._join(state, context, lines[1])
        self._write(word, probability, lines[2])

    def _read(self, previous: str, state: np.ndarray, kind: CellKind, area: Area) -> None:
        theme = self.theme
        self.previous = Label(previous, theme=theme, role="decoder")
        size = min(0.75, 0.8 * area.height)
        self.cell = RNNCell(kind=kind, role="decoder", theme=theme, size=size)
        room = area.width - self.previous.width - self.cell.width - 2 * _GAP - 0.1
        self._cell_width = min(self._cell_width, room / len(state))
        self.state = self._strip(state, "decoder")
        area.fit(VGroup(self.previous, self.cell, self.state).arrange(RIGHT, buff=_GAP))
        self.previous.align_baseline(self.cell.get_y() - self.previous.cap_height / 2)
        self.into_cell = self._wire(self.previous, self.cell, "decoder")
        self.out_of_cell = self._wire(self.cell, self.state, "decoder")
        self.reading = VGroup(
            self.previous, self.into_cell, self.cell, self.out_of_cell, self.state
        )

    def _join(self, state: np.ndarray, context: np.ndarray, area: Area) -> None:
        self.context_half = self._strip(context, "context") if len(context) else None
        self.state_half = self._strip(state, "decoder")
        halves = [half for half in (self.context_half, self.state_half) if half is not None]
        self.joined = area.place(VGroup(*halves).arrange(RIGHT, buff=0.03))

    def _write(self, word: str, probability: float, area: Area) -> None:
        theme = self.theme
        self.feed_forward = Block("feed-forward", role="output", theme=theme, size="small")
        self.word = Label(word, theme=theme, role="output", weight="bold", size=0.26)
        self.odds = VGroup(
            Label("p =", theme=theme, size="small", role="muted"),
            Number(probability, theme=theme, size="small", role="muted"),
        ).arrange(RIGHT, buff=0.1)
        self.odds[1].align_baseline(self.odds[0])
        self.word.next_to(self.feed_forward, RIGHT, buff=_GAP)
        area.place(VGroup(self.feed_forward, self.word))
        # The layer stands below the middle of what it reads, the word to its right.
        self.word.align_baseline(self.feed_forward.get_y() - self.word.cap_height / 2)
        self.odds.next_to(self.feed_forward, DOWN, buff=0.14)
        self.odds.align_to(self.word, -RIGHT)
        below = self.joined.get_bottom() - [0, 0.05, 0]
        middle = self.feed_forward.get_x()
        self.into_layer = Wire(
            [middle, below[1], 0], self.feed_forward.top_port, role="output", theme=theme
        )
        self.out_of_layer = self._wire(self.feed_forward, self.word, "output")
        self.writing = VGroup(
            self.into_layer, self.feed_forward, self.out_of_layer, self.word, self.odds
        )

    def _strip(self, values: np.ndarray, role: str) -> TensorBox:
        return TensorBox(
            values,
            role=role,
            theme=self.theme,
            orientation="row",
            cell=self._cell_width,
            cell_height=self._strip_height,
            limit=self.limit,
            numbers=False,
            shape_label=False,
        )

    def _wire(self, start: Mobject, end: Mobject, role: str) -> Wire:
        """A level wire from one thing's right side to the next one's left."""
        y = end.get_y() if isinstance(end, RNNCell) else start.get_y()
        return Wire(
            [start.get_right()[0] + 0.06, y, 0],
            [end.get_left()[0] - 0.06, y, 0],
            role=role,
            theme=self.theme,
        )
