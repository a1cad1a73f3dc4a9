"""Tokens as they read: a tokenizer's pieces are no text yet.

A byte-level piece writes each byte as a letter of its own ("Ġ" is a space, "Ã©" is "é"),
SentencePiece writes a space as "▁" and bytes as "<0xE7>", WordPiece begins what continues a word
with "##". How a tokenizer writes is asked of the tokenizer: what it makes of a few made-up pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mlanim.models.token_names import drawn
from mlanim.models.trace_limits import LONGEST_TOKEN

__all__ = ["Reader", "readable", "reader_of", "spaced", "written"]

Reader = Callable[[str], bytes]

_BYTE_PIECE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_SPACE = "\u2581"  # of SentencePiece


def _byte_letters() -> dict[str, int]:
    """GPT-2's letter for each byte: itself where it can be seen, else one from 256 on."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in seen}
    unseen = (byte for byte in range(256) if byte not in seen)
    return letters | {chr(256 + place): byte for place, byte in enumerate(unseen)}


_BYTE_OF = _byte_letters()


def written(piece: str) -> bytes:
    """Pieces that are written as they read, with SentencePiece's spaces, and its bytes."""
    if byte := _BYTE_PIECE.fullmatch(piece):
        return bytes([int(byte[1], 16)])
    return piece.replace(_SPACE, " ").encode(errors="replace")


def _byte_level(piece: str) -> bytes:
    """GPT-2's letters; what holds any other sign was added as it is."""
    if all(letter in _BYTE_OF for letter in piece):
        return bytes(_BYTE_OF[letter] for letter in piece)
    return written(piece)


def _bytes_as_characters(piece: str) -> bytes:
    """ByT5: one character up to 255 is that byte."""
    return bytes([ord(piece)]) if len(piece) == 1 and ord(piece) < 256 else written(piece)


def _word_pieces(piece: str) -> bytes:
    return written(piece[2:] if piece.startswith("##") and len(piece) > 2 else piece)


def _without(mark: str, inner: Reader) -> Reader:
    """Pieces that end a word, or that do not, carry a mark."""
    return lambda piece: inner(piece.removesuffix(mark) or piece)


# Two pieces, and what they are together where a tokenizer writes so.
_PROBES: tuple[tuple[tuple[str, str], str, Reader], ...] = (
    (("aĠ", "b"), "a b", _byte_level),
    (("Ã", "©"), "é", _bytes_as_characters),
    (("a", "##b"), "ab", _word_pieces),
)
_MARKED_ENDS = ((("a</w>", "b"), "a b", "</w>"), (("a@@", "b"), "ab", "@@"))


def reader_of(
    join: Callable[[list[str]], str] | None, told: str, text: str, pieces: Sequence[str]
) -> Reader:
    """Find how a tokenizer writes, from what it says and does.

    Args:
        join: its own way from pieces to text, where it has one; it may refuse what is made up.
        told: what it tells of its parts, such as "ByteLevel(...)".
        text, pieces: a text, and what became of it: where nothing else is known, the way by which
            the pieces give the text.

    >>> reader_of(lambda pieces: "".join(pieces).replace("Ġ", " "), "", "", [])("Ġcaf")
    b' caf'
    """

    def says(example: tuple[str, str], joined: str) -> bool:
        try:
            return join is not None and join(list(example)).strip() == joined
        except Exception:  # what is not in its vocabulary may be an error of any kind
            return False

    def gives(reader: Reader) -> bool:
        joined = b"".join(map(reader, pieces)).decode(errors="replace")
        return _letters(joined) == _letters(text)

    asked = [reader for example, joined, reader in _PROBES if says(example, joined)]
    asked += [_byte_level] * ("ByteLevel" in told) + [_word_pieces] * ("WordPiece" in told)
    shown = [reader for reader in (written, *(probe[-1] for probe in _PROBES)) if gives(reader)]
    found = next(iter([*asked, *shown]), written)
    for example, joined, mark in _MARKED_ENDS:
        if says(example, joined):
            return _without(mark, found)
    return found


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


def readable(data: bytes, limit: int = LONGEST_TOKEN) -> str:
    """A piece's bytes as they are drawn; those that are no whole character are written as bytes.

    >>> [readable(b) for b in (b" cat", "é".encode(), b"a\\xe7\\x8c")]
    ['cat', 'é', 'a<E7 8C>']
    """
    text = data.decode(errors="surrogateescape")
    return drawn(re.sub("[\ud800-\udfff]+", lambda run: _as_bytes(run[0]), text), limit)


def spaced(data: bytes, limit: int = LONGEST_TOKEN) -> str:
    """The same, with the space in front that parts a piece from the word before.

    >>> [spaced(b) for b in (b" cat", "\xfc".encode(), b" ")]
    [' cat', '\xfc', '\xb7']
    """
    front = " " if data.startswith(b" ") and data.strip(b" ") else ""
    return front + readable(data, limit - len(front))


def _as_bytes(run: str) -> str:
    return f"<{run.encode(errors='surrogateescape').hex(' ').upper()}>"
