"""Words and numbers in columns: a head over each, the first column names the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["PlainTable"]

_LEADING, _GAP = 2.9, 1.6  # line to line and column to column, in cap heights
_LARGEST = 1.8  # of the theme's body text


class PlainTable(VGroup):
    """heads (c,) and rows of c texts each, as large as the area allows; roles (c,) of the columns.

    The first column begins at the left, the others end at the right. Parts: `.heads`, `.rows`.

    >>> table = PlainTable(["", "float32"], [["bytes", "9,640"]], area=Area(0, 0, 6, 2))
    >>> [label.text for label in table.rows[0]]
    ['bytes', '9,640']
    """

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        area: Area,
        roles: Sequence[str | None] = (),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        if not rows or any(len(row) != len(heads) for row in rows):
            raise UsageError(f"{len(heads)} heads, rows of {[len(row) for row in rows]}")
        given = list(roles) or [None] * len(heads)
        columns = [list(column) for column in zip(heads, *rows, strict=True)]
        wide = sum(
            max(Label(text, theme=theme, size=1.0, weight="bold").width for text in column if text)
            if any(column)
            else 0.0
            for column in columns
        )
        gaps = _GAP * (len(columns) - 1)
        cap = min(
            _LARGEST * theme.sizes.body,
            area.width / (wide + gaps),
            area.height / (_LEADING * len(rows) + 1),
        )
        cap = max(cap, theme.sizes.small)
        pitch = min(_LEADING * 1.15 * cap, (area.height - cap) / len(rows))
        top = area.center[1] + pitch * len(rows) / 2 - cap / 2
        self.heads, self.rows = VGroup(), VGroup(*(VGroup() for _ in rows))
        style: dict[str, Any] = {"theme": theme, "size": cap}
        widths = [
            max((Label(t, weight="bold", **style).width for t in column if t), default=0.0)
            for column in columns
        ]
        spare = area.width - sum(widths)
        gap = min(spare / max(1, len(columns) - 1), 4 * _GAP * cap)
        x = area.center[0] - (sum(widths) + gap * (len(columns) - 1)) / 2
        for place, (column, width, role) in enumerate(zip(columns, widths, given, strict=True)):
            for i, text in enumerate(column):
                # A role's name stands at the head as well, so that colour alone tells nothing.
                weight: Any = "bold" if i == 0 else "normal"
                label = Label(text, weight=weight, role=role, **style)
                if text:
                    edge = label.get_left()[0] if place == 0 else label.get_right()[0]
                    label.shift([x + (0 if place == 0 else width) - edge, 0, 0])
                    label.align_baseline(top - i * pitch)
                (self.heads if i == 0 else self.rows[i - 1]).add(label)
            x += width + gap
        self.add(self.heads, self.rows)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = "; ".join(", ".join(label.text for label in row) for row in self.rows)
        return Seen(f"table of {len(self.rows)} rows", told)
