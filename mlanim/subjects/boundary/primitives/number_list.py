"""Numbers under each other, each behind what it is."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["NumberList"]

_LEADING = 2.3  # line to line, in cap heights


class NumberList(VGroup):
    """Entries (what, value, decimals) from the top of an area down; numbers end in one column,
    before what they are if `first`, and then small where they would not fit else.

    Parts: `.rows` (name and number), `.numbers`. `.set_values(values)` sets the first of them.

    >>> numbers = NumberList([("updates", 3, 0)], area=Area(0, 0, 4, 2))
    >>> numbers.set_values([4]).numbers[0].text
    '4'
    """

    def __init__(
        self,
        entries: Sequence[tuple[str, float, int]],
        *,
        area: Area,
        first: bool = False,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        cap = theme.sizes.body
        if len(entries) > (room := self.room(area, theme)):
            what = f"{len(entries)} numbers in {area.height:.1f} units"
            raise UsageError(what, f"there is room for {room}")
        size = "body"
        if first and max(Label(t, theme=theme).width for t, _, _ in entries) > area.width - 7 * cap:
            size, cap = "small", theme.sizes.small
        labels = [Label(text, theme=theme, size=size) for text, _, _ in entries]
        end = min(area.left + max(label.width for label in labels) + 6 * cap, area.right)
        self.rows, self.numbers = VGroup(), VGroup()
        for i, (label, (_, value, decimals)) in enumerate(zip(labels, entries, strict=True)):
            y = area.top - cap - i * _LEADING * cap
            label.align_baseline(y)
            left, right = (
                (area.left + 6.2 * cap, area.left + 5.2 * cap) if first else (area.left, end)
            )
            label.shift([left - label.get_left()[0], 0, 0])
            number = Number(
                value, decimals=decimals, theme=theme, size=size, anchor="right", weight="bold"
            )
            number.align_baseline(y)
            number.shift([right - number.get_right()[0], 0, 0])
            self.numbers.add(number)
            self.rows.add(VGroup(label, number))
        self.add(self.rows)

    @staticmethod
    def room(area: Area, theme: Theme = LIGHT) -> int:
        """How many entries fit an area."""
        cap = theme.sizes.body
        return int(1 + (area.height - cap) // (_LEADING * cap))

    def set_values(self, values: Sequence[float]) -> NumberList:
        """Show other values in the same places."""
        for number, value in zip(self.numbers, values, strict=False):
            number.set_value(float(value))
        return self
