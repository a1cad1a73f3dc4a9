"""A number as people write it: with a decimal comma, in groups of three digits, with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Written", "is_date", "is_missing", "number_written", "uncovered"]

_BARE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?inf(?:inity)?", re.IGNORECASE)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1.250: a group of digits, or decimals
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[$€£¥]?) ?(?P<digits>[.,]?\d(?:[\d.,' ]*\d)?)\.?"
    r"(?P<power>[eE][+-]?\d+)?"
    r" ?(?P<after>%|‰|[$€£¥]|°[CFK]?|[^\W\d_]{1,5}[²³]?(?:/[^\W\d_]{1,3}[²³]?)?)?"
)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*")
_PLAINER = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2019": "'",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
    }
)
_LESS_THAN_NONE = re.compile(r"\((.*\d[.,' ]\d.*)\)")  # (1,234.50): so accountants write -1,234.50
_MISSING = {"", "na", "n/a", "n.a.", "<na>", "nan", "null", "none", "nil", "?", "-", "--", "–", "—"}
_MISSING |= {".", "...", "\\n", "missing", "#n/a", "#div/0!", "#ref!", "#value!", "#num!", "#null!"}
_DATE = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ]\d.*)?|\d{1,2}([-/.])\d{1,2}\2\d{2,4}(?: \d.*)?"
    r"|\d{1,2}:\d{2}(?::\d{2}.*)?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a number is where a point is the decimal sign, and where a comma is.

    proves: the decimal sign that it must have been written with; "" where it may be either.
    unit: what stands before or behind it, such as "cm" or "%".
    """

    point: float
    comma: float
    proves: str = ""
    unit: str = ""


def number_written(text: str) -> Written | None:
    """The number in a cell, if it holds one and nothing else but its unit.

    >>> [number_written(text).point for text in ("1.5", "-0,5", "1.234,5", "12 345", "2 cm")]
    [1.5, -0.5, 1234.5, 12345.0, 2.0]
    >>> either = number_written("1,250")
    >>> either.point, either.comma, either.proves
    (1250.0, 1.25, '')
    >>> number_written("5.1.2024"), number_written("iris 2")
    (None, None)
    >>> number_written("(1,234.50)").point, number_written("(3)")
    (-1234.5, None)
    """
    text = text.translate(_PLAINER)
    if (owed := _LESS_THAN_NONE.fullmatch(text)) and owed[1][0] not in "+-":
        text = f"-{owed[1].strip()}"
    if _BARE.fullmatch(text):
        value = float(text)
        if "." not in text:
            return Written(value, value)
        if _EITHER.fullmatch(text):
            return Written(value, float(text.replace(".", "")))
        return Written(value, value, ".")
    found = _NUMBER.fullmatch(text)
    if not found or (found["before"] and found["after"]):
        return None
    read = _digits_read(found["digits"])
    if read is None:
        return None
    factor = -1.0 if found["sign"] == "-" else 1.0
    power = found["power"] or ""
    point, comma = (factor * float(digits + power) for digits in read[:2])
    return Written(point, comma, read[2], found["before"] or found["after"] or "")


def _digits_read(digits: str) -> tuple[str, str, str] | None:
    """Digits with a decimal point and with a decimal comma, each written plainly; what is sure."""
    whole, grouped = digits, _GROUPS.fullmatch(digits)
    if grouped and (grouped[1] in "' " or digits.count(grouped[1]) > 1):
        whole = digits.replace(grouped[1], "")
        return whole, whole, {",": ".", ".": ","}.get(grouped[1], "")
    if grouped:  # one sign, three digits behind it
        joined, parted = digits.replace(grouped[1], ""), digits.replace(",", ".")
        return (joined, parted, "") if grouped[1] == "," else (parted, joined, "")
    sign = max(".,", key=digits.rfind)
    before, found, after = digits.rpartition(sign)
    if not found:
        return (digits, digits, "") if digits.isdecimal() else None
    if not before.isdecimal() and before:
        groups = _GROUPS.fullmatch(before)
        if not groups or groups[1] == sign:
            return None
        before = before.replace(groups[1], "")
    if not after.isdecimal():
        return None
    whole = f"{before or '0'}.{after}"
    return whole, whole, sign


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value.

    >>> [is_missing(text) for text in ("", "N/A", "?", "0")]
    [True, True, True, False]
    """
    return text.casefold() in _MISSING


def is_date(text: str) -> bool:
    """Whether a cell holds a date or a time of day.

    >>> is_date("2024-05-01"), is_date("1.5.24 10:30"), is_date("1.5")
    (True, True, False)
    """
    return bool(_DATE.fullmatch(text))


def uncovered(text: str) -> str:
    """A cell in one line, without the space and the pair of quotation marks around it.

    >>> uncovered(" 'a  b' ")
    'a b'
    """
    text = " ".join(text.split())
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    return text
