"""A reader's own table as a DataFrame: separated values whatever wrote them, Parquet, Excel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlanim.errors import MlanimError, UsageError
from mlanim.models.separated_values import read_sheet
from mlanim.models.table_columns import Column, table_columns
from mlanim.models.written_number import Written, number_written
from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["read_frame"]

_MOST_CELLS = 5_000_000
_ENDINGS = {"parquet": (".parquet", ".pq"), "excel": (".xlsx", ".xlsm", ".xls", ".ods")}
_CODE = re.compile(r"0\d+")  # 007: a number that is a name
_LONG = re.compile(r"[+-]?\d{16,}")  # digits that a float would lose
_DAY_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2\d{2,4}.*")


def read_frame(path: Path) -> tuple[Any, str]:
    """A table, and in a line what the reader may want to know of how it was read.

    Numbers may have decimal commas, groups of digits and units; a column of whole numbers is of
    int64, of others or with gaps float64, as in pandas; dates that can be read in one way alone
    are dates; of names that occur twice the second gets ".1" as in pandas.

    Raises UsageError for what is no table.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "t.csv")
    ...     _ = file.write_text("genre;hours\\njazz;0,5\\nfolk;\\n")
    ...     frame, told = read_frame(file)
    >>> frame.hours.tolist(), told
    ([0.5, nan], '')
    """
    if not path.exists():
        raise UsageError(f"no file {path}", "give a table as CSV, TSV, Parquet or Excel")
    for kind, endings in _ENDINGS.items():
        if path.suffix.casefold() in endings:
            return _by_pandas(path, kind), ""
    sheet = read_sheet(path)
    if not sheet.rows:
        raise UsageError(f"{path.name} is empty", "give a table with a header and rows")
    columns, notes = table_columns(sheet, path.name)
    if not columns or not columns[0].rows:
        raise UsageError(f"{path.name} has no rows below its header", "give a table with rows")
    if (cells := len(columns) * len(columns[0].rows)) > _MOST_CELLS:
        raise UsageError(f"{path.name} has {cells:,} cells", f"at most {_MOST_CELLS:,}: fewer rows")
    names, twice = _names(columns)
    if twice:
        notes.append(f"names that occur twice got a number: {', '.join(twice[:3])}")
    signs = _proved_signs(columns)
    made = {}
    for name, column in zip(names, columns, strict=True):
        made[name], note = _values(column, name, sheet.separator, signs)
        notes += [note] if note else []
    return pd.DataFrame(made), "; ".join(notes)


def _by_pandas(path: Path, kind: str) -> Any:
    """What pandas reads with another package's help, which its extra of that name brings."""
    try:
        frame = getattr(pd, f"read_{kind}")(path)
    except MlanimError:
        raise
    except ImportError:
        needed = f"to read {path.name} pandas needs another package"
        raise UsageError(needed, f'pip install "pandas[{kind}]"') from None
    except Exception as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"{path.name} cannot be read as {kind}", told) from None
    if not len(frame) or not len(frame.columns) or frame.size > _MOST_CELLS:
        told = f"a table of 1 to {_MOST_CELLS:,} cells can be followed"
        raise UsageError(f"{path.name} has {len(frame):,} rows", told)
    frame.columns = [str(name) for name in frame.columns]
    return frame


def _names(columns: Sequence[Column]) -> tuple[list[str], list[str]]:
    """Names, each once; and those that had to be changed."""
    names: list[str] = []
    twice, often = [], Counter[str]()
    for column in columns:
        name = "".join(sign for sign in column.called if sign.isprintable())
        often[name] += 1
        new = name if often[name] == 1 else f"{name}.{often[name] - 1}"
        while new in names:
            new += ".1"
        names.append(new)
        twice += [new] if new != name else []
    return names, twice


