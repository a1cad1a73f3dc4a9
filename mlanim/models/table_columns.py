"""The columns of a table: what each is called, and what it holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mlanim.errors import UsageError
from mlanim.models.separated_values import Sheet
from mlanim.models.written_number import (
    is_date,
    is_missing,
    number_written,
    uncovered,
)

__all__ = ["Column", "Kind", "table_columns"]

Rows = list[tuple[int, list[str]]]
Kind = Literal["number", "text", "date", "empty"]
_LOOKED_AT = 1000  # cells, to find out what a column holds
_NUMBERED = re.compile(r"(unnamed: ?\d+|id|index|idx|row(names?)?|nr\.?|no\.?|#)?", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column: its place from 1, its name (may be empty), its cells, and its rows' numbers.

    A cell is None where its row ends before it.
    """

    place: int
    name: str
    cells: list[str | None]
    rows: list[int]

    @property
    def called(self) -> str:
        """Its name, or its place where it has none."""
        return self.name or f"column {self.place}"

    @cached_property
    def kind(self) -> Kind:
        """What most of its cells hold."""
        cells = self.sample
        if not cells:
            return "empty"
        if 2 * sum(number_written(cell) is not None for cell in cells) > len(cells):
            return "number"
        return "date" if 2 * sum(map(is_date, cells)) > len(cells) else "text"

    @cached_property
    def sample(self) -> list[str]:
        """Cells that hold something, from all over it."""
        step = max(1, len(self.cells) // _LOOKED_AT)
        return [cell for cell in self.cells[::step] if cell is not None and not is_missing(cell)]

    def lacks(self, cell: str | None) -> bool:
        """Whether a cell of it holds nothing; "-" beside "+" is a class, and so is "none"."""
        if cell is None:
            return True
        if cell in ("-", "none") and self.kind == "text":
            return cell == "-" and not self._has_plus
        return is_missing(cell)

    @cached_property
    def _has_plus(self) -> bool:
        return "+" in self.cells

    @cached_property
    def values(self) -> Counter[str]:
        """How often each thing occurs that it holds; numbers are one however they are written."""
        found: Counter[str] = Counter()
        for cell, often in Counter(self.cells).items():
            if not self.lacks(cell):
                found[plainly(cell or "")] += often
        return found

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it numbers the rows: 0, 1, 2, ... or 1, 2, 3, ..."""
        if not self.cells or not _NUMBERED.fullmatch(self.name) or self.kind != "number":
            return False
        return self.cells[0] in ("0", "1") and all(
            cell == str(i) for i, cell in enumerate(self.cells, int(self.cells[0]))
        )


def plainly(text: str) -> str:
    """A class's name; "1", "1.0" and "1,0" are one, and so are "True" and "true".

    >>> [plainly(text) for text in ("1", "1.0", "1,0", "0.50", "TRUE", "elm")]
    ['1', '1', '1', '0.5', 'true', 'elm']
    """
    if text.casefold() in ("true", "false"):
        return text.casefold()
    number = number_written(text)
    if number is None or number.unit or abs(number.comma) == float("inf"):
        return text
    return f"{number.comma if ',' in text else number.point:.15g}"


def table_columns(sheet: Sheet, file: str) -> tuple[list[Column], list[str]]:
    """The columns of a sheet that hold anything, and lines of what was not taken for data.

    The first row is a header where it has words above numbers. Lines above the header and a row
    of units below it are left out.

    Raises UsageError for rows that are longer than the others, or a header that is shorter.
    """
    notes = list(sheet.notes)
    rows = [(number, [uncovered(cell) for cell in row]) for number, row in sheet.rows]
    width = _width(rows)
    above = next((i for i, (_, row) in enumerate(rows) if 2 * _filled(row) >= width), 0)
    if above:
        notes.append(f"row{'s' * (above > 1)} above the table left out: {above}")
        rows = rows[above:]
    names: list[str] = []
    if _is_header(rows, width):
        names = _names(rows, width, sheet.separator, file)
        rows = rows[1:]
        body = [Column(i + 1, "", _down(rows[1:], i), []) for i in range(width)]
        if rows[1:] and _is_units(rows[0][1], body):
            notes.append(f"row {rows[0][0]} read as units, and left out")
            rows = rows[1:]
    elif len(sheet.heading) == width == len(set(sheet.heading)):
        names = [uncovered(cell) for cell in sheet.heading]
    for number, row in rows:
        if (many := _filled(row)) > width:
            what = f"{file}, row {number}: {many} columns, where other rows have {width}"
            raise UsageError(what, f"put cells that hold {sheet.separator!r} in quotation marks")
    names += [""] * width
    numbers = [number for number, _ in rows]
    return [Column(i + 1, names[i], _down(rows, i), numbers) for i in range(width)], notes


def _filled(row: list[str]) -> int:
    """How many cells a row has up to its last that is not empty."""
    return max((i for i, cell in enumerate(row, 1) if cell), default=0)


def _width(rows: Rows) -> int:
    """How many columns hold anything in rows of the commonest length."""
    lengths = Counter(len(row) for _, row in rows)
    often = max(lengths.values(), default=0)
    length = max((n for n, count in lengths.items() if count == often), default=0)
    return max((_filled(row) for _, row in rows if len(row) == length), default=0)


def _down(rows: Rows, i: int) -> list[str | None]:
    return [row[i] if i < len(row) else None for _, row in rows]


def _is_header(rows: Rows, width: int) -> bool:
    """Whether the first row names what is below: words above numbers, or 0, 1, 2, ... above all."""
    first = rows[0][1]
    body = [Column(i + 1, "", _down(rows[1:], i), []) for i in range(width)]
    if not rows[1:]:
        return not any(map(number_written, first))
    if len(first) == width - 1:  # of row names without a name
        first = ["", *first]
    pairs = list(zip(first, body, strict=False))
    words = [cell for cell, column in pairs if column.kind == "number" and _is_word(cell)]
    numbers = [cell for cell, column in pairs if column.kind == "number" and number_written(cell)]
    known = [cell for cell, column in pairs if column.kind != "number" and cell in column.cells]
    if words:  # else a row like the others, with a slip of the pen
        return not (numbers and known)
    counted = [str(i + int(first[0] == "1")) for i in range(len(first))]
    if first == counted or (first[:1] == [""] and first[1:] == [str(i) for i in range(width - 1)]):
        return first[-1] not in body[-1].cells
    texts = [cell for cell in first if cell]
    return not any(number_written(cell) for cell in texts) and not known and len(texts) > 1


def _is_word(cell: str) -> bool:
    return not is_missing(cell) and number_written(cell) is None


def _names(rows: Rows, width: int, separator: str, file: str) -> list[str]:
    """The names in the first row, with an empty one in front where row names have none."""
    number, row = rows[0]
    if len(row) >= width:
        return row[:width]
    first = _down(rows[1:], 0)
    if _filled(row) == width - 1 and len(set(first)) == len(first):
        return ["", *row]
    what = f"{file}, row {number} names {_filled(row)} columns, where other rows have {width}"
    raise UsageError(what, f"put cells that hold {separator!r} in quotation marks")


def _is_units(row: list[str], below: list[Column]) -> bool:
    """Whether a row has a word, or nothing, in every column that holds numbers below it.

    "12*" is no unit, but a number with a footnote.
    """
    cells = [cell for cell, column in zip(row, below, strict=False) if column.kind == "number"]
    numbers = any(number_written(cell) or re.match(r"\W?\d", cell) for cell in cells)
    return any(map(_is_word, cells)) and not numbers
