"""Cells by number: a table's twin in which each cell holds its own number.

What pandas does to a table is done to its twin as well, and the numbers tell where each cell went.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["NONE", "Numbered", "Place", "Sources", "as_frame", "numbers_of", "united"]

NONE = -1  # of a cell that came from nowhere: a new index, a NaN of an unmatched row
Part = Literal["body", "index", "header"]


class Place(NamedTuple):
    """A cell: in the body (row, column), the index (row, level) or the header (level, column)."""

    part: Part
    i: int
    j: int


def as_frame(table: Any) -> Any:
    """A table as a DataFrame: a Series is one column, a single value one cell."""
    if isinstance(table, pd.DataFrame):
        return table
    if isinstance(table, pd.Series):
        return table.to_frame("" if table.name is None else table.name)
    return pd.DataFrame({"": [table]})


@dataclass(frozen=True)
class Numbered:
    """The numbers of a table's cells, from `start` on: body, then index, then header."""

    rows: int
    columns: int
    levels: int
    header_levels: int
    start: int = 0

    @classmethod
    def of(cls, table: Any, start: int = 0) -> Numbered:
        """Number a DataFrame, a Series or a single value.

        >>> Numbered.of(pd.DataFrame({"a": [1, 2], "b": [3, 4]})).body.tolist()
        [[0, 1], [2, 3]]
        """
        frame = as_frame(table)
        return cls(*frame.shape, frame.index.nlevels, frame.columns.nlevels, start)

    @property
    def count(self) -> int:
        """How many cells there are, all parts together."""
        return self._first_of_header - self.start + self.header_levels * self.columns

    @property
    def _first_of_index(self) -> int:
        return self.start + self.rows * self.columns

    @property
    def _first_of_header(self) -> int:
        return self._first_of_index + self.rows * self.levels

    @cached_property
    def body(self) -> NDArray:
        """Numbers (rows, columns)."""
        return self._block(self.start, self.rows, self.columns)

    @cached_property
    def index(self) -> NDArray:
        """Numbers (rows, levels)."""
        return self._block(self._first_of_index, self.rows, self.levels)

    @cached_property
    def header(self) -> NDArray:
        """Numbers (header levels, columns)."""
        return self._block(self._first_of_header, self.header_levels, self.columns)

    @staticmethod
    def _block(first: int, rows: int, columns: int) -> NDArray:
        return first + np.arange(rows * columns, dtype=np.int64).reshape(rows, columns)

    def place(self, number: int) -> Place | None:
        """Where the cell of a number is; None for one of another table."""
        if self.start <= number < self._first_of_index:
            return Place("body", *divmod(int(number) - self.start, self.columns))
        if self._first_of_index <= number < self._first_of_header:
            return Place("index", *divmod(int(number) - self._first_of_index, self.levels))
        if self._first_of_header <= number < self.start + self.count:
            return Place("header", *divmod(int(number) - self._first_of_header, self.columns))
        return None

    def twin(self, frame: Any) -> Any:
        """The table with numbers for cells, under its own labels."""
        return pd.DataFrame(self.body, index=frame.index, columns=frame.columns)


@dataclass(frozen=True)
class Sources:
    """For each cell of a result the numbers of those that it came from.

    Arrays (rows, columns), (rows, levels), (header levels, columns): of numbers, `NONE` where there
    is none, or objects that are arrays of numbers each.

    whole: places of columns that all new cells read besides, as a mean does.
    """

    body: NDArray
    index: NDArray
    header: NDArray
    whole: tuple[int, ...] = ()

    def of(self, place: Place) -> tuple[int, ...]:
        """The numbers of one cell's sources."""
        return numbers_of(getattr(self, place.part)[place.i, place.j])


def numbers_of(entry: Any) -> tuple[int, ...]:
    """The numbers that an entry of a `Sources` array holds.

    >>> numbers_of(np.int64(3)), numbers_of(NONE), numbers_of(np.array([1, 2]))
    ((3,), (), (1, 2))
    """
    return tuple(int(n) for n in np.atleast_1d(np.asarray(entry)) if n != NONE)


def united(*entries: Any) -> NDArray:
    """All numbers of some entries, each once, in order."""
    found: dict[int, None] = {}
    for entry in entries:
        found |= dict.fromkeys(numbers_of(entry))
    return np.array(list(found), dtype=np.int64)
