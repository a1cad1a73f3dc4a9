"""Files of word vectors: what is written is read, and what is broken is told in one line."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.words.models.vector_file import read_vectors, vectors_from

WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=8
).filter(lambda word: not word.isdigit())
NUMBER = st.floats(-1e6, 1e6, width=32)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.dictionaries(
        WORD, st.lists(NUMBER, min_size=width, max_size=width), min_size=1, max_size=8
    )
)


def text_of(table: dict, *, header: bool, spare: str = "") -> bytes:
    width = len(next(iter(table.values())))
    lines = [f"{len(table)} {width}"] if header else []
    lines += [" ".join([word, *map(repr, row)]) + spare for word, row in table.items()]
    return ("\n".join(lines) + "\n").encode()


def binary_of(table: dict, *, newline: bytes = b"\n") -> bytes:
    width = len(next(iter(table.values())))
    rows = (w.encode() + b" " + np.array(r, "<f4").tobytes() + newline for w, r in table.items())
    return f"{len(table)} {width}\n".encode() + b"".join(rows)


def read(content: bytes, name: str = "mine.txt", asked: tuple = (), **more):
    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
    return vectors_from(stream, name, asked, **more)


def same(found, table: dict) -> bool:
    due = np.array(list(table.values()), np.float32)
    return found.words == tuple(table) and np.array_equal(found.vectors, due)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.booleans(), st.sampled_from(["", " ", "\r", " \r"]))
def test_text_is_read_as_it_was_written(table, header, spare):
    if not header and len(next(iter(table.values()))) == 1:
        header = True  # a word and one number could be a first line that counts
    assert same(read(text_of(table, header=header, spare=spare)), table)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from([b"\n", b""]))
def test_binary_is_read_as_it_was_written(table, newline):
    assert same(read(binary_of(table, newline=newline), binary=True), table)


@settings(max_examples=80, deadline=None)
@given(TABLES, st.integers(0, 10_000), st.integers(0, 255), st.booleans())
def test_a_damaged_file_is_read_or_told_in_one_line(table, place, byte, binary):
    content = bytearray(binary_of(table) if binary else text_of(table, header=True))
    content[place % len(content)] = byte
    try:
        found = read(bytes(content), binary=binary)
    except UsageError as error:
        assert "\n" not in str(error) and str(error).startswith("mine.txt")
    else:
        assert np.isfinite(found.vectors).all()


TABLE = {"king": [1.0, 2.0, 3.0], "queen": [4.0, 5.0, 6.0], "man": [7.0, 8.0, 9.0]}


@pytest.mark.parametrize("name", ["v.txt", "v.vec", "v.bin", "v.txt.gz", "v.bin.gz"])
def test_every_kind_of_file(tmp_path: Path, name: str):
    content = binary_of(TABLE) if ".bin" in name else text_of(TABLE, header=name != "v.txt")
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert same(read_vectors(path, ["king"]), TABLE)


def test_binary_is_known_without_its_suffix():
    assert same(read(binary_of(TABLE)), TABLE)


def test_words_with_spaces_in_them_as_some_files_have():
    found = read(b"a 1 2\n. . . 3 4\nb 5 6\n")
    assert found.words == ("a", ". . .", "b")


BROKEN = {
    "no file of word vectors": b"king\nqueen\n",
    "line 2 has 3 fields": b"3 3\nking 1 2\nqueen 1 2 3\n",
    "line 3 has 3 fields": b"a 1 2 3\nb 1 2 3\nc 1 2",
    "line 2: 'x' is no number": b"2 2\nking 1 x\nqueen 1 2\n",
    "line 1: '0,5' is no number": b"king 0,5 1\n",
    "line 3: the vector of 'queen' holds what is no number": b"2 2\nking 1 2\nqueen nan 2\n",
    "line 1: the vector of 'king' holds what is no number": b"king inf 2\n",
    "says to hold 5 words and holds 2": b"5 2\nking 1 2\nqueen 1 2\n",
    "says to hold 1 words and holds 2": b"1 2\nking 1 2\nqueen 1 2\n",
    "says to have 2 numbers a word and has 3": b"2 2\nking 1 2 3\nqueen 1 2 3\n",
    "line 2: byte 0xfc is not UTF-8": "1 2\nmüde 1 2\n".encode("latin-1"),
    "vectors of 99,999 numbers": b"1 99999\nking 1 2\n",
    "no text in UTF-8": "king 1 2\n".encode("utf-16"),
}


@pytest.mark.parametrize("told", BROKEN)
def test_broken_text_is_one_line(told: str):
    with pytest.raises(UsageError) as error:
        read(BROKEN[told])
    assert told in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c[:-5], "ends in word 3"),
        (lambda c: c + b"more of it", "goes on after them"),
        (lambda c: c.replace(b"3 3\n", b"3 2\n"), "mine.txt"),
        (lambda c: c.replace(b"3 3\n", b"hello\n"), "does not begin with"),
        (lambda c: c[:4] + b"\xff\xfe" + c[6:], "is not UTF-8"),
        (lambda c: c.replace(np.array([5.0], "<f4").tobytes(), b"\0\0\xc0\x7f"), "no number"),
    ],
)
def test_broken_binary_is_one_line(change, told):
    with pytest.raises(UsageError) as error:
        read(change(binary_of(TABLE)), binary=True)
    assert told in str(error.value)


def test_a_claim_that_the_file_cannot_hold_is_refused_at_once():
    content = b"100000000 300\n" + b"king " + bytes(1200)
    with pytest.raises(UsageError, match="hold fewer"):
        read(content, binary=True, size=len(content))


def test_files_that_are_none(tmp_path: Path):
    cut = tmp_path / "cut.txt.gz"
    cut.write_bytes(gzip.compress(text_of(TABLE, header=True) * 50)[:-20])
    for path in (tmp_path / "no.txt", tmp_path, cut):
        with pytest.raises(UsageError):
            read_vectors(path)


def test_a_word_that_occurs_twice_has_its_first_vector():
    found = read(b"4 2\nking 1 2\nking 3 4\nqueen 5 6\nking 7 8\n")
    assert found.words == ("king", "queen") and found.of(["king"]).tolist() == [[1.0, 2.0]]


class Endless(io.RawIOBase):
    """The binary format, so many words of zeros, made while it is read."""

    def __init__(self, words: int, width: int) -> None:
        self._left, self._width, self._at = words, width, 0
        self._block = f"{words} {width}\n".encode()
        self._zeros = bytes(4 * width)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._block and self._left:
            count = min(self._left, 1 + len(buffer) // len(self._zeros))
            words = range(self._at, self._at + count)
            self._block = b"".join(b"w%d " % word + self._zeros + b"\n" for word in words)
            self._at, self._left = self._at + count, self._left - count
        count = min(len(buffer), len(self._block))
        buffer[:count], self._block = self._block[:count], self._block[count:]
        return count


def test_a_quarter_of_a_gigabyte_is_read_without_holding_it():
    words, width = 65_536, 1024
    stream = io.BufferedReader(Endless(words, width), 1 << 20)
    tracemalloc.start()
    found = vectors_from(stream, "large.bin", [f"w{words - 1}"], binary=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert f"w{words - 1}" in found and "w0" in found and not found.whole
    assert len(found.words) < words / 10
    assert peak < 80e6
