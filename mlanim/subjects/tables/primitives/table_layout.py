"""How large a table's cells are in an area, and how much of the table there is room for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line
from mlanim.subjects.tables.models.numbered import Place, as_frame
from mlanim.subjects.tables.models.table_view import TableView, view_of
from mlanim.subjects.tables.primitives.table_cell import PAD
from mlanim.theme import Theme

__all__ = ["GAP", "LARGEST", "ROW", "TableLayout", "laid_out"]

ROW = 2.3  # a row's height, in cap heights
GAP = 1.1  # between groups of rows
_DTYPES = 0.78  # the dtypes' size, where it may be smaller than the cells'
LARGEST = 0.36  # cap height
_MOST_ROWS = 14  # of a table that has more
_COUNT = 1.8  # height of the line that counts rows and columns
_DOTS = 1.6  # width of the column that stands for those left out


@dataclass(frozen=True)
class TableLayout:
    """The view that fits, its cap height, its columns' widths, and its height; Manim units.

    widths: of index levels, then of the view's columns. small: cap height of the dtypes.
    """

    view: TableView
    cap: float
    small: float
    widths: tuple[float, ...]
    height: float


def laid_out(
    table: Any,
    area: Area,
    theme: Theme,
    *,
    breaks: Collection[int] = (),
    dtypes: bool = True,
    largest: float = LARGEST,
) -> TableLayout:
    """The largest table that fits; what does not fit legibly is left out in the middle.

    breaks: places of rows before which a gap parts groups.
    """
    frame, smallest = as_frame(table), theme.sizes.small
    least = theme.sizes.small
    extra = frame.columns.nlevels * ROW + (ROW if dtypes else 0)
    room = (area.height / least - extra - GAP * len(breaks)) / ROW
    if len(frame) > min(room, _MOST_ROWS):  # and a line that counts them
        room -= _COUNT / ROW
    most = max(2, min(int(room), _MOST_ROWS))
    columns = frame.shape[1]
    while True:
        view = view_of(table, most, columns)
        widths = _widths(view, theme, dtypes)
        if sum(widths) * smallest <= area.width or columns <= 2:
            break
        columns -= 1
    height = len(view.rows) * ROW + GAP * len(_shown(breaks, view)) + (_COUNT if view.count else 0)
    height += view.header_levels * ROW + (ROW * _DTYPES if dtypes and not view.is_single else 0)
    cap = min(area.width / sum(widths), area.height / height, largest)
    cap = max(cap, smallest * 0.999)
    return TableLayout(
        view, cap, max(smallest, _DTYPES * cap), tuple(cap * w for w in widths), cap * height
    )


def _shown(breaks: Collection[int], view: TableView) -> list[int]:
    return [row for row in view.rows if row is not None and row in breaks]


def _widths(view: TableView, theme: Theme, dtypes: bool) -> list[float]:
    """Widths in cap heights: of the widest text, and room at its sides."""
    rows = [row for row in view.rows if row is not None]
    found = []
    for level in range(view.levels):
        texts = [view.text(Place("index", row, level)) for row in rows]
        found.append(_widest(texts, [view.index_names[level]], theme))
    names = max(_widest([], view.header_names, theme), 0)
    if found and sum(found) < names:
        found[-1] += names - sum(found)
    for column in view.columns:
        if column is None:
            found.append(_DOTS)
            continue
        texts = [view.text(Place("body", row, column)) for row in rows]
        bold = [view.text(Place("header", h, column)) for h in range(view.header_levels)]
        found.append(_widest(texts, bold + ([view.dtype(column)] if dtypes else []), theme))
    return found


def _widest(texts: list[str], bold: list[str], theme: Theme) -> float:
    advances = [set_line(text, theme.fonts.sans, "normal").advance for text in texts if text]
    advances += [set_line(text, theme.fonts.sans, "bold").advance for text in bold if text]
    return max(advances, default=0.6) + 2 * PAD + 0.3
