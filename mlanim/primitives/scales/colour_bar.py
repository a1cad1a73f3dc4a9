"""A colour bar: the values that the colours of an array's cells stand for."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, UP, ManimColor, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Number

__all__ = ["ColourBar"]

_STOPS = 33  # between which Cairo blends, to less than a level of a colour
_WIDTH, _GAP = 0.22, 0.3  # units


class ColourBar(VGroup):
    """The scale of a noun's colours, from its lowest value's to full colour, upright beside it.

    of: a noun with `values` or `weights`, `role`, `theme` and `limit`, the value of full colour,
    such as TensorBox, AttentionMatrix or HeatImage. Where no value is negative it begins with 0.
    height: in units; None is that of the noun's cells.

    `bar` is the coloured strip, `numbers` stand beside it: `low`, 0 between, and `high`.

    >>> from mlanim.primitives import TensorBox
    >>> bar = ColourBar(TensorBox([[1.0, -2.0], [0.5, 0.0]]))
    >>> bar.low, bar.high, [number.text for number in bar.numbers]
    (-2.0, 2.0, ['−2.00', '0.00', '2.00'])

    UsageError for a noun that has no such scale.
    """

    def __init__(self, of: Any, *, height: float | None = None) -> None:
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
        super().__init__(self.bar, self.numbers)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen("colour bar", f"from {self.numbers[0].text} to {self.numbers[-1].text}")
