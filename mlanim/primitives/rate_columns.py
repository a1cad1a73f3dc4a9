"""Rates between 0 and 1 as columns, beside a rate to compare them with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, DashedLine, Line, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["RateColumns"]


class RateColumns(VGroup):
    """One column a rate, with its per cent and its name below; a dashed line for `reference`.

    rates: (n,) between 0 and 1. names: n. area: where it stands; the column of rate 1 fills it.
    Parts: `.columns`, `.numbers`, `.names`, `.axis`, `.reference` (line and label, or empty).

    Raises UsageError for rates outside 0 to 1 or another count of names.

    >>> chart = RateColumns([0.98, 0.41], ["short", "long"], area=Area(0, 0, 4, 3))
    >>> [number.text for number in chart.numbers]
    ['98', '41']
    """

    def __init__(
        self,
        rates: Sequence[float],
        names: Sequence[str],
        *,
        area: Area,
        role: str = "context",
        theme: Theme = LIGHT,
        reference: float | None = None,
        reference_name: str = "",
    ) -> None:
        super().__init__()
        rates = [float(rate) for rate in rates]
        if len(rates) != len(names) or not all(0 <= rate <= 1 for rate in rates):
            raise UsageError(
                f"{len(names)} names and rates {rates}", "give one name for each rate from 0 to 1"
            )
        self.rates, self.role, self.theme = tuple(rates), role, theme
        colours = theme.role(role)
        line = 2.4 * theme.sizes.small
        note = Area(area.left, area.top - line, area.width, line)
        # Numbers stand below the axis, where no reference line can cross them.
        ground, ceiling = area.bottom + 2 * line, note.bottom
        pitch = area.width / len(rates)
        centres = [area.left + (i + 0.5) * pitch for i in range(len(rates))]
        self.axis = Line(
            [area.left, ground, 0], [area.right, ground, 0], stroke_width=theme.stroke.thin
        ).set_stroke(theme.muted)
        self.columns, self.numbers, self.names = VGroup(), VGroup(), VGroup()
        for x, rate, name in zip(centres, rates, names, strict=True):
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
            height = ground + reference * (ceiling - ground)
            dashed = DashedLine(
                [area.left, height, 0], [area.right, height, 0], stroke_width=theme.stroke.normal
            ).set_stroke(theme.role("score").ink)
            text = Label(
                f"{reference_name} {100 * reference:.1f} %", theme=theme, size="small", role="score"
            )
            text.align_baseline(ceiling + 0.1)
            text.shift([area.right - text.get_right()[0], 0, 0])
            self.reference.add(dashed, text)
        self.add(self.axis, self.columns, self.names, self.numbers, self.reference)

    @property
    def values(self) -> np.ndarray:
        """The rates, shape (n,)."""
        return np.array(self.rates)
