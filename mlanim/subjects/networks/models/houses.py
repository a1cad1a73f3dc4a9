"""Houses and their prices, and the straight line through them.

The first three are those of Alammar's guide; all ten are the first of the Portland table that
Ng's course made known: size in square feet, bedrooms, price in thousands of dollars.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.separated_values import read_sheet
from mlanim.models.table_columns import Column, table_columns
from mlanim.models.written_number import number_written

__all__ = ["Table", "houses", "read_regression"]

_HOUSES = (
    (2104, 3, 399.9),
    (1600, 3, 329.9),
    (2400, 3, 369.0),
    (1416, 2, 232.0),
    (3000, 4, 539.9),
    (1985, 4, 299.9),
    (1534, 3, 314.9),
    (1427, 3, 199.0),
    (1380, 3, 212.0),
    (1494, 3, 242.5),
)
_MOST = 500  # rows
_LARGEST = 1e9


@dataclass(frozen=True)
class Table:
    """Inputs (n, k) of one or two kinds, targets (n,) and the names of the inputs and the target.

    what: what a row is, in the plural. told: how a file was read; may be empty.
    """

    inputs: NDArray
    targets: NDArray
    names: tuple[str, ...]
    what: str = "rows"
    told: str = ""

    @property
    def units(self) -> NDArray:
        """A power of ten for each input (k,), so that in these units all are below ten.

        >>> houses().units.tolist()
        [1000.0, 1.0]
        """
        return np.asarray(10.0 ** np.floor(np.log10(np.abs(self.inputs).max(axis=0))))

    @property
    def scaled(self) -> NDArray:
        """The inputs in these units: then steps along all weights are of one size."""
        return np.asarray(self.inputs / self.units)

    def scaled_name(self, i: int) -> str:
        """The name of an input in its unit."""
        unit = self.units[i]
        return self.names[i] if unit == 1 else f"{self.names[i]}, in {unit:,g}s"


def houses(count: int = 3) -> Table:
    """The first so many houses.

    >>> houses().targets.tolist()
    [399.9, 329.9, 369.0]
    """
    rows = np.array(_HOUSES[:count])
    names = ("size (sq ft)", "bedrooms", "price (1000 $)")
    return Table(rows[:, :2], rows[:, 2], names, "houses")


def read_regression(path: Path, columns: list[str] | None = None) -> Table:
    """A reader's table: the last of `columns` is predicted from the one or two before it.

    Without `columns` the last column of numbers is predicted from the first one or two.

    Raises UsageError for a file without two columns of numbers, and for cells that are none.
    """
    sheet = read_sheet(path)
    if not sheet.rows:
        raise UsageError(f"{path.name} is empty", "give two or more columns of numbers")
    found, notes = table_columns(sheet, path.name)
    chosen = _chosen(path.name, found, columns)
    cells = np.array([_numbers(path.name, column) for column in chosen]).T
    whole = np.isfinite(cells).all(axis=1)
    lost = int((~whole).sum())
    cells = cells[whole][:_MOST]
    if len(cells) < 3:
        raise UsageError(f"{path.name} has {len(cells)} whole rows", "give three or more")
    if flat := [c.called for c, v in zip(chosen, np.ptp(cells, axis=0), strict=True) if v == 0]:
        raise UsageError(f"{path.name}: {flat[0]} is the same in all rows", "choose another column")
    names = tuple(column.called for column in chosen)
    if lost:
        notes.append(f"{lost} rows without a number left out")
    told = "; ".join([f"{names[-1]} from {' and '.join(names[:-1])}", *notes])
    return Table(cells[:, :-1], cells[:, -1], names, told=told)


def _chosen(file: str, found: list[Column], columns: list[str] | None) -> list[Column]:
    if columns:
        if not 2 <= len(columns) <= 3:
            raise UsageError(f"columns={','.join(columns)}", "one or two inputs, then the target")
        return [_named(file, found, name) for name in columns]
    numbers = [c for c in found if c.kind == "number" and not (c.counts_rows and len(found) > 2)]
    if len(numbers) < 2:
        what = f"{file} has {len(numbers)} column{'s' * (len(numbers) != 1)} of numbers"
        raise UsageError(what, "two are needed: what is predicted stands last")
    return [*numbers[:-1][:2], numbers[-1]]


def _named(file: str, found: list[Column], name: str) -> Column:
    for column in found:
        if column.name.casefold() == name.strip().casefold() or str(column.place) == name.strip():
            return column
    hint = did_you_mean(name, [column.called for column in found])
    raise UsageError(f"{file} has no column {name!r}", hint)


def _numbers(file: str, column: Column) -> list[float]:
    made = []
    for cell, row in zip(column.cells, column.rows, strict=True):
        if column.lacks(cell):
            made.append(np.nan)
            continue
        number = number_written(cell or "")
        if number is None or not abs(number.point) <= _LARGEST:
            what = f"{file}, row {row}: {column.called}={str(cell)[:30]!r} is no number up to 1e9"
            raise UsageError(what, "write it like 1.5, or choose another: --set columns=A,B")
        made.append(number.point)
    return made
