"""What is drawn of a table: which rows and columns, and every cell's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mlanim.subjects.tables.models.numbered import Place, as_frame
from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["LONGEST", "TableView", "cut", "view_of"]

LONGEST = 20  # letters of a cell
_LOOKED_AT = 500  # rows, for the decimals of a column


@dataclass(frozen=True)
class TableView:
    """A table as it is drawn: None among rows or columns stands for those that are left out.

    longest: letters of a text, of which the rest is "…"; a number is never cut so short.
    """

    table: Any
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    longest: int = LONGEST

    @cached_property
    def frame(self) -> Any:
        """The table as a DataFrame."""
        return as_frame(self.table)

    @property
    def is_single(self) -> bool:
        """Whether it is one value, without labels."""
        return not isinstance(self.table, pd.DataFrame | pd.Series)

    @property
    def levels(self) -> int:
        """How many levels the index has."""
        return 0 if self.is_single else int(self.frame.index.nlevels)

    @property
    def header_levels(self) -> int:
        """How many levels the header has."""
        return 0 if self.is_single else int(self.frame.columns.nlevels)

    @property
    def count(self) -> str:
        """How large the table is, where some of it is left out; "" where all of it is drawn."""
        if None not in self.rows and None not in self.columns:
            return ""
        rows, columns = self.frame.shape
        return f"{rows:,} rows × {columns:,} columns"

    def text(self, place: Place) -> str:
        """What stands in a cell.

        >>> frame = pd.DataFrame({"hours": [1.5, None]})
        >>> view = view_of(frame)
        >>> [view.text(Place("body", i, 0)) for i in range(2)]
        ['1.5', 'NaN']
        """
        value = self.value(place)
        if place.part == "header":
            return _short(str(value), self.longest)
        if place.part == "index":
            return _short(_label(value), self.longest if isinstance(value, str) else LONGEST)
        longest = LONGEST if self.is_number(place.j) else self.longest
        return _short(_written(value, self._decimals(place.j)), longest)

    @property
    def header_texts(self) -> list[str]:
        """All that stands in the header."""
        levels, columns = self.frame.columns.nlevels, self.frame.shape[1]
        return [self.text(Place("header", h, j)) for h in range(levels) for j in range(columns)]

    def value(self, place: Place) -> Any:
        """The value of a cell, as pandas holds it."""
        if place.part == "body":
            return self.frame.iat[place.i, place.j]
        labels, item = (
            (self.frame.index, place.i) if place.part == "index" else (self.frame.columns, place.j)
        )
        level = place.j if place.part == "index" else place.i
        label = labels[item]
        return label[level] if labels.nlevels > 1 else label

    def plain(self, place: Place) -> float | int | str | None:
        """What a cell of the body holds, for whoever wants it: a number, else its text.

        >>> view = view_of(pd.DataFrame({"hours": [1.5, None], "who": ["Ada", "Bo"]}))
        >>> [view.plain(Place("body", i, j)) for i in range(2) for j in range(2)]
        [1.5, 'Ada', None, 'Bo']
        """
        if self.is_missing(place):
            return None
        value = self.value(place)
        value = value.item() if hasattr(value, "item") else value
        return value if isinstance(value, int | float) else self.text(place)

    def is_missing(self, place: Place) -> bool:
        """Whether a cell of the body holds no value."""
        return place.part == "body" and bool(pd.isna(self.value(place)))

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which stand right."""
        return self.frame.dtypes.iloc[column].kind in "iufM"

    def dtype(self, column: int) -> str:
        """The kind of a column, as pandas names it."""
        return str(self.frame.dtypes.iloc[column]).partition("[")[0]

    @property
    def index_names(self) -> list[str]:
        """What the index's levels are called; "" where they have no name."""
        return [] if self.is_single else self._named(self.frame.index)

    @property
    def header_names(self) -> list[str]:
        """What the header's levels are called."""
        return [] if self.is_single else self._named(self.frame.columns)

    def _named(self, labels: Any) -> list[str]:
        return [_short(str(name or ""), self.longest) for name in labels.names]

    def _decimals(self, column: int) -> int:
        if column not in self._known_decimals:
            self._known_decimals[column] = _decimals_of(self.frame.iloc[:_LOOKED_AT, column])
        return self._known_decimals[column]

    @cached_property
    def _known_decimals(self) -> dict[int, int]:
        return {}


def view_of(
    table: Any, most_rows: int = 10_000, most_columns: int = 10_000, longest: int = LONGEST
) -> TableView:
    """The first and last rows and columns, where there are more than can be drawn."""
    rows, columns = as_frame(table).shape
    return TableView(table, cut(rows, most_rows), cut(columns, most_columns), longest)


def cut(count: int, most: int) -> tuple[int | None, ...]:
    """Places from 0, the middle ones left out where there are too many.

    >>> cut(3, 4), cut(9, 4)
    ((0, 1, 2), (0, 1, None, 8))
    """
    if count <= most:
        return tuple(range(count))
    last = max(1, (most - 1) // 2)
    first = max(1, most - 1 - last)
    return (*range(first), None, *range(count - last, count))


def _short(text: str, longest: int) -> str:
    text = "".join(sign if sign.isprintable() else "·" for sign in text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _label(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return _written(value, 1)
    return (
        "NaN"
        if value is None or value != value
        else str(value).replace("-", "−", 1)
        if (isinstance(value, int | float) and value < 0)
        else str(value)
    )


def _written(value: Any, decimals: int) -> str:
    """A value as pandas prints it, in as many decimals as its column needs."""
    if value is None or value is pd.NaT:
        return "NaT" if value is pd.NaT else "None"
    if isinstance(value, str | bool):
        return str(value)
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        if value != value:
            return "NaN"
        if abs(value) == float("inf"):
            return "∞" if value > 0 else "−∞"
        large = abs(value) >= 1e9 or 0 < abs(value) < 1e-3
        return (f"{value:.3g}" if large else f"{value:.{decimals}f}").replace("-", "−")
    return str(value).replace("-", "−") if isinstance(value, int) else str(value)


def _decimals_of(column: Any) -> int:
    """One decimal at least, so that a float is seen to be one; three at most."""
    values = [v for v in _plain(column) if isinstance(v, float) and abs(v) < 1e9 and v == v]
    for decimals in (1, 2):
        if all(abs(round(v, decimals) - v) <= 1e-9 * max(1.0, abs(v)) for v in values):
            return decimals
    return 2 if any(abs(v) >= 100 for v in values) else 3


def _plain(values: Any) -> Sequence[Any]:
    found: Sequence[Any] = values.tolist()
    return found
