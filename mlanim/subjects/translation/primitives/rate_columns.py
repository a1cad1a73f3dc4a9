"""Rates between 0 and 1 as columns, beside a rate to compare them with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import DOWN, DashedLine, Line, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["RateColumns"]


class RateColumns(VGroup):
    """One column a rate, with its per cent and its name below; a dashed line for `reference`.

    rates: each between 0 and 1, by name. area: where it stands; the column of rate 1 fills it.
    unit: what the names count; it and "%" then stand before their rows.
    Parts: `.columns`, `.numbers`, `.names`, `.row_names`, `.axis`, `.reference` (line and label).
    Groups are empty where not asked for.

    Raises UsageError for no rates, or one outside 0 to 1.

    >>> chart = RateColumns({"short": 0.98, "long": 0.41}, area=Area(0, 0, 4, 3))
    >>> [number.text for number in chart.numbers]
    ['98', '41']
    """

    def __init__(
        self,
        rates: Mapping[str, float],
        *,
        area: Area,
        role: str = "context",
        theme: Theme = LIGHT,
        unit: str = "",
        reference: tuple[str, float] | None = None,
    ) -> None:
        super().__init__()
        if not rates or not all(0 <= rate <= 1 for rate in rates.values()):
            raise UsageError(f"the rates {dict(rates)}", "give one or more, each between 0 and 1")
        self.drawn_data = {name: [rate] for name, rate in rates.items()}
        self.rates, self.role, self.theme = dict(rates), role, theme
        colours = theme.role(role)
        line = 2.4 * theme.sizes.small
        note = Area(area.left, area.top - line, area.width, line)
        # Numbers stand below the axis, where no reference line can cross them.
        ground, ceiling = area.bottom + 2 * line, note.bottom
        rows = VGroup(
            *(Label(text, theme=theme, size="small", role="muted") for text in ("%", unit))
            if unit
            else ()
        )
        before = max((row.width for row in rows), default=0.0)
        indent = before + theme.gap if unit else 0.0
        pitch = (area.width - indent) / len(rates)
        centres = [area.left + indent + (i + 0.5) * pitch for i in range(len(rates))]
        for row, depth in zip(rows, (0.55, 1.5), strict=False):
            row.center_on([area.left + before / 2, ground - depth * line, 0])
        self.axis = Line(
            [area.left + indent, ground, 0], [area.right, ground, 0], stroke_width=theme.stroke.thin
        ).set_stroke(theme.muted)
        self.columns, self.numbers, self.names = VGroup(), VGroup(), VGroup()
        for x, (name, rate) in zip(centres, rates.items(), strict=True):
            height = max(rate * (ceiling - ground), 1e-3)
            column = Rectangle(width=0.55 * pitch, height=height, stroke_width=theme.stroke.thin)
            column.set_fill(colours.fill, 1).set_stroke(colours.ink)
            column.move_to([x, ground, 0], aligned_edge=DOWN)
            number = Number(
                100 * rate, decimals=0, theme=theme, size="small", role=role, weight="bold"
            )
            label = Label(name, theme=theme, size="small", role="muted")
            self.columns.add(column)
            self.numbers.add(number.center_on([x, ground - 0.55 * line, 0]))
            self.names.add(label.center_on([x, ground - 1.5 * line, 0]))
        self.reference = VGroup()
        if reference is not None:
            name, rate = reference
            height = ground + rate * (ceiling - ground)
            dashed = DashedLine(
                [area.left + indent, height, 0],
                [area.right, height, 0],
                stroke_width=theme.stroke.normal,
            ).set_stroke(theme.role("score").ink)
            text = Label(f"{name} {100 * rate:.1f} %", theme=theme, size="small", role="score")
            text.align_baseline(ceiling + 0.1)
            text.shift([area.right - text.get_right()[0], 0, 0])
            self.reference.add(dashed, text)
        self.row_names = rows
        self.add(self.axis, self.columns, self.names, self.numbers, self.row_names, self.reference)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{name} {100 * rate:.1f} %" for name, rate in self.rates.items()]
        return Seen(f"row of {len(told)} columns", few(told))

    @property
    def values(self) -> np.ndarray:
        """The rates, shape (n,)."""
        return np.array(list(self.rates.values()))
