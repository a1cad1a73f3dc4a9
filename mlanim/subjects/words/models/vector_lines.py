"""The text format of word vectors: a word and its numbers a line, as most tools write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.words.models.gathered import Gathered

__all__ = ["LONGEST_LINE", "read_lines", "width_of"]

LONGEST_LINE = 1 << 17  # bytes; 4096 numbers of 20 signs take fewer
_LOOKED_AT = 100  # lines that tell how many numbers a word has


def width_of(name: str, first: list[bytes]) -> int:
    """How many numbers a word has, where no first line says so: as in most lines.

    Words with spaces in them, as some files have, make a line longer.

    >>> width_of("v.txt", [b". . 1 2", b"a 1 2"])
    2
    """
    fields = [len(line.split()) for line in first[:_LOOKED_AT] if line.strip()]
    if not fields or min(fields) < 2:
        what = f"{name} is no file of word vectors"
        raise UsageError(what, "it has a word and its numbers in each line, parted by spaces")
    counted = Counter(fields)
    return max(sorted(counted), key=lambda count: counted[count]) - 1


def read_lines(lines: Iterator[bytes], gathered: Gathered, *, first: int, due: int | None) -> None:
    """Go through the lines, the first of which has this number, until all is found.

    due: how many words the file says to have; None if it does not say.

    Raises UsageError, with the line, for one of too few numbers, a number that is none, bytes that
    are not UTF-8, and another count of words than is due.
    """
    name, width = gathered.name, gathered.width
    for at, line in enumerate(lines, first):
        where = f"line {at}"
        if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
            raise UsageError(f"{name}, {where} is too long", "a word and its numbers are due")
        fields = line.rsplit(None, width)
        if not fields:
            continue
        if len(fields) <= width:
            what = f"{name}, {where} has {len(fields)} fields"
            raise UsageError(what, f"a word and {width} numbers are due: is the file whole?")
        word = _word(name, where, fields[0])
        if gathered.wants(word):
            gathered.keep(word, _numbers(name, where, fields[1:]), where)
            if gathered.complete:
                return
    if due is not None and gathered.count != due:
        what = f"{name} says to hold {due:,} words and holds {gathered.count:,}"
        raise UsageError(what, "it was cut off or put together: get it again")


def _word(name: str, where: str, text: bytes) -> str:
    try:
        return text.strip().decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"{name}, {where}: byte 0x{text[error.start]:02x} is not UTF-8"
        raise UsageError(what, "write the file anew in UTF-8") from None


def _numbers(name: str, where: str, fields: list[bytes]) -> NDArray:
    try:
        return np.array([float(field) for field in fields], np.float32)
    except ValueError:
        wrong = next(field for field in fields if not _is_number(field))
        shown = wrong[:30].decode("utf-8", "replace")
        raise UsageError(f"{name}, {where}: {shown!r} is no number", "write it like 0.5") from None


def _is_number(field: bytes) -> bool:
    try:
        float(field)
    except ValueError:
        return False
    return True


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of bounded length; a longer one comes in pieces."""
    while line := stream.readline(LONGEST_LINE):
        yield line
