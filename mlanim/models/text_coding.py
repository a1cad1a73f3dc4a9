"""In what a text file is coded that says nothing of it: the coding that makes its bytes likeliest.

UTF-8 proves itself. Older codings do not: almost any bytes are letters of some kind in each. But a
text uses few of a coding's characters often, and they lie together: the common Chinese ones of GB
2312 in 40 of its rows, Korean syllables in 25 of theirs, Japanese kana in two, Russian letters side
by side, while Western accents stand alone among plain letters.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mlanim.errors import UsageError

__all__ = ["decoded"]

_AS_TEXT = "export the table as CSV, UTF-8"
_MARKS = (  # the longest first: that of UTF-32 begins as that of UTF-16 does
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST = 20_000  # bytes that are looked at, of lines that are not plain ASCII
_SURE = math.log(200)  # how many times likelier the first must be than the second
_REST = 0.01  # of all characters: those that no band holds
_PLAIN = math.log(1 / 95)  # of an ASCII character, in every coding


@dataclass(frozen=True)
class _Coding:
    """A coding and what a text in it looks like.

    Attributes:
        called: in a reader's words.
        bands: of first bytes, (first, last): the share of characters that is there. Of two
            bytes, the second ones of a band may be told as well: (first, last, first, last).
        stays: how often a character beyond ASCII follows another one.
        mixes: how often a plain letter stands beside those, as in a word.
        signs: first and last of bytes that are no letters: they stand anywhere.
        prior: how often such a file is met, beside the others.
    """

    name: str
    called: str
    bands: Mapping[tuple[int, ...], float]
    stays: float
    mixes: float
    signs: tuple[int, int] = (0, 0)
    prior: float = 1.0


_TRAIL = (0xA1, 0xFE)
_LOW_TRAIL = (0x40, 0xA0)
_CODINGS = (
    _Coding(
        "cp1252",
        "Windows-1252",
        {
            (0xE0, 0xFF): 0.72,
            (0xC0, 0xDF): 0.11,
            (0x80, 0x80): 0.03,  # the euro; degrees, powers, quotation marks and dashes
            (0xB0, 0xB0): 0.04,
            (0xB1, 0xB3): 0.02,
            (0x91, 0x97): 0.04,
            (0x81, 0xBF): 0.03,
        },
        stays=0.04,
        mixes=0.95,
        signs=(0x80, 0xBF),
        prior=60,
    ),
    _Coding(
        "cp1251",
        "Windows-1251",
        {(0xE0, 0xFF): 0.78, (0xC0, 0xDF): 0.18, (0x80, 0xBF): 0.03},
        stays=0.82,
        mixes=0.01,
    ),
    _Coding(
        "koi8-r",
        "KOI8-R",
        {(0xC0, 0xDF): 0.8, (0xE0, 0xFF): 0.17, (0x80, 0xBF): 0.02},
        stays=0.82,
        mixes=0.01,
    ),
    _Coding(
        "gb18030",
        "GB18030",
        {
            (0xB0, 0xD7, *_TRAIL): 0.92,
            (0xD8, 0xF7, *_TRAIL): 0.03,
            (0xA1, 0xA3, *_TRAIL): 0.03,
            (0x81, 0xFE, *_LOW_TRAIL): 0.01,
        },
        stays=0.8,
        mixes=0.05,
    ),
    _Coding(
        "cp950",
        "Big5",
        {
            (0xA4, 0xC6, 0x40, 0x7E): 0.37,
            (0xA4, 0xC6, *_TRAIL): 0.56,
            (0xC9, 0xF9, 0x40, 0xFE): 0.03,
            (0xA1, 0xA3, 0x40, 0xFE): 0.03,
        },
        stays=0.8,
        mixes=0.05,
    ),
    _Coding(
        "cp932",
        "Shift-JIS",
        {
            (0x82, 0x82, 0x9F, 0xF1): 0.4,
            (0x83, 0x83, 0x40, 0x96): 0.2,
            (0x88, 0x97, 0x40, 0xFC): 0.3,
            (0x81, 0x82, 0x40, 0x9E): 0.04,
            (0x98, 0x9F, 0x40, 0xFC): 0.02,
            (0xE0, 0xEA, 0x40, 0xFC): 0.02,
            (0xA1, 0xDF): 0.01,
        },
        stays=0.8,
        mixes=0.05,
    ),
    _Coding(
        "euc_jp",
        "EUC-JP",
        {
            (0xA4, 0xA4, *_TRAIL): 0.4,
            (0xA5, 0xA5, *_TRAIL): 0.2,
            (0xB0, 0xCF, *_TRAIL): 0.33,
            (0xA1, 0xA3, *_TRAIL): 0.04,
            (0xD0, 0xF4, *_TRAIL): 0.02,
        },
        stays=0.8,
        mixes=0.05,
    ),
    _Coding(
        "cp949",
        "EUC-KR",
        {
            (0xB0, 0xC8, *_TRAIL): 0.96,
            (0xA1, 0xA3, *_TRAIL): 0.01,
            (0xCA, 0xFD, *_TRAIL): 0.01,
            (0x81, 0xC6, 0x41, 0xA0): 0.01,
        },
        stays=0.75,
        mixes=0.05,
    ),
)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file, and a note if its coding had to be guessed.

    Raises UsageError for what is no text, and where two codings are about as likely.

    >>> decoded("müde".encode("cp1252"), "t.csv")
    ('müde', 'it is not UTF-8 and was read as Windows-1252 ("müde")')
    >>> decoded("город,население\\nмосква,13\\n".encode("cp1251"), "t.csv")[0]
    'город,население\\nмосква,13\\n'
    """
    marked = next(((mark, coding) for mark, coding in _MARKS if data.startswith(mark)), None)
    mark, coding = marked or (b"", "utf-8")
    data = data[len(mark) :]
    if not marked:
        odd, even = data[1:400:2], data[0:400:2]
        for half, wide in ((odd, "utf-16-le"), (even, "utf-16-be")):
            if half and half.count(0) > 0.9 * len(half):  # letters of Latin, two bytes each
                coding = wide
    note = ""
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        if coding != "utf-8" or b"\0" in data:
            raise UsageError(f"{name} is no text", _AS_TEXT) from None
        _refuse_nearly_utf8(data, error.start, name)
        text, note = _guessed(data, name)
    text = text.rstrip("\x1a\0")
    controls = re.findall(r"[\0-\x06\x0e-\x1b]", text)
    if "\0" in controls or len(controls) > 0.01 * len(text):
        raise UsageError(f"{name} is no text", _AS_TEXT)
    return text, note


