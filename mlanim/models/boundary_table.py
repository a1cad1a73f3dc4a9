"""A reader's own table: x, y and a class a row, from a file of separated values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.column_choice import choice_told, chosen_columns
from mlanim.models.separated_values import read_sheet
from mlanim.models.table_columns import Column, plainly, table_columns
from mlanim.models.written_number import Written, is_date, number_written

__all__ = [
    "LARGEST",
    "MOST_CLASSES",
    "Table",
    "classes_of",
    "least_rows",
    "read_table",
    "short_names",
]

MOST_CLASSES = 6
LARGEST = 1e12  # a number
_LONGEST = 24  # letters of a class's name
_ELSE = "or choose another: --set columns=A,B"
_HOW = "write it like 1.5, " + _ELSE


@dataclass(frozen=True)
class Table:
    """Points (n, 2), their classes (n,) from 0, the classes' names and those of both axes.

    told: what the reader may want to know of how it was read; may be empty.
    """

    points: NDArray
    kinds: NDArray
    classes: tuple[str, ...]
    axes: tuple[str, str]
    told: str = ""


def read_table(path: Path, columns: Sequence[str] = (), label: str = "") -> Table:
    """Read a table of two to six classes.

    columns: those of x and y, label: that of the class; each by its name, or by its number from
    1. What is not given is found by the names x, y and class, or by what the columns hold.

    Raises UsageError, with column and row, for what cannot be drawn or learned from.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "t.csv")
    ...     _ = file.write_text("kind;wide;high\\n" + "a;0,5;1\\nb;2,5;3\\n" * 4)
    ...     table = read_table(file)
    >>> table.points[:2].tolist(), table.classes, table.told
    ([[0.5, 1.0], [2.5, 3.0]], ('a', 'b'), 'x: wide, y: high, class: kind')
    """
    sheet = read_sheet(path)
    if not sheet.rows:
        hint = "give columns x, y and class, with a header or in this order"
        raise UsageError(f"{path.name} is empty", hint)
    found, notes = table_columns(sheet, path.name)
    if len(found) > 2 and not found[0].rows:
        raise UsageError(f"{path.name} has 0 rows below its header", "give points and classes")
    x, y, kind = chosen_columns(path.name, found, columns, label)
    whole = _whole_rows(path.name, (x, y, kind), len(found))
    values = _values(path.name, (x, y), found, sheet.separator, whole)
    labels = [_label(path.name, kind, i) for i in whole]
    lost = len(kind.cells) - len(whole)
    if lost:
        where = [column.called for column in (x, y, kind) if _gaps(column)]
        rows = f"{lost} of {len(kind.cells):,} rows without a value in {' or '.join(where)}"
        notes.append(f"left out: {rows}")
    names = _classes(path.name, kind.called, labels)
    order = {name: i for i, name in enumerate(names)}
    kinds = np.array([order[name] for name in labels])
    points = np.stack([numbers for numbers, _ in values], axis=1)
    for column, spread in zip((x, y), np.ptp(points, axis=0), strict=True):
        if spread == 0:
            what = f"{path.name}: {column.called} is the same in all rows"
            raise UsageError(what, "nothing to draw apart, " + _ELSE)
    choice = choice_told(found, (x, y, kind), columns, label)
    told = "; ".join(line for line in (choice, *notes) if line)
    axes = _axis(x, values[0][1]) or "x", _axis(y, values[1][1]) or "y"
    return Table(points, kinds, short_names(names), axes, told)


def least_rows(classes: int) -> int:
    """How many rows are needed to learn from some and to test with others.

    >>> least_rows(2), least_rows(5)
    (8, 20)
    """
    return 4 * max(2, classes)


def _axis(column: Column, unit: str) -> str:
    return f"{column.name} ({unit})" if unit and unit not in column.name else column.name


def _whole_rows(file: str, columns: Sequence[Column], width: int) -> list[int]:
    """The rows that have a value in each of these columns; one that ends before it is a slip."""
    whole = []
    for i, cells in enumerate(zip(*(column.cells for column in columns), strict=True)):
        if None in cells:
            column = columns[cells.index(None)]
            what = f"{file}, row {column.rows[i]}: no {column.called}, for it has too few columns"
            raise UsageError(what, f"other rows have {width}: fill it in or leave it out")
        if not any(column.lacks(cell) for column, cell in zip(columns, cells, strict=True)):
            whole.append(i)
    return whole


def _gaps(column: Column) -> bool:
    return any(map(column.lacks, column.cells))


def _values(
    file: str,
    pair: tuple[Column, Column],
    found: Sequence[Column],
    separator: str,
    whole: Sequence[int],
) -> list[tuple[NDArray, str]]:
    """The numbers (n,) of both columns, and their units."""
    read = [[_written(file, column, i) for i in whole] for column in pair]
    made = []
    for column, numbers in zip(pair, read, strict=True):
        units = Counter(number.unit for number in numbers).most_common()
        if len(units) > 1:
            i = next(
                i for i, number in zip(whole, numbers, strict=True) if number.unit == units[-1][0]
            )
            what = f"{_where(file, column, i)} is not in the unit of the others"
            raise UsageError(what, "give all of a column in one")
        sign = _decimal_sign(column, numbers, found, separator)
        values = [number.comma if sign == "," else number.point for number in numbers]
        for i, value, number in zip(whole, values, numbers, strict=True):
            if not abs(value) <= LARGEST:
                what = f"{_where(file, column, i)} cannot be drawn"
                raise UsageError(what, f"finite numbers up to {LARGEST:g}")
            if sign == "both" and number.point != number.comma:
                what = f"{_where(file, column, i)} may be {number.point:g} or {number.comma:g}"
                raise UsageError(what, "write all with one decimal sign")
        made.append((np.array(values, float), units[0][0] if units else ""))
    return made


def _where(file: str, column: Column, i: int) -> str:
    return f"{file}, row {column.rows[i]}: {column.called}={str(column.cells[i])[:30]!r}"


def _written(file: str, column: Column, i: int) -> Written:
    cell = column.cells[i] or ""
    number = number_written(cell)
    if number is None:
        what = f"{_where(file, column, i)} is {'a date' if is_date(cell) else 'no number'}"
        raise UsageError(what, _HOW)
    return number


def _decimal_sign(
    column: Column, numbers: Sequence[Written], found: Sequence[Column], separator: str
) -> str:
    """The decimal sign of a column where cells may be read in two ways; "both" where it has two."""
    if all(number.point == number.comma for number in numbers):
        return "."
    own = {number.proves for number in numbers} - {""}
    if len(own) == 2:
        return "both"
    others = {
        number.proves
        for other in found
        if other.kind == "number"
        for number in map(number_written, other.sample)
        if number is not None
    } - {""}
    for proved in (own, others):
        if len(proved) == 1:
            return proved.pop()
    cells = [cell for cell in column.sample if "," in cell]
    if not cells or separator == ",":
        return "."
    # Where decimals are written they are in all cells; groups of digits are in the large ones.
    return "," if separator == ";" or len(cells) == len(column.sample) else "."


def _label(file: str, column: Column, i: int) -> str:
    label = plainly(column.cells[i] or "")
    if not label.isprintable():
        what = f"{file}, row {column.rows[i]}: class {label[:30]!r} cannot be written out"
        raise UsageError(what, "use printable characters")
    return label


def _classes(file: str, column: str, labels: list[str]) -> tuple[str, ...]:
    """The classes in their order, numbers by their size."""
    count, names = Counter(labels), classes_of(labels)
    if len(labels) < least_rows(1):
        raise UsageError(f"{file} has {len(labels)} rows", f"{least_rows(1)} are needed")
    if not 2 <= len(names) <= MOST_CLASSES:
        shown = ", ".join(name[:_LONGEST] for name in names[:3]) + ", ..." * (len(names) > 3)
        what = f"{file} has {len(names)} class{'es' * (len(names) != 1)} ({shown}) in {column}"
        hint = f"two to {MOST_CLASSES} can be drawn; choose another column: --set label=NAME"
        if len(names) > MOST_CLASSES and all(map(number_written, names)):
            hint = f"two to {MOST_CLASSES} can be drawn; cut a measurement into classes"
            hint += ", or choose another column: --set label=NAME"
        raise UsageError(what, hint)
    if few := [name for name in names if count[name] < 2]:
        raise UsageError(f"{file}: class {few[0][:30]!r} has a single row", "two or more a class")
    if len(labels) < (least := least_rows(len(names))):
        what = f"{file} has {len(labels)} rows of {len(names)} classes"
        raise UsageError(what, f"{least} are needed")
    return names


def classes_of(labels: Sequence[str]) -> tuple[str, ...]:
    """Different labels in their order, numbers by their size and first.

    >>> classes_of(["b", "10", "9", "b"])
    ('9', '10', 'b')
    """

    def rank(name: str) -> tuple[bool, float, str]:
        number = number_written(name)
        return number is None, number.point if number else 0.0, name

    return tuple(sorted(set(labels), key=rank))


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names that find room on the page: cut at their ends, or in the middle where those differ.

    Raises UsageError where they are alike then.

    >>> short_names(["elm", "the first of several classes", "the second of several classes"])
    ('elm', 'the first of several cl…', 'the second of several c…')
    >>> short_names(["the very long name of class 1", "the very long name of class 2"])
    ('the very lo…e of class 1', 'the very lo…e of class 2')
    """
    half = _LONGEST // 2
    for head, tail in ((_LONGEST - 1, 0), (half - 1, half)):
        short = tuple(
            n if len(n) <= _LONGEST else f"{n[:head].rstrip()}…{n[len(n) - tail :]}" for n in names
        )
        if len(set(short)) == len(short):
            return short
    what = f"classes {names[0][:40]!r}, ... differ in the middle of long names"
    raise UsageError(what, f"names of {_LONGEST} letters at most")
