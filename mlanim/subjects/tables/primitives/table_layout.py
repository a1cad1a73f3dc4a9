"""How large a table's cells are in an area, and how much of the table there is room for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line
from mlanim.subjects.tables.models.numbered import Place, as_frame
from mlanim.subjects.tables.models.table_view import LONGEST, TableView, cut, view_of
from mlanim.theme import Theme

__all__ = ["DENSE", "GAP", "LARGEST", "USUAL", "Spacing", "TableLayout", "laid_out", "natural_size"]

GAP = 1.1  # between groups of rows
_DTYPES = 0.78  # the dtypes' size, where it may be smaller than the cells'
LARGEST = 0.36  # cap height
_MOST_ROWS = 14  # of a table that has more
_COUNT = 1.8  # height of the line that counts rows and columns
_NARROWEST = 0.9  # of a column, and its padding
_DOTS = 1.6  # width of the column that stands for those left out
_SHORTER = 12  # letters of a text, where more columns find room so
_SHORTEST = (16, 12, 9, 6, 4)  # where not even the first and the last do


@dataclass(frozen=True)
class Spacing:
    """A row's height, and what is free between a text and its cell's side; in cap heights."""

    row: float = 2.3
    pad: float = 0.55


USUAL = Spacing()
DENSE = Spacing(1.95, 0.38)  # where a page would otherwise hold less than the whole table


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

    @property
    def share(self) -> float:
        """How much of the table is drawn, 1 for as much of it as ever is."""
        rows, columns = self.view.frame.shape
        most = _drawn(cut(rows, _MOST_ROWS)) * columns
        return min(1.0, _drawn(self.view.rows) * _drawn(self.view.columns) / max(1, most))

    def is_inside(self, area: Area) -> bool:
        """Whether the area holds it."""
        return sum(self.widths) < area.width + 0.01 and self.height < area.height + 0.01


def laid_out(
    table: Any,
    area: Area,
    theme: Theme,
    *,
    breaks: Collection[int] = (),
    dtypes: bool = True,
    spacing: Spacing = USUAL,
    largest: float = LARGEST,
) -> TableLayout:
    """The largest table that fits; what does not fit legibly is left out in the middle.

    Long texts are cut where that saves columns, and where two columns are too wide.

    breaks: places of rows before which a gap parts groups.
    """
    frame, smallest = as_frame(table), theme.sizes.small
    least = theme.sizes.small
    high = spacing.row
    extra = frame.columns.nlevels * high + (high if dtypes else 0)
    room = (area.height / least - extra - GAP * len(breaks)) / high
    if len(frame) > min(room, _MOST_ROWS):  # and a line that counts them
        room -= _COUNT / high
    most = max(2, min(int(room), _MOST_ROWS))
    columns = min(frame.shape[1], _most_columns(area.width, theme, spacing))
    tried = [(many, letters) for many in range(columns, 1, -1) for letters in (LONGEST, _SHORTER)]
    tried += [(min(2, columns), letters) for letters in (LONGEST, *_SHORTEST)]
    known: dict[tuple[int, int], float] = {}
    for many, letters in tried:
        view = view_of(table, most, many, letters)
        widths = _widths(view, theme, dtypes, spacing, known)
        if sum(widths) * smallest <= area.width:
            break
    height = _height(view, breaks, dtypes, spacing)
    cap = min(area.width / sum(widths), area.height / height, largest)
    cap = max(cap, smallest * 0.999)
    return TableLayout(
        view, cap, max(smallest, _DTYPES * cap), tuple(cap * w for w in widths), cap * height
    )


def _drawn(places: Sequence[int | None]) -> int:
    return sum(place is not None for place in places)


def natural_size(
    table: Any,
    width: float,
    theme: Theme,
    *,
    breaks: Collection[int] = (),
    dtypes: bool = True,
    spacing: Spacing = USUAL,
) -> tuple[float, float]:
    """Width and height in cap heights of a table of which as much is drawn as ever is.

    width: of the page, in Manim units; columns that it cannot hold are not counted.
    """
    view = view_of(table, _MOST_ROWS, _most_columns(width, theme, spacing))
    return sum(_widths(view, theme, dtypes, spacing)), _height(view, breaks, dtypes, spacing)


def _most_columns(width: float, theme: Theme, spacing: Spacing) -> int:
    """More columns than so many find no room, whatever is in them."""
    return max(2, int(width / theme.sizes.small / (_NARROWEST + 2 * spacing.pad)))


def _height(view: TableView, breaks: Collection[int], dtypes: bool, spacing: Spacing) -> float:
    """In cap heights."""
    kinds = _DTYPES if dtypes and not view.is_single else 0.0
    rows = len(view.rows) + view.header_levels + kinds
    return rows * spacing.row + GAP * len(_shown(breaks, view)) + (_COUNT if view.count else 0)


def _shown(breaks: Collection[int], view: TableView) -> list[int]:
    return [row for row in view.rows if row is not None and row in breaks]


def _widths(
    view: TableView,
    theme: Theme,
    dtypes: bool,
    spacing: Spacing,
    known: dict[tuple[int, int], float] | None = None,
) -> list[float]:
    """Widths in cap heights: of the widest text, and room at its sides.

    known: those of columns with texts of so many letters, for the same rows; others are added.
    """
    known = {} if known is None else known
    pad = 2 * spacing.pad
    rows = [row for row in view.rows if row is not None]
    found = []
    for level in range(view.levels):
        texts = [view.text(Place("index", row, level)) for row in rows]
        found.append(_widest(texts, [view.index_names[level]], theme) + pad)
    names = _widest([], view.header_names, theme) + pad
    if found and sum(found) < names:
        found[-1] += names - sum(found)
    for column in view.columns:
        if column is None:
            found.append(_DOTS)
            continue
        if (column, view.longest) not in known:
            texts = [view.text(Place("body", row, column)) for row in rows]
            bold = [view.text(Place("header", h, column)) for h in range(view.header_levels)]
            kinds = [view.dtype(column)] if dtypes else []
            known[column, view.longest] = _widest(texts, bold + kinds, theme) + pad
        found.append(known[column, view.longest])
    return found


def _widest(texts: list[str], bold: list[str], theme: Theme) -> float:
    advances = [set_line(text, theme.fonts.sans, "normal").advance for text in texts if text]
    advances += [set_line(text, theme.fonts.sans, "bold").advance for text in bold if text]
    return max(advances, default=_NARROWEST - 0.3) + 0.3
