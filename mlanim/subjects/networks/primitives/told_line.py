"""A line of words and numbers, each in the colour of what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["ToldLine"]

_SPACE, _LEADING = 0.7, 2.1  # in cap heights


class ToldLine(VGroup):
    """pieces: (text, role or None), set one behind the other in the middle of an area.

    They are as large as the theme's body text times `scale`, or smaller where they would not fit;
    where they would not be legible they go on in a second line.

    >>> line = ToldLine([("slope", "context"), ("× gradient", "score")], area=Area(0, 0, 6, 1))
    >>> line.text
    'slope × gradient'
    """

    def __init__(
        self,
        pieces: Sequence[tuple[str, str | None]],
        *,
        area: Area,
        scale: float = 1.0,
        space: float = _SPACE,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        pieces = [(theme.words.said(text), role) for text, role in pieces]
        self.text = " ".join(text for text, _ in pieces)
        smallest = theme.sizes.small
        cap = min(theme.sizes.body * scale, area.height)
        whole = Label(AsIs(self.text), theme=theme, size=cap).width + space * cap * len(pieces)
        cap = max(smallest, min(cap, cap * area.width / whole))
        rows: list[list[Label]] = [[]]
        x = 0.0
        for text, role in pieces:
            style: dict[str, Any] = {"weight": "bold" if role else "normal", "role": role}
            label = Label(AsIs(text), theme=theme, size=cap, **style)
            if rows[-1] and x + label.width > area.width:
                rows.append([])
                x = 0.0
            label.shift([x - label.get_left()[0], 0, 0])
            x += label.width + space * cap
            rows[-1].append(label)
        for i, row in enumerate(rows):
            wide = row[-1].get_right()[0]
            y = area.center[1] - cap / 2 + ((len(rows) - 1) / 2 - i) * _LEADING * cap
            for label in row:
                label.shift([area.center[0] - wide / 2, 0, 0]).align_baseline(y)
            self.add(*row)
