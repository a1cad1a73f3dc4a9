"""Where tables and what becomes of them stand on a page: so that all is seen, and large."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.subjects.tables.primitives.table_layout import (
    DENSE,
    USUAL,
    Spacing,
    laid_out,
    natural_size,
)
from mlanim.theme import Theme

__all__ = ["Sheet", "table_rooms"]

_GAP = 0.6  # units between what was and what becomes of it
_INNER = 0.3  # units between two tables that were
_TURNED = 1.04  # so much smaller text may be beside each other than below
_WAYS = ("columns", "rows")


@dataclass(frozen=True)
class Sheet:
    """A table that is to be drawn in an area.

    breaks: places of rows before which a gap parts groups. dtypes: whether they are drawn.
    """

    table: Any
    breaks: Collection[int] = ()
    dtypes: bool = True
    spacing: Spacing = USUAL
    area: Area | None = None

    def style(self) -> dict[str, Any]:
        """What a DataTable is told."""
        return {"area": self.area, "dtypes": self.dtypes, "spacing": self.spacing}


def table_rooms(
    before: Sequence[Sheet], after: Sheet, area: Area, theme: Theme
) -> tuple[Sheet, ...]:
    """All of them, each with its area: beside each other, or what becomes of them below.

    Of the arrangements the one in which most of every table is drawn, and the smallest text is
    largest; each has a share as large as it needs for text of the same size. Where a page does not
    hold all, rows and columns are set closer; then dtypes are left out.

    >>> from mlanim.subjects.tables.models.pandas_extra import pd
    >>> from mlanim.theme import LIGHT
    >>> long, wide = (Sheet(pd.DataFrame([[1] * n] * m)) for m, n in ((9, 2), (2, 9)))
    >>> one, other = table_rooms([long], long, Area(0, 0, 7, 7), LIGHT)
    >>> one.area.top == other.area.top
    True
    >>> one, other = table_rooms([wide], wide, Area(0, 0, 7, 7), LIGHT)
    >>> one.area.left == other.area.left
    True
    """
    usual = None
    for dtypes, spacing in ((True, USUAL), (True, DENSE), (False, USUAL), (False, DENSE)):
        sheets = [
            replace(sheet, dtypes=sheet.dtypes and dtypes, spacing=spacing)
            for sheet in (*before, after)
        ]
        drawn, _, placed = max(
            (_arranged(sheets, area, theme, ways) for ways in product(_WAYS, repeat=2)),
            key=lambda found: found[:2],
        )
        if drawn == 1:
            return placed
        usual = usual or placed
    assert usual is not None
    return usual


def _arranged(
    sheets: Sequence[Sheet], area: Area, theme: Theme, ways: tuple[str, ...]
) -> tuple[float, float, tuple[Sheet, ...]]:
    """The least share of a table that is drawn, the least size of text, and where they stand.

    ways: how the last stands to the others, and they to each other.
    """
    sizes = [
        natural_size(
            s.table, area.width, theme, breaks=s.breaks, dtypes=s.dtypes, spacing=s.spacing
        )
        for s in sheets
    ]
    outer, inner = ways
    wide, high = zip(*sizes[:-1], strict=True)
    whole = (sum(wide), max(high)) if inner == "columns" else (max(wide), sum(high))
    along = 0 if outer == "columns" else 1
    try:
        both, last = getattr(area, outer)(whole[along], sizes[-1][along], gap=_GAP)
        each = getattr(both, inner)(*(wide if inner == "columns" else high), gap=_INNER)
    except UsageError:  # a page that has no room for gaps
        return 0.0, 0.0, tuple(replace(sheet, area=area) for sheet in sheets)
    rooms: tuple[Area, ...] = (*each, last)
    placed = tuple(replace(s, area=room) for s, room in zip(sheets, rooms, strict=True))
    laid = [
        laid_out(s.table, room, theme, breaks=s.breaks, dtypes=s.dtypes, spacing=s.spacing)
        for s, room in zip(sheets, rooms, strict=True)
    ]
    drawn = min(
        made.share if made.is_inside(room) else 0.0 for made, room in zip(laid, rooms, strict=True)
    )
    turned = _TURNED if outer == "columns" else 1.0
    return round(drawn, 3), turned * min(made.cap for made in laid), placed
