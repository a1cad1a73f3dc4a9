"""A colour bar: the values that the colours of an array's cells stand for."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import PI, RIGHT, UP, ManimColor, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.seen import Seen, meaning_of, words_in
from mlanim.primitives.text import Label, Number

__all__ = ["ColourBar"]

_STOPS = 33  # between which Cairo blends, to less than a level of a colour
_WIDTH, _GAP = 0.22, 0.3  # units
_LEAST_LINE = 2.0  # units that a title's line may have beside a low bar


class ColourBar(VGroup):
    """The scale of a noun's colours, from its lowest value's to full colour, upright beside it.

    of: a noun with `values` or `weights`, `role`, `theme` and `limit`, the value of full colour,
    such as TensorBox, AttentionMatrix or HeatImage. Where no value is negative it begins with 0.
    height: in units; None is that of the noun's cells.
    title: what the values are; None is what the noun tells of them, in the film's language.

    `bar` is the coloured strip, `numbers` stand beside it: `low`, 0 between, and `high`. `title`
    stands turned beside those, in lines as long as the bar.

    >>> from mlanim.primitives import TensorBox
    >>> bar = ColourBar(TensorBox([[1.0, -2.0], [0.5, 0.0]]))
    >>> bar.low, bar.high, [number.text for number in bar.numbers], bar.title.text
    (-2.0, 2.0, ['−2.00', '0.00', '2.00'], 'hidden state')

    UsageError for a noun that has no such scale.
    """

    def __init__(self, of: Any, *, height: float | None = None, title: str | None = None) -> None:
        values = getattr(of, "values", getattr(of, "weights", None))
        if values is None or not all(hasattr(of, name) for name in ("limit", "role", "theme")):
            raise UsageError(
                f"a colour bar of {type(of).__name__}, whose colours stand for no values",
                "give a noun of an array, such as TensorBox or AttentionMatrix",
            )
        self.theme, self.high = of.theme, float(of.limit)
        theme = self.theme
        self.low = -self.high if (np.asarray(values) < 0).any() else 0.0
        stops = np.linspace(self.low, self.high, _STOPS)
        self.colours = theme.signed(stops, self.high, of.role)
        cells = getattr(of, "cells", of)
        high = float(cells.height) if height is None else height
        self.bar = Rectangle(width=_WIDTH, height=high, color=theme.muted)
        self.bar.set_stroke(width=theme.stroke.thin)
        self.bar.set_fill([ManimColor.from_rgb(tuple(rgb)) for rgb in self.colours], opacity=1)
        self.bar.set_sheen_direction(UP)
        self.bar.next_to(of, RIGHT, buff=_GAP).match_y(cells)
        marks = [self.low, 0.0, self.high] if self.low else [0.0, self.high]
        decimals = 2 if self.high < 10 else 1 if self.high < 100 else 0
        self.numbers = VGroup(
            *(Number(mark, decimals=decimals, theme=theme, size="small") for mark in marks)
        )
        cap = theme.sizes.small
        room = high - cap  # the outer numbers end with the bar
        for mark, number in zip(marks, self.numbers, strict=True):
            share = (mark - self.low) / (self.high - self.low)
            number.next_to(self.bar, RIGHT, buff=0.6 * cap)
            y = self.bar.get_bottom()[1] + share * room
            number.align_baseline(y)
        self.title = VGroup()
        if said := meaning_of(of) if title is None else title:
            long = max(high, _LEAST_LINE)
            self.title = Label(said, theme=theme, size="small", width=long, align="center")
            self.title.rotate(PI / 2).next_to(self.numbers, RIGHT, buff=cap).match_y(self.bar)
        super().__init__(self.bar, self.numbers, self.title)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        ends = f"from {self.numbers[0].text} to {self.numbers[-1].text}"
        return Seen("colour bar", ": ".join(part for part in (words_in(self.title), ends) if part))
