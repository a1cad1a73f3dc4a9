"""The reader's arrays: written as lists or as an expression, or lying in a file."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.separated_values import read_sheet
from mlanim.models.trace_archive import open_archive
from mlanim.models.written_number import is_missing, number_written
from mlanim.named_path import named_path
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.limits import MOST_CELLS, MOST_DIMENSIONS

__all__ = ["array_of", "arrays_of"]

FILES = (".npy", ".npz", ".csv", ".tsv")
_GIVE = "give numbers, such as [[1,2],[3,4]], or a file .npy, .npz or .csv"


def arrays_of(texts: Mapping[str, str]) -> dict[str, NDArray]:
    """Arrays by name, each as `array_of` reads it.

    >>> arrays_of({"a": "[[1,2],[3,4]]"})["a"].shape
    (2, 2)
    """
    return {name: array_of(name, text) for name, text in texts.items()}


def array_of(name: str, text: str) -> NDArray:
    """An array from what is written behind its name.

    Of a .npz it is the one of that name, or the only one, or FILE.npz:NAME. A .csv is a matrix; its
    first row may be a heading.

    Raises:
        UsageError: a name that none can have, text that is no array, a file that cannot be read.
    """
    if not name.isidentifier() or keyword.iskeyword(name) or name in ("np", "numpy"):
        raise UsageError(f"{name!r:.60} is no name for an array", "letters, digits and _")
    text = text.strip()
    file, _, member = text.partition(".npz:")
    if member:
        array = _zipped(name, f"{file}.npz", member)
    elif text.lower().endswith(FILES):
        array = _from_file(name, text)
    else:
        array = _written(name, text)
    if array.size == 0 or array.size > MOST_CELLS or array.ndim > MOST_DIMENSIONS:
        limit = f"at most {MOST_CELLS:,} cells and {MOST_DIMENSIONS} dimensions, and not none"
        raise UsageError(f"{name}: an array of shape {array.shape}", limit)
    if array.dtype.kind not in "biuf":
        raise UsageError(f"{name}: an array of {array.dtype}", "real numbers are drawn")
    return array


def _written(name: str, text: str) -> NDArray:
    try:
        found = evaluate(text)
    except UsageError as error:
        raise UsageError(f"{name}: {error}", _GIVE) from None
    if found.failure:
        raise UsageError(f"{name}: {found.failure}", _GIVE)
    return found.value


def _from_file(name: str, text: str) -> NDArray:
    path = named_path(text, f"{name}:", _GIVE)
    if not path.is_file():
        raise UsageError(f"{name}: no file {text}", _GIVE)
    if path.suffix.lower() == ".npz":
        return _zipped(name, text, name)
    if path.suffix.lower() == ".npy":
        return _single(name, path)
    return _table(name, path)


def _single(name: str, path: Path) -> NDArray:
    """A .npy, of which only as much is read as it truly holds."""
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        told = " ".join(str(error).split())[:120]
        raise UsageError(f"{name}: {path.name} cannot be read", told) from None
    if mapped.size > MOST_CELLS:
        raise UsageError(
            f"{name}: {path.name} has {mapped.size:,} cells", f"at most {MOST_CELLS:,}"
        )
    return np.array(mapped)


def _zipped(name: str, text: str, member: str) -> NDArray:
    path = named_path(text, f"{name}:", _GIVE)
    try:
        with open_archive(path) as archive:
            known = archive.claimed
            if member not in known and member == name and len(known) == 1:
                member = next(iter(known))
            if member not in known:
                names = ", ".join(known) or "nothing"
                raise UsageError(f"no array {member!r:.60} in it", f"there is {names:.200}")
            if int(np.prod([float(s) for s in known[member].shape])) > MOST_CELLS:
                raise UsageError(f"{member} has too many cells", f"at most {MOST_CELLS:,}")
            return archive.array(member)
    except UsageError as error:
        raise UsageError(f"{name}: {path.name}: {error}") from None


def _table(name: str, path: Path) -> NDArray:
    """A matrix; a first row without any number is a heading."""
    sheet = read_sheet(path)
    rows = [row for _, row in sheet.rows]
    if rows and not any(number_written(cell) for cell in rows[0]):
        rows = rows[1:]
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        what = "no rows" if not rows else f"rows of {min(widths)} to {max(widths)} cells"
        raise UsageError(f"{name}: {path.name} has {what}", "all rows need the same number")
    decimal = "comma" if _has_decimal_commas(rows, sheet.separator) else "point"
    values = [[_number(cell, decimal) for cell in row] for row in rows]
    columns = [j for j in range(widths.pop()) if all(row[j] is not None for row in values)]
    if not columns:
        raise UsageError(f"{name}: {path.name} has no column of numbers", _GIVE)
    array = np.array([[row[j] for j in columns] for row in values], dtype=float)
    whole = np.isfinite(array).all() and (array == np.round(array)).all()
    return array.astype(np.int64) if whole and np.abs(array).max() < 2**53 else array


def _has_decimal_commas(rows: list[list[str]], separator: str) -> bool:
    if separator == ",":
        return False
    proven = [number_written(cell) for row in rows for cell in row]
    return any(one is not None and one.proves == "," for one in proven)


def _number(cell: str, decimal: str) -> float | None:
    if is_missing(cell):
        return float("nan")
    written = number_written(cell)
    return None if written is None else getattr(written, decimal)
