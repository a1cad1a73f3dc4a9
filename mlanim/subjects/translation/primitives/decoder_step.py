"""One step of an attention decoder: from the word before to the next word."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Rectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.recurrent.rnn_cell import CellKind
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.primitives.wire import Wire
from mlanim.subjects.translation.primitives.decoder_reading import (
    STRIP_EDGE,
    DecoderReading,
    level,
    strip_name,
)
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["DecoderStep"]

_GAP = 0.32  # between things that a wire joins


class DecoderStep(VGroup):
    """A decoder's step (Luong et al. 2015, eqs. 5 and 6), laid out in an area.

    previous, word: the word that goes in and the one that comes out, of this `probability`.
    state, context: (d,) each, values between -1 and 1. Wide areas hold two
    lines, any other three.

    Parts, in the order of telling:
    `.reading` (DecoderReading), of which `.previous`, `.cell`, `.state`, `.state_name`.
    `.joined`: `.context_half` and `.state_half` side by side, their names in `.half_names`.
    `.writing`: `.into_layer`, `.feed_forward`, `.out_of_layer`, `.word`, `.odds`.

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
        super().__init__()
        self.theme, self.limit = theme, limit
        self._in_line = in_line = area.width > 2.5 * area.height
        lines = area.rows(1, 1) if in_line else area.rows(1, 0.9, 1)
        self._height = min(0.5, 0.38 * lines[0].height)  # of the strips
        style: dict[str, Any] = {
            "height": self._height,
            "cell_size": min(0.9, 0.8 * lines[0].height),
            "cell_kind": cell_kind,
            "theme": theme,
            "limit": limit,
        }
        self.reading = DecoderReading(previous, state, **style)
        self.feed_forward = Block(
            "feed-forward", role="output", theme=theme, size="small" if in_line else "body"
        )
        self.word = Label(AsIs(word), theme=theme, role="output", weight="bold", size=0.3)
        self._write(probability)
        said = max(self.word.width, self.odds.width)
        around_pair = self.feed_forward.width + said + 2 * _GAP if in_line else 0
        cell_width = min(
            0.16,
            (area.width - self.reading.lead - 2 * STRIP_EDGE) / len(state),
            (area.width - around_pair - 4 * STRIP_EDGE) / (len(context) + len(state)),
        )
        self.reading = DecoderReading(previous, state, cell_width=cell_width, **style)
        in_row = VGroup(self.previous, self.cell, self.state)
        area.keep(self.reading.shift(lines[0].center - in_row.get_center()))
        self._join(state, context, cell_width)
        # The word stands at the left of its slot, which its probability below needs as well.
        slot = Rectangle(width=said, height=self.word.height)
        if in_line:
            lines[1].place(VGroup(self.joined, self.feed_forward, slot).arrange(RIGHT, buff=_GAP))
        else:
            lines[1].place(self.joined)
            lines[2].place(VGroup(self.feed_forward, slot).arrange(RIGHT, buff=_GAP))
        self.word.move_to(slot, aligned_edge=LEFT)
        self._wire_up(area)
        self.add(self.reading, self.joined, self.half_names, self.writing)

    previous = property(lambda self: self.reading.previous)
    cell = property(lambda self: self.reading.cell)
    state = property(lambda self: self.reading.state)
    state_name = property(lambda self: self.reading.state_name)

    def _join(self, state: np.ndarray, context: np.ndarray, cell_width: float) -> None:
        self.context_half = self._strip(context, cell_width, "context")
        self.state_half = self._strip(state, cell_width, "decoder")
        self.joined = VGroup(self.context_half, self.state_half).arrange(RIGHT, buff=0.03)

    def _write(self, probability: float) -> None:
        self.odds = VGroup(
            Label("p =", theme=self.theme, size="small", role="muted"),
            Number(probability, theme=self.theme, size="small", role="muted"),
        ).arrange(RIGHT, buff=0.1)
        self.odds[1].align_baseline(self.odds[0])

    def _wire_up(self, area: Area) -> None:
        level(self.word, self.feed_forward)
        self.half_names = VGroup(
            strip_name("context", self.context_half, self.theme),
            strip_name("decoder state", self.state_half, self.theme),
        )
        room = self.feed_forward.get_left()[0] - 0.1 - area.left if self._in_line else area.width
        over = Area(area.left, area.bottom, room, area.height)
        if self.half_names[0].width + 0.1 + self.half_names[1].width > room:
            over.keep(self.half_names[1].next_to(self.state_half, DOWN, buff=0.1))
            over.keep(self.half_names[0])
        else:
            over.part(*self.half_names, gap=0.1)
        self.odds.next_to(self.word, DOWN, buff=0.14).align_to(self.word, LEFT)
        style = {"role": "output", "theme": self.theme}
        self.into_layer = Wire.between(
            self.joined, self.feed_forward, through=self.feed_forward, **style
        )
        self.out_of_layer = Wire.between(self.feed_forward, self.word, **style)
        self.writing = VGroup(
            self.into_layer, self.feed_forward, self.out_of_layer, self.word, self.odds
        )

    def _strip(self, values: Any, cell_width: float, role: str) -> TensorBox:
        return TensorBox.strip(
            values,
            width=cell_width * len(values),
            height=self._height,
            role=role,
            theme=self.theme,
            limit=self.limit,
        )
