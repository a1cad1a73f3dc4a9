"""How the next token is drawn: the best few, their probabilities, and a point between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, UP, Rectangle, Triangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import weight_array
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SamplingPage"]


class SamplingPage(VGroup):
    """k kept tokens in the order of their logits: names, logits, bars, and a strip to draw from.

    names, logits, probabilities: k each; the probabilities sum to 1. dropped: how many were not
    kept. draw: the drawn number in [0, 1), or None for the greedy choice.

    Parts: `.names`, `.logits` (TensorBox column), `.bars` (SoftmaxBars), `.heads` (over logits and
    bars), `.strip` (one piece a token, as wide as its probability), `.pointer`, `.number` (the
    draw), `.strip_names`, `.left_out`.
    """

    def __init__(
        self,
        names: Sequence[str],
        logits: Any,
        probabilities: Any,
        *,
        dropped: int,
        draw: float | None,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        chances = weight_array(probabilities, "SamplingPage", (1,))
        logits = np.asarray(logits, float)
        table, low = area.rows(3.4, 1.25, gap=0.35)
        head, body = table.rows(0.4, 4, gap=0.12)
        row = min(0.62, body.height / (len(names) + 0.7))
        labels = [Label(AsIs(name), theme=theme, role="output", size="body") for name in names]
        words = max(label.width for label in labels)
        width = min(area.width, 10.0)
        left = area.center[0] - width / 2
        top = body.top - row / 2
        self.names = VGroup()
        for i, label in enumerate(labels):
            label.center_on([left + words - label.width / 2, top - i * row, 0])
            self.names.add(label)
        self.logits = TensorBox(
            logits, role="score", theme=theme, cell=0.95, cell_height=row, shape_label=False
        )
        x = left + words + 0.3 + 0.5
        self.logits.move_to([x, top - (len(names) - 1) * row / 2, 0])
        bars_left = x + 0.95
        self.bars = SoftmaxBars(
            chances,
            role="output",
            theme=theme,
            height=len(names) * row,
            width=max(1.0, left + width - bars_left - 0.9),
        )
        line = self.bars.baseline.get_center()
        self.bars.shift(np.array([bars_left, self.logits.frame.get_y(), 0]) - line)
        self.heads = VGroup(
            Label("logit", theme=theme, size="small", role="muted").center_on(
                [x, head.center[1], 0]
            ),
            Label("probability", theme=theme, size="small", role="muted"),
        )
        self.heads[1].center_on([bars_left + self.heads[1].width / 2, head.center[1], 0])
        self.left_out = VGroup()
        if dropped:
            note = Label(f"{dropped} others: 0", theme=theme, size="small", role="muted")
            note.center_on([left + words - note.width / 2, top - len(names) * row, 0])
            if note.get_left()[0] < area.left:
                note.shift([area.left - note.get_left()[0], 0, 0])
            self.left_out.add(note)
        self._lay_strip(names, chances, draw, Area(left, low.bottom, width, low.height))
        self.add(self.names, self.logits, self.bars, self.heads, self.left_out)
        self.add(self.strip, self.strip_names)

    def _lay_strip(
        self, names: Sequence[str], chances: np.ndarray, draw: float | None, area: Area
    ) -> None:
        self.strip, self.strip_names = VGroup(), VGroup()
        high = 0.42
        y = area.center[1] + 0.05
        colours = self.theme.role("output")
        start = area.left
        for i, (name, chance) in enumerate(zip(names, chances, strict=True)):
            piece = Rectangle(width=chance * area.width, height=high)
            piece.set_fill(colours.fill, 0.45 if i % 2 else 1.0)
            piece.set_stroke(colours.ink, self.theme.stroke.thin)
            piece.move_to([start + chance * area.width / 2, y, 0])
            self.strip.add(piece)
            label = Label(AsIs(name), theme=self.theme, size="small")
            if label.width + 0.12 < piece.width:
                self.strip_names.add(label.center_on(piece.get_center()))
            start += chance * area.width
        self.pointer, self.number = VGroup(), VGroup()
        if draw is not None:
            tip = np.array([area.left + draw * area.width, y - high / 2 - 0.05, 0])
            mark = Triangle().scale(0.12).set_fill(self.theme.ink, 1).set_stroke(width=0)
            self.pointer.add(mark.move_to(tip, aligned_edge=UP))
            number = Number(draw, theme=self.theme, size="body", weight="bold")
            self.number.add(number.next_to(mark, DOWN, buff=0.1))
            area.keep(self.number)