def _values(column: Column, name: str, separator: str, signs: set[str]) -> tuple[Any, str]:
    """A column's values, of the kind that all of its cells are; and a note, or ""."""
    missing = [column.lacks(cell) for cell in column.cells]
    cells = [None if gap else cell for cell, gap in zip(column.cells, missing, strict=True)]
    held = {cell for cell in cells if cell is not None}
    if not held:
        return pd.Series([float("nan")] * len(cells), dtype="float64"), f"{name} is empty"
    if {cell.casefold() for cell in held} <= {"true", "false"} and None not in cells:
        return pd.Series([str(cell).casefold() == "true" for cell in cells]), ""
    read = {cell: number_written(cell) for cell in held}
    numbers = {cell: number for cell, number in read.items() if number is not None}
    if len(numbers) == len(held) and not any(map(_CODE.fullmatch, held)):
        return _numbers(cells, numbers, name, separator, signs)
    if column.kind == "date":
        dates, note = _dates(cells, held, name)
        if dates is not None:
            return dates, note
        return pd.Series(cells, dtype="str"), note
    mixed = f"{name} holds numbers and texts, so all are texts" if column.kind == "number" else ""
    return pd.Series(cells, dtype="str"), mixed if len(numbers) < len(held) else ""


def _numbers(
    cells: list[str | None], read: dict[str, Written], name: str, separator: str, signs: set[str]
) -> tuple[Any, str]:
    if any(map(_LONG.fullmatch, read)):
        return _long_numbers(cells, name)
    units = {number.unit for number in read.values()}
    own = {number.proves for number in read.values()} - {""}
    if len(units) > 1 or len(own) > 1:
        why = "several units" if len(units) > 1 else "two decimal signs"
        return pd.Series(cells, dtype="str"), f"{name} has {why}, so all are texts"
    sign = next(iter(own or (signs if len(signs) == 1 else ())), "")
    comma = sign == "," or (not sign and separator == ";")
    values = {cell: n.comma if comma else n.point for cell, n in read.items()}
    found = [values[cell] if cell is not None else float("nan") for cell in cells]
    (unit,) = units
    note = f"{name} is in {unit}" if unit else ""
    whole = None not in cells and all(abs(v) < 2**53 and v == int(v) for v in values.values())
    written_whole = not any(re.search(r"[.,]\d{1,2}$|[.,]0+$", cell) for cell in read)
    return pd.Series(found).astype("int64" if whole and written_whole else "float64"), note


def _long_numbers(cells: list[str | None], name: str) -> tuple[Any, str]:
    """Whole numbers with all their digits; as texts where 64 bits do not hold them."""
    try:
        return pd.Series([int(str(cell)) for cell in cells], dtype="int64"), ""
    except (ValueError, OverflowError):
        why = "holds numbers of more digits than are kept, so all are texts"
        return pd.Series(cells, dtype="str"), f"{name} {why}"


def _proved_signs(columns: Sequence[Column]) -> set[str]:
    """Decimal signs that some column cannot have been written without."""
    read = (number_written(c) for col in columns if col.kind == "number" for c in col.sample)
    return {number.proves for number in read if number is not None} - {""}


def _dates(cells: list[str | None], held: set[str], name: str) -> tuple[Any, str]:
    """Dates, where day and month cannot be taken for each other; else None and why."""
    parted = [_DAY_MONTH.fullmatch(cell) for cell in held]
    how: dict[str, Any] = {"format": "ISO8601"}
    if any(parted):
        days = [found for found in parted if found]
        first = max(int(found[1]) for found in days)
        second = max(int(found[3]) for found in days)
        if first <= 12 and second <= 12 and days[0][2] != ".":
            return None, f"dates in {name} can be read in two ways, so they stay texts"
        how = {"format": "mixed", "dayfirst": first > 12 or days[0][2] == "."}
    try:
        return pd.Series(pd.to_datetime(cells, **how)), ""
    except (ValueError, OverflowError):
        return None, f"dates in {name} are not all of one kind, so they stay texts"
