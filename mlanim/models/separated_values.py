"""A file of separated values as rows of cells, whatever program wrote it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from mlanim.errors import UsageError
from mlanim.models.text_coding import decoded
from mlanim.models.written_number import is_missing, number_written, uncovered

__all__ = ["Sheet", "read_sheet"]

_SEPARATORS = "\t;,| "  # of two that divide as well the first: a comma may be a decimal one
_LOOKED_AT = 200  # rows, to find out what separates
_LARGEST = 200_000_000  # bytes
_OPEN = "a quotation mark is opened there and never closed"
_SEP_LINE = re.compile(r'"?sep=(?P<sign>\\t|[^"\w\r\n])"?[;,\t]*\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """Rows that are not blank, each with its number in the file from 1.

    Attributes:
        separator: what stands between cells.
        heading: the cells of a comment right above the first row, without its "#"; may be empty.
        notes: what the reader may want to know of how it was read.
    """

    rows: list[tuple[int, list[str]]]
    separator: str
    heading: list[str]
    notes: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    r"""Read a file of separated values: what separates, and in what it is coded, is found out.

    Raises UsageError for a file that cannot be read, or that is no such text.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "t.csv")
    ...     _ = file.write_text("# made by hand\n0,5;a\n1,5;b\n")
    ...     sheet = read_sheet(file)
    >>> sheet.rows, sheet.separator
    ([(2, ['0,5', 'a']), (3, ['1,5', 'b'])], ';')
    """
    text, note = decoded(_bytes_of(path), path.name)
    separator, heading, skipped = "", [""], 0
    lines = StringIO(text, newline="")
    first = lines.readline()
    if told := _SEP_LINE.fullmatch(first):
        separator = told["sign"].replace("\\t", "\t")
        text, skipped = text[len(first) :], 1
    hash_is_comment = _comments(text)
    separator = separator or _separator_of(text, hash_is_comment, path.name)
    records = list(_records(text, separator, hash_is_comment, path.name))
    rows: list[tuple[int, list[str]]] = []
    for number, row, commented in records:
        if commented:
            heading = [] if rows else row
        elif not _is_blank(row):
            rows.append((number + skipped, row))
    return Sheet(rows, separator, heading if any(heading) else [], (note,) if note else ())


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UsageError(f"{path} is no file", "save the table as CSV, UTF-8")
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise UsageError(f"{path.name} has more than 200 MB", "give a sample of its rows")
        return path.read_bytes()
    except FileNotFoundError:
        hint = "give a CSV with columns x, y and class, with a header or in this order"
        raise UsageError(f"no file {path}", hint) from None
    except OSError as error:
        raise UsageError(f"cannot read {path}", error.strerror or str(error)) from error


def _comments(text: str) -> bool:
    """Whether lines that begin with "#" are comments; where most do, it is their first cell."""
    begun = [line.lstrip()[:1] for line in islice(StringIO(text), 1000) if line.strip()]
    return begun.count("#") <= max(1, len(begun) // 2)


def _is_comment(line: str) -> bool:
    start = line.lstrip()
    return start.startswith("#") and not is_missing(re.split(r"[\t;,|\s]", start)[0])


def _records(
    text: str, separator: str, comments: bool, name: str
) -> Iterator[tuple[int, list[str], bool]]:
    """Number, cells and whether it is a comment, of each row; a quoted cell may have line ends."""
    number, raw, commented = 0, "", False

    def lines() -> Iterator[str]:
        nonlocal raw, commented
        for line in StringIO(text, newline=""):
            begins = not raw
            raw += line
            commented = comments and begins and _is_comment(line)
            if commented:  # a mark of quotation in it opens nothing
                line = line.lstrip().removeprefix("#").replace('"', "")
            yield line.strip(" ") if separator == " " else line

    reader = csv.reader(lines(), delimiter=separator, skipinitialspace=True)
    while True:
        raw, number = "", number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            told = _OPEN if "field larger" in str(error) else str(error)
            raise UsageError(f"{name}, row {number}: {told}", "save it as plain CSV") from None
        if row is None:
            return
        at_end = row and (not raw.endswith(("\n", "\r")) or row[-1].endswith(("\n", "\r")))
        if at_end and _is_open(raw, separator):
            raise UsageError(f"{name}, row {number}: {_OPEN}", "close it")
        yield number, row, commented


def _is_blank(row: list[str]) -> bool:
    """Whether there is nothing but separators in it."""
    return not "".join(row).strip(_SEPARATORS + "\r\n")


def _is_open(raw: str, separator: str) -> bool:
    """Whether the text of a row ends within quotation marks."""
    try:
        list(csv.reader(StringIO(raw, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _separator_of(text: str, comments: bool, name: str) -> str:
    """What divides the rows most evenly, and into the most numbers."""
    scores, evenly = {}, set()
    for separator in _SEPARATORS:
        rows = []
        try:
            for _, row, commented in _records(text, separator, comments, name):
                if not commented and not _is_blank(row):
                    rows.append([uncovered(cell) for cell in row])
                if len(rows) == _LOOKED_AT:
                    break
        except UsageError:  # told when it is read with what was chosen
            pass
        if not rows:
            continue
        width, often = Counter(map(len, rows)).most_common(1)[0]
        if width > 1:
            cells = [cell for row in rows if len(row) == width for cell in row if cell]
            numbers = sum(number_written(cell) is not None for cell in cells)
            scores[separator] = often / len(rows) * (0.25 + numbers / max(1, len(cells)))
            evenly |= {separator} if often == len(rows) else set()
    if evenly - {" "} and " " not in evenly:  # else the spaces of "4111 1111" would divide it
        scores.pop(" ", None)
    return max(scores, key=scores.__getitem__, default=",")
