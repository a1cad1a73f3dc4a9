"""The heading of a page, and the room that it leaves."""

from __future__ import annotations

from typing import Any

from mlanim.primitives.area import Area
from mlanim.primitives.label import LINE_HEIGHT, Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.direction import right_to_left

__all__ = ["Heading"]

_ABOVE, _BELOW = 0.05, 0.42  # units from the area's top to the accents' room, and below the lines


class Heading(Label):
    """A bold line at the top of an area, wrapped where it is too long for one line.

    It stands where its language begins a line: Arabic at the right.

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
        **style: Any,
    ) -> None:
        super().__init__(text, theme=theme, size=size, weight="bold", width=area.width, **style)
        half = self.width / 2
        x = area.right - half if right_to_left(self.text) else area.left + half
        self.move_to([x, 0, 0])
        self.align_baseline(area.top - self.cap_height - _ABOVE)
        if (above := self.get_top()[1] - area.top) > 0:  # accents upon capitals
            self.shift([0, -above, 0])

    @staticmethod
    def body(area: Area, *, lines: int = 1, theme: Theme = LIGHT) -> Area:
        """What a heading of so many lines leaves of an area.

        >>> page = Area(0, 0, 8, 4)
        >>> Heading.body(page, lines=2).top < Heading.body(page).top < page.top
        True
        """
        high = _ABOVE + theme.sizes.title * (1 + LINE_HEIGHT * (lines - 1)) + _BELOW
        return Area(area.left, area.bottom, area.width, area.height - high)
