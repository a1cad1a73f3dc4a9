"""Several distributions over the same names, beside each other as columns of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme

__all__ = ["CompareBars"]


class CompareBars(VGroup):
    """n names, and columns of n weights that sum to 1, by their heads; all on one scale.

    Parts: `.names`, `.heads`, `.columns` (SoftmaxBars each).

    >>> bars = CompareBars(["a", "b"], {"p": [0.5, 0.5], "q": [1, 0]}, area=Area(-5, -3, 10, 6))
    >>> bars.columns[1].weights.tolist()
    [1.0, 0.0]
    """

    def __init__(
        self,
        names: Sequence[str],
        columns: Mapping[str, Any],
        *,
        area: Area,
        roles: Sequence[str] = (),
        decimals: int = 2,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        roles = [*roles, *["score"] * len(columns)][: len(columns)]
        high = max(float(np.max(values)) for values in columns.values())
        size = float(np.clip(0.03 * area.width, theme.sizes.small, 1.25 * theme.sizes.body))
        style: dict[str, Any] = {"theme": theme, "size": size}
        head, body = area.rows(0.7, 6, gap=0.05)
        pitch = min(1.3, body.height / len(names))
        body = Area(body.left, body.top - pitch * len(names), body.width, pitch * len(names))
        room = 0.24 * area.width
        labels = [Label(shortened(name, room, **style), **style) for name in names]
        named = max(label.width for label in labels)
        spare = Label("0." + "0" * decimals, theme=theme, size="small").width + 0.25
        rest = Area(area.left + named + 0.25, body.bottom, area.width - named - 0.25, body.height)
        self.names, self.heads, self.columns = VGroup(), VGroup(), VGroup()
        for i, label in enumerate(labels):
            y = body.top - (i + 0.5) * pitch
            self.names.add(label.center_on([area.left + named - label.width / 2, y, 0]))
        parts = rest.columns(*[1] * len(columns), gap=0.2)
        for part, (name, values), role in zip(parts, columns.items(), roles, strict=True):
            bars = SoftmaxBars(
                values,
                role=role,
                theme=theme,
                width=part.width - spare,
                height=part.height,
                limit=high,
                decimals=decimals,
            )
            bars.shift(np.array([part.left, part.center[1], 0]) - bars.baseline.get_center())
            self.columns.add(bars)
            told = Label(name, role=role, weight="bold", width=part.width, **style)
            told.move_to([part.left + told.width / 2, head.center[1], 0])
            self.heads.add(told)
        self.add(self.names, self.heads, self.columns)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        names = [label.text for label in self.names]
        told = [
            f"{head.text}: {bars.seen_beside(names).detail}"
            for head, bars in zip(self.heads, self.columns, strict=True)
        ]
        return Seen(f"table of {len(names)} rows of bars", "; ".join(told))
