"""A reader's own table: x, y and a class a row, from a CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError

__all__ = ["MOST_CLASSES", "Table", "least_rows", "read_table"]

MOST_CLASSES = 6
_WANTED = ("x", "y", "class")
_DELIMITERS = "\t;,"  # of two as frequent the first: a comma may be a decimal one
_NEXT = "columns x, y and class, with a header or in this order"


@dataclass(frozen=True)
class Table:
    """Points (n, 2), their classes (n,) from 0, the classes' names and those of both axes."""

    points: NDArray
    kinds: NDArray
    classes: tuple[str, ...]
    axes: tuple[str, str]


def read_table(path: Path) -> Table:
    """Read a table of two to six classes.

    Columns are found by their names x, y, class (in any case), else the first three are taken.

    Raises UsageError, with the row's number, for what cannot be drawn or learned from.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "t.csv")
    ...     _ = file.write_text("x,y,class\\n" + "0,1,a\\n2,3,b\\n" * 4)
    ...     table = read_table(file)
    >>> table.points.shape, table.classes, table.kinds.tolist()[:3]
    ((8, 2), ('a', 'b'), [0, 1, 0])
    """
    rows = _rows(path)
    if not rows:
        raise UsageError(f"{path.name} is empty", f"give {_NEXT}")
    header, columns = _columns(path, rows[0][1])
    if header:
        rows = rows[1:]
    points, labels = [], []
    for number, row in rows:
        if len(row) <= max(columns):
            what = f"{path.name}, row {number}: {len(row)} columns"
            raise UsageError(what, f"each row needs {max(columns) + 1}")
        points.append(
            [_number(path, number, row[i], _WANTED[k]) for k, i in enumerate(columns[:2])]
        )
        labels.append(row[columns[2]].strip())
        if not labels[-1]:
            raise UsageError(f"{path.name}, row {number}: no class", "fill it in or leave it out")
    classes = _classes(path, labels)
    kinds = np.array([classes.index(label) for label in labels])
    names = rows[0:0] or (header or _WANTED)
    axes = (
        (str(names[columns[0]]).strip(), str(names[columns[1]]).strip()) if header else ("x", "y")
    )
    found = np.array(points, float)
    for name, spread in zip(axes, np.ptp(found, axis=0), strict=True):
        if spread == 0:
            raise UsageError(
                f"{path.name}: {name} is the same in all rows", "nothing to draw apart"
            )
    return Table(found, kinds, classes, axes)


def least_rows(classes: int) -> int:
    """How many rows are needed to learn from some and to test with others.

    >>> least_rows(2), least_rows(5)
    (8, 20)
    """
    return 4 * max(2, classes)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, with their numbers in the file from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no file {path}", f"give a CSV with {_NEXT}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} is not text in UTF-8", "save it as CSV, UTF-8") from None
    except OSError as error:
        raise UsageError(f"cannot read {path}", error.strerror or str(error)) from error
    if "\0" in text:
        raise UsageError(f"{path.name} is no text", "save it as CSV, UTF-8")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as error:
        raise UsageError(f"{path.name}: {error}", "save it as plain CSV") from None
    return [(i, row) for i, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def _columns(path: Path, first: Sequence[str]) -> tuple[list[str] | None, list[int]]:
    """The header, if there is one, and where x, y and class stand."""
    names = [cell.strip().casefold() for cell in first]
    if all(name in names for name in _WANTED):
        if twice := [name for name in _WANTED if names.count(name) > 1]:
            raise UsageError(f"{path.name} has {twice[0]!r} twice", "name each column once")
        return list(first), [names.index(name) for name in _WANTED]
    if len(names) < 3:
        raise UsageError(f"{path.name} has {len(names)} column{'s' * (len(names) != 1)}", _NEXT)
    return (None if _is_number(names[0]) and _is_number(names[1]) else list(first)), [0, 1, 2]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _number(path: Path, row: int, text: str, name: str) -> float:
    where = f"{path.name}, row {row}: {name}"
    if not text.strip():
        raise UsageError(f"{where} is missing", "fill it in or leave the row out")
    if not _is_number(text):
        raise UsageError(f"{where}={text.strip()[:30]!r} is no number", "write it like 1.5")
    if not math.isfinite(value := float(text)) or abs(value) > 1e12:
        raise UsageError(f"{where}={text.strip()} cannot be drawn", "finite numbers up to 1e12")
    return value


def _classes(path: Path, labels: list[str]) -> tuple[str, ...]:
    """The names of the classes, numbers in their order."""
    names = list(dict.fromkeys(labels))
    names.sort(key=lambda name: (not _is_number(name), float(name) if _is_number(name) else name))
    if len(labels) < least_rows(1):
        raise UsageError(f"{path.name} has {len(labels)} rows", f"{least_rows(1)} are needed")
    if not 2 <= len(names) <= MOST_CLASSES:
        shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
        what = f"{path.name} has {len(names)} class{'es' * (len(names) != 1)} ({shown})"
        raise UsageError(what, f"two to {MOST_CLASSES} can be drawn")
    if few := [name for name in names if labels.count(name) < 2]:
        raise UsageError(f"{path.name}: class {few[0]!r} has a single row", "two or more a class")
    if unprintable := [name for name in names if not name.isprintable() or len(name) > 24]:
        what = f"{path.name}: class {unprintable[0][:30]!r} cannot be written out"
        raise UsageError(what, "24 printable characters at most")
    if len(labels) < (least := least_rows(len(names))):
        what = f"{path.name} has {len(labels)} rows of {len(names)} classes"
        raise UsageError(what, f"{least} are needed")
    return tuple(names)