def _refuse_nearly_utf8(data: bytes, at: int, name: str) -> None:
    """A text in UTF-8 with a few bytes that are none is not one in an older coding."""
    high = sum(byte > 0x7F for byte in data)
    held = len(data.decode("utf-8", "ignore").encode()) - (len(data) - high)
    if held > 0.8 * high:
        line = data.count(b"\n", 0, at) + 1
        raise UsageError(f"{name}, line {line}: byte 0x{data[at]:02x} is not UTF-8", _AS_TEXT)


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """The text in the likeliest of the older codings."""
    found: list[tuple[float, _Coding, str]] = []
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_MOST]
    for coding in _CODINGS:
        try:
            text = data.decode(coding.name)
        except UnicodeDecodeError:
            continue
        found.append((_likelihood(telling, coding), coding, text))
    found.sort(key=lambda one: -one[0])
    if not found:
        raise UsageError(f"{name} is not text in UTF-8", _AS_TEXT)
    best, coding, text = found[0]
    if len(found) > 1:
        likelihood, other, otherwise = found[1]
        if best - likelihood < _SURE and otherwise != text:
            what = f'{coding.called} ("{_sample(text)}") or {other.called} ("{_sample(otherwise)}")'
            raise UsageError(f"{name} is not UTF-8, but in {what}", _AS_TEXT)
    return text, f'it is not UTF-8 and was read as {coding.called} ("{_sample(text)}")'


def _sample(text: str) -> str:
    """The first word that is not plain ASCII, by which a reader sees whether it was read right."""
    words = re.findall(r"\w*[^\W\x00-\x7f]\w*", text) or re.findall(r"\S*[^\s\x00-\x7f]\S*", text)
    return words[0][:20] if words else ""


def _likelihood(data: bytes, coding: _Coding) -> float:
    """The logarithm of how likely these bytes are in a text of a coding."""
    units = [(b" ", _PLAIN), *_units(data, coding), (b" ", _PLAIN)]
    total = math.log(coding.prior) + sum(weight for _, weight in units)
    stays, leaves = math.log(coding.stays), math.log(1 - coding.stays)
    mixed, apart, anywhere = map(math.log, (coding.mixes, 1 - coding.mixes, 0.5))
    first, last = coding.signs
    before = b" "  # what stands before characters beyond ASCII that lie together
    for (sign, _), (following, _) in pairwise(units):
        if sign.isascii():
            before = sign
        elif not following.isascii():
            total += stays
        elif first <= sign[0] <= last:
            total += leaves + anywhere
        else:
            total += leaves + (mixed if before.isalpha() or following.isalpha() else apart)
    return total


def _units(data: bytes, coding: _Coding) -> Iterator[tuple[bytes, float]]:
    """Characters, each with the logarithm of its share."""
    wide = any(len(band) > 2 for band in coding.bands)
    at = 0
    while at < len(data):
        first = data[at]
        if first < 0x80:
            yield data[at : at + 1], _PLAIN
            at += 1
            continue
        second = data[at + 1] if wide and at + 1 < len(data) else None
        band = next((b for b in coding.bands if _holds(b, first, second)), None)
        if band is None:
            count = 0x80 * (0xBE if wide else 1)
            share = _REST / count
        else:
            share = coding.bands[band] / _size(band)
        yield data[at : at + 1], math.log(share)
        at += 1 if not wide or (band is not None and len(band) == 2) else 2


def _holds(band: tuple[int, ...], first: int, second: int | None) -> bool:
    if not band[0] <= first <= band[1]:
        return False
    return len(band) == 2 or (second is not None and band[2] <= second <= band[3])


def _size(band: tuple[int, ...]) -> int:
    rows = band[1] - band[0] + 1
    return rows if len(band) == 2 else rows * (band[3] - band[2] + 1)
