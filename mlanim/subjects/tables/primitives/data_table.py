"""A table as pandas holds it: header, index, cells, kinds of columns, and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label
from mlanim.subjects.tables.models.numbered import Place
from mlanim.subjects.tables.primitives.table_cell import TableCell
from mlanim.subjects.tables.primitives.table_layout import GAP, LARGEST, USUAL, Spacing, laid_out
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["DataTable"]


class DataTable(VGroup):
    """A DataFrame, a Series or a single value, as large as its area allows.

    breaks: places of rows before which a gap parts groups. roles: the colour of cells, by place.
    spacing: of rows and columns. largest: the cap height that its text may have.
    Middle rows and columns for which there is no room are left out: "…", and how many there are.

    Parts: `.cells` (all TableCells), `.dtypes` under the header, `.names` of the index's and
    header's levels, `.dots`, `.count`. `.cell(place)` is the cell of a place, None where it is left
    out; `.row(i)` is all of a row.

    >>> from mlanim.subjects.tables.models.pandas_extra import pd
    >>> table = DataTable(pd.DataFrame({"plays": [120, 45]}), area=Area(0, 0, 6, 4))
    >>> table.cell(Place("body", 1, 0)).text, table.dtypes[0].text
    ('45', 'int64')
    """

    def __init__(
        self,
        table: Any,
        *,
        area: Area,
        breaks: Collection[int] = (),
        roles: Mapping[Place, str] | None = None,
        dtypes: bool = True,
        spacing: Spacing = USUAL,
        largest: float = LARGEST,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.table = theme, table
        self._layout = laid_out(
            table, area, theme, breaks=breaks, dtypes=dtypes, spacing=spacing, largest=largest
        )
        self._high, self._pad = spacing.row * self._layout.cap, spacing.pad
        self.view, self.cap = self._layout.view, self._layout.cap
        self._roles, self._breaks = roles or {}, breaks
        self.cells, self.dtypes, self.names = VGroup(), VGroup(), VGroup()
        self.dots, self.count = VGroup(), VGroup()
        widths = self._layout.widths
        left = area.center[0] - sum(widths) / 2
        self._lefts = left + np.concatenate([[0], np.cumsum(widths)])
        top = area.center[1] + self._layout.height / 2
        if not self.view.is_single:
            top = self._lay_header(top)
            top = self._lay_kinds(top) if dtypes else top
        self._lay_rows(top)
        self._at = {cell.place: cell for cell in self.cells}
        self.add(self.cells, self.dtypes, self.names, self.dots, self.count)

    def cell(self, place: Place) -> TableCell | None:
        """The cell of a place; None where it is left out."""
        return self._at.get(place)

    def row(self, i: int) -> VGroup:
        """The cells of a row, its index too."""
        return VGroup(*(c for c in self.cells if c.place.part != "header" and c.place.i == i))

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self.view.frame.shape
        if self.view.is_single:
            return Seen("single value", self.cells[0].text)
        names = [str(name) for name in self.view.frame.columns]
        what = (
            f"table of {rows:,} row{'s' * (rows != 1)} and {columns} column{'s' * (columns != 1)}"
        )
        return Seen(what, few(names, 6))

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """What is drawn of its columns' names, its index and its cells: numbers, else texts."""
        rows, columns = (
            [i for i in some if i is not None] for some in (self.view.rows, self.view.columns)
        )
        body = [[self.view.plain(Place("body", i, j)) for j in columns] for i in rows]
        cells = np.array(body, dtype=object).reshape(len(rows), len(columns))
        if self.view.is_single:
            return {"cells": cells}
        heights, levels = range(self.view.header_levels), range(self.view.levels)
        names = [[self.view.text(Place("header", h, j)) for j in columns] for h in heights]
        index = [[self.view.text(Place("index", i, level)) for level in levels] for i in rows]
        return {"columns": np.array(names), "index": np.array(index), "cells": cells}

    @property
    def drawn_parts(self) -> dict[str, list[TableCell | None]]:
        """The cell that shows each number or text of `drawn_data`; None where it has none."""
        rows, columns = (
            [i for i in some if i is not None] for some in (self.view.rows, self.view.columns)
        )
        parts = {"cells": [Place("body", i, j) for i in rows for j in columns]}
        if not self.view.is_single:
            heights, levels = range(self.view.header_levels), range(self.view.levels)
            parts["columns"] = [Place("header", h, j) for h in heights for j in columns]
            parts["index"] = [Place("index", i, level) for i in rows for level in levels]
        return {part: [self.cell(place) for place in places] for part, places in parts.items()}

    def _lay_header(self, top: float) -> float:
        high = self._high
        levels = self.view.levels
        for h in range(self.view.header_levels):
            top -= high
            if name := self.view.header_names[h]:
                self._name(name, top, high, self._lefts[0], self._lefts[levels])
            for k, column in enumerate(self.view.columns):
                if column is None:
                    self._dot(k, top + high / 2)
                elif self.view.text(Place("header", h, column)):  # else a column without a name
                    self._cell(Place("header", h, column), k, top)
        return top

    def _lay_kinds(self, top: float) -> float:
        """The kinds of columns, and beside them what the index is called."""
        high = 0.78 * self._high
        top -= high
        for level, name in enumerate(self.view.index_names):
            if name:
                self._name(name, top, high, self._lefts[level], self._lefts[level + 1])
        for k, column in enumerate(self.view.columns, self.view.levels):
            if column is not None:
                kind = self._small(AsIs(self.view.dtype(column)))
                x = (self._lefts[k] + self._lefts[k + 1]) / 2
                self.dtypes.add(kind.center_on([x, top + high / 2, 0]))
        return top

    def _lay_rows(self, top: float) -> None:
        high = self._high
        for row in self.view.rows:
            if row in self._breaks:
                top -= GAP * self.cap
            top -= high
            for level in range(self.view.levels):
                if row is not None:
                    self._cell(Place("index", row, level), level - self.view.levels, top)
            for k, column in enumerate(self.view.columns):
                if row is None or column is None:
                    self._dot(k, top + high / 2)
                else:
                    self._cell(Place("body", row, column), k, top)
        if self.view.count:
            x = (self._lefts[0] + self._lefts[-1]) / 2
            self.count.add(self._small(self.view.count).center_on([x, top - 0.95 * self.cap, 0]))

    def _cell(self, place: Place, column: int, bottom: float) -> None:
        k = column + self.view.levels
        box = (self._lefts[k], bottom, self._lefts[k + 1] - self._lefts[k], self._high)
        number = place.part != "index" and self.view.is_number(place.j)
        self.cells.add(
            TableCell(
                self.view.text(place),
                place,
                box,
                cap=self.cap,
                pad=self._pad,
                align="center" if self.view.is_single else "right" if number else "left",
                missing=self.view.is_missing(place),
                role=self._roles.get(place),
                theme=self.theme,
            )
        )

    def _name(self, text: str, bottom: float, high: float, left: float, right: float) -> None:
        label = self._small(AsIs(text))
        middle = left + self._pad * self.cap + label.width / 2
        if label.width > right - left - self._pad * self.cap:
            middle = (left + right) / 2
        self.names.add(label.center_on([middle, bottom + high / 2, 0]))

    def _dot(self, column: int, y: float) -> None:
        k = column + self.view.levels
        dots = Label("…", theme=self.theme, size=self.cap, role="muted")
        self.dots.add(dots.center_on([(self._lefts[k] + self._lefts[k + 1]) / 2, y, 0]))

    def _small(self, text: str) -> Label:
        return Label(text, theme=self.theme, size=self._layout.small, role="muted")
