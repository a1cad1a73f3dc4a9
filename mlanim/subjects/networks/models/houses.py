"""Houses and their prices, and the straight line through them.

The first three are those of Alammar's guide; all ten are the first of the Portland table that
Ng's course made known: size in thousands of square feet, bedrooms, price in thousands of dollars.
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
    (2.104, 3, 399.9),
    (1.600, 3, 329.9),
    (2.400, 3, 369.0),
    (1.416, 2, 232.0),
    (3.000, 4, 539.9),
    (1.985, 4, 299.9),
    (1.534, 3, 314.9),
    (1.427, 3, 199.0),
    (1.380, 3, 212.0),
    (1.494, 3, 242.5),
)
_MOST = 500  # rows
_LARGEST = 1e9


@dataclass(frozen=True)
class Table:
    """Inputs (n, 2), targets (n,) and the names of the two inputs and of the target.

    inputs[:, 0] is what a line goes through. told: how a file was read; may be empty.
    """

    inputs: NDArray
    targets: NDArray
    names: tuple[str, str, str]
    told: str = ""

    @property
    def features(self) -> int:
        """How many inputs vary: a table with one has zeros for the other."""
        return int((np.ptp(self.inputs, axis=0) > 0).sum())


def houses(count: int = 3) -> Table:
    """The first so many houses.

    >>> houses().targets.tolist()
    [399.9, 329.9, 369.0]
    """
    rows = np.array(_HOUSES[:count])
    names = ("size (1000 sq ft)", "bedrooms", "price (1000 $)")
    return Table(rows[:, :2], rows[:, 2], names)


def read_regression(path: Path, columns: list[str] | None = None) -> Table:
    """A reader's table: the last of `columns` is predicted from the one or two before it.

    Without `columns` the last column of numbers is predicted from the first one or two. Numbers are
    scaled by a power of ten to below ten, so that steps along each weight are comparable.

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
    scaled, names = zip(
        *(_scaled(column.called, cells[:, i]) for i, column in enumerate(chosen)), strict=True
    )
    if lost:
        notes.append(f"{lost} rows without a number left out")
    *inputs, targets = scaled
    second = inputs[1] if len(inputs) > 1 else np.zeros(len(targets))
    label = names[1] if len(inputs) > 1 else ""
    told = f"{names[-1]} from {' and '.join(names[:-1])}"
    told = "; ".join([told, *notes])
    return Table(np.stack([inputs[0], second], axis=1), targets, (names[0], label, names[-1]), told)


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


def _scaled(name: str, values: NDArray) -> tuple[NDArray, str]:
    """Values below ten, and the name with the factor."""
    power = int(np.floor(np.log10(np.abs(values).max())))
    if power in (0, 1, 2):
        return values, name
    return values / 10.0**power, f"{name} (1e{power})"
