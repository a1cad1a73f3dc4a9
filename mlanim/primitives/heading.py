"""The heading of a page, and the room that it leaves."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import wrapped
from mlanim.primitives.label import LINE_HEIGHT, Label, cap_of, clean
from mlanim.theme import LIGHT, Theme
from mlanim.words.direction import right_to_left

__all__ = ["Heading"]

_ABOVE, _BELOW = 0.05, 0.42  # units from the area's top to the accents' room, and below the lines
_SIZES = 13  # that are tried, from its own to the least


class Heading(Label):
    """A bold line at the top of an area, wrapped where it is too long for one line.

    It stands where its language begins a line: Arabic at the right. Of more `lines` than are
    given it becomes smaller, down to the theme's body, before it wraps once more.

    >>> page = Area(0, 0, 8, 4)
    >>> bool(Heading("Score every hidden state", area=page).baseline[1] < page.top)
    True
    """

    _kind = "heading"

    def __init__(
        self,
        text: str,
        *,
        area: Area,
        theme: Theme = LIGHT,
        size: str | float = "title",
        lines: int | None = None,
        **style: Any,
    ) -> None:
        if lines is not None:
            size = self._fitting(text, area.width, theme, cap_of(size, theme), lines)
        super().__init__(text, theme=theme, size=size, weight="bold", width=area.width, **style)
        half = self.width / 2
        x = area.right - half if right_to_left(self.text) else area.left + half
        self.move_to([x, 0, 0])
        self.align_baseline(area.top - self.cap_height - _ABOVE)
        if (above := self.get_top()[1] - area.top) > 0:  # accents upon capitals
            self.shift([0, -above, 0])

    @staticmethod
    def lines_of(text: str, area: Area) -> int:
        """How many lines it takes in the type that the bundled scenes are laid out for.

        >>> Heading.lines_of("Score every hidden state", Area(0, 0, 8, 4))
        1
        """
        wide = area.width / LIGHT.sizes.title
        return len(wrapped(clean(text), LIGHT.fonts.sans, "bold", wide))

    @staticmethod
    def _fitting(text: str, width: float, theme: Theme, cap: float, lines: int) -> float:
        """The largest cap height at which the text's own words take no more than those lines."""
        said = clean(theme.words.said(text, "heading", f"{width:.1f} wide, in lines"))
        sizes = np.linspace(cap, min(cap, theme.sizes.body), _SIZES)
        for size in sizes.tolist():
            if len(wrapped(said, theme.fonts.sans, "bold", width / size)) <= lines:
                return float(size)
        return cap

    @staticmethod
    def body(area: Area, *, lines: int = 1, theme: Theme = LIGHT) -> Area:
        """What a heading of so many lines leaves of an area.

        >>> page = Area(0, 0, 8, 4)
        >>> Heading.body(page, lines=2).top < Heading.body(page).top < page.top
        True
        """
        high = _ABOVE + theme.sizes.title * (1 + LINE_HEIGHT * (lines - 1)) + _BELOW
        return Area(area.left, area.bottom, area.width, area.height - high)
