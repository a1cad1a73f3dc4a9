"""The binary format of word vectors, as word2vec writes it: a word, a space, and its float32."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from mlanim.errors import UsageError
from mlanim.subjects.words.models.gathered import Gathered

__all__ = ["read_records"]

_BLOCK = 1 << 20
_LONGEST_WORD = 4096  # bytes


def read_records(stream: BinaryIO, gathered: Gathered, due: int) -> None:
    """Go through so many records, a block at a time, until all is found.

    Raises UsageError for a file that ends too early or goes on, and for what is no word.
    """
    name = gathered.name
    for number, (text, numbers) in enumerate(_records(stream, gathered, due), 1):
        where = f"word {number:,}"
        try:
            word = text.decode("utf-8")
        except UnicodeDecodeError as error:
            what = f"{name}, {where}: byte 0x{text[error.start]:02x} is not UTF-8"
            hint = f"are there {gathered.width} numbers a word, as its first line says?"
            raise UsageError(what, hint) from None
        if gathered.wants(word):
            gathered.keep(word, np.frombuffer(numbers, "<f4"), where)
            if gathered.complete:
                return


def _records(stream: BinaryIO, gathered: Gathered, due: int) -> Iterator[tuple[bytes, bytes]]:
    """Each word with the bytes of its numbers."""
    name, size = gathered.name, 4 * gathered.width
    block, at = b"", 0
    for number in range(1, due + 1):
        end = block.find(b" ", at)
        while end < 0 or len(block) < end + 1 + size:
            if end < 0 and len(block) - at > _LONGEST_WORD:
                what = f"{name}, word {number:,}: no word ends within {_LONGEST_WORD} bytes"
                raise UsageError(what, "is it the binary format of word2vec?")
            more = stream.read(_BLOCK)
            if not more:
                what = f"{name} says to hold {due:,} words and ends in word {number:,}"
                raise UsageError(what, "it was cut off: get it again")
            block, at = block[at:] + more, 0
            end = block.find(b" ")
        word = block[at:end].lstrip(b"\r\n")
        if not word:
            raise UsageError(f"{name}, word {number:,} is empty", "is it of word2vec?")
        yield word, block[end + 1 : end + 1 + size]
        at = end + 1 + size
    if block[at:].strip() or stream.read(_BLOCK).strip():
        what = f"{name} says to hold {due:,} words and goes on after them"
        raise UsageError(what, "it was put together wrongly: get it again")
