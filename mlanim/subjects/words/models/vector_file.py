"""Anybody's word vectors from a file: text or binary, plain or gzip, of any size."""

from __future__ import annotations

import gzip
import io
import itertools
import re
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, cast

from mlanim.errors import UsageError
from mlanim.subjects.words.models.gathered import Gathered
from mlanim.subjects.words.models.vector_lines import lines_of, read_lines, width_of
from mlanim.subjects.words.models.vector_records import read_records
from mlanim.subjects.words.models.word_vectors import WordVectors

__all__ = ["read_vectors", "vectors_from"]

_WHAT = "give word vectors as text or .bin, plain or .gz"
_TOLD_EVERY = 1 << 24  # bytes
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_PEEKED = 4096


def read_vectors(
    path: Path,
    asked: Iterable[str] = (),
    working: Callable[[int, int], None] = lambda done, total: None,
) -> WordVectors:
    """The words asked for that are in a file, and the first of its words as a sample.

    Of a file of which all that matters has been seen the rest is not read. A word that occurs
    twice has its first vector. working: told the bytes that were read, of all.

    Raises UsageError, in one line, for whatever is wrong with the file; that a word is missing is
    told when it is looked up.
    """
    name = path.name
    try:
        if not path.is_file():
            raise UsageError(f"vectors={path}", "no such file", _WHAT)
        size = path.stat().st_size
        with path.open("rb") as file:
            told = _Told(file, size, working)
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            stream: Any = io.BufferedReader(told, 1 << 20)
            if packed:
                stream = io.BufferedReader(gzip.GzipFile(fileobj=stream), 1 << 20)
            suffix = path.name.casefold().removesuffix(".gz").rpartition(".")[2]
            found = vectors_from(
                stream, name, asked, binary=suffix == "bin", size=None if packed else size
            )
            working(size, size)
            return found
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{name} cannot be read", reason[:120], "is the file whole?") from None


def vectors_from(
    stream: io.BufferedReader,
    name: str,
    asked: Iterable[str] = (),
    *,
    binary: bool = False,
    size: int | None = None,
) -> WordVectors:
    """The same from a stream of bytes. size: of all of them, where it is known.

    >>> stream = io.BufferedReader(io.BytesIO(b"king 1 2\\nqueen 3 4\\n"))
    >>> vectors_from(stream, "v.txt").of(["queen"]).tolist()
    [[3.0, 4.0]]
    """
    lines = lines_of(cast(BinaryIO, stream))
    first = next(lines, b"").removeprefix(b"\xef\xbb\xbf")
    claimed = _claim(first)
    if claimed and (binary or _CONTROL.search(stream.peek(_PEEKED)[:_PEEKED])):
        due, width = claimed
        gathered = Gathered(name, asked, width)
        if size is not None and due * (4 * width + 2) > size:
            what = f"{name} says to hold {due:,} words of {width} numbers"
            raise UsageError(what, f"its {size:,} bytes hold fewer: get it again")
        read_records(cast(BinaryIO, stream), gathered, due)
        return gathered.vectors()
    if binary:
        what = f"{name} does not begin with its numbers of words and dimensions"
        raise UsageError(what, "is it the binary format of word2vec?")
    if _CONTROL.search(first):
        raise UsageError(f"{name} is no text in UTF-8 and not word2vec's binary format", _WHAT)
    begun = list(itertools.islice(lines, 100))
    is_header = claimed is not None and (not begun or len(begun[0].split()) != 2)
    if claimed is not None and not is_header:  # one number a word; or a header that says so
        is_header = claimed[1] == 1
    if is_header:
        assert claimed is not None
        due, width = claimed
        gathered = Gathered(name, asked, width)
        if begun and (least := width_of(name, begun)) > width:
            what = f"{name} says to have {width} numbers a word and has {least}"
            raise UsageError(what, "mend its first line, or leave it out")
        read_lines(itertools.chain(begun, lines), gathered, first=2, due=due)
    else:
        begun.insert(0, first)
        gathered = Gathered(name, asked, width_of(name, begun))
        read_lines(itertools.chain(begun, lines), gathered, first=1, due=None)
    return gathered.vectors()


def _claim(line: bytes) -> tuple[int, int] | None:
    """The numbers of words and dimensions, if that is what a first line says."""
    fields = line.split()
    if len(fields) == 2 and all(field.isdigit() and len(field) < 12 for field in fields):
        return int(fields[0]), int(fields[1])
    return None


class _Told(io.RawIOBase):
    """Bytes of a file, and now and then how many they were."""

    def __init__(self, file: BinaryIO, size: int, working: Callable[[int, int], None]) -> None:
        self._file, self._size, self._working = file, size, working
        self._done = self._told = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        count = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._done += count
        if self._done - self._told >= _TOLD_EVERY:
            self._told = self._done
            self._working(self._done, self._size)
        return int(count)
