"""A model that reads a row of tokens and decides something at one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, UP, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["ReadingModel"]

_LOW = (1.7, 0.7, 2.2)  # shares of the height where words take several lines


class ReadingModel(VGroup):
    """Tokens below, a model above them, and on top what it says at one position.

    names, chances: k answers and their probabilities, which sum to 1. second: from which token on
    the second sentence begins (drawn in another role), if there is one.

    Parts: `.words` (TokenRow), `.model` (Block), `.bars` (SoftmaxBars with names), `.into`, `.out`
    (Wire; `.out` leaves above the position that is read), `.place` (its token).

    >>> page = ReadingModel(
    ...     ["[CLS]", "good"], 0, ["no", "yes"], [0.1, 0.9], area=Area(0, 0, 12, 6)
    ... )
    >>> page.bars.weights.tolist(), len(page.words.tokens)
    ([0.1, 0.9], 2)
    """

    def __init__(
        self,
        tokens: Sequence[str],
        position: int,
        names: Sequence[str],
        chances: Any,
        *,
        area: Area,
        second: int | None = None,
        name: str = "BERT",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        for size, shares in ((0.26, (2.2, 0.9, 1.5)), ("body", _LOW), ("small", _LOW)):
            top, middle, low = area.rows(*shares, gap=0.5)
            self.words = TokenRow(
                tokens, role="encoder", theme=theme, width=area.width, boxed=True, size=size
            )
            if self.words.height <= 0.8 * low.height:
                break
        for token in self.words.tokens[second:] if second is not None else ():
            other = theme.role("query")
            token.box.set_fill(other.fill, 1).set_stroke(other.ink)
            token.label.set_color(other.ink)
        low.place(self.words, UP)
        self.model = Block(
            name,
            role="hidden",
            theme=theme,
            width=min(area.width, self.words.width + 0.4),
            height=min(1.1, middle.height),
        )
        middle.place(self.model)
        self.place = self.words.tokens[position]
        row = min(0.6, top.height / len(names))
        self.bars = SoftmaxBars(
            np.asarray(chances, float),
            role="output",
            theme=theme,
            labels=names,
            height=row * len(names),
            width=min(3.4, 0.36 * area.width),
        )
        top.place(self.bars, DOWN)
        x = self.place.get_x()
        half = self.bars.width / 2
        self.bars.set_x(float(np.clip(x, area.left + half, area.right - half)))
        style: dict[str, Any] = {"theme": theme}
        bottom, roof = self.model.get_bottom()[1], self.model.get_top()[1]
        middle_x = self.model.get_x()
        self.into = Wire(
            (middle_x, self.words.get_top()[1] + 0.06),
            (middle_x, bottom - 0.05),
            role="encoder",
            **style,
        )
        x = float(np.clip(x, self.model.get_left()[0] + 0.2, self.model.get_right()[0] - 0.2))
        self.out = Wire(
            (x, roof + 0.05), (x, self.bars.get_bottom()[1] - 0.1), role="output", **style
        )
        self.add(self.words, self.model, self.into, self.out, self.bars)
