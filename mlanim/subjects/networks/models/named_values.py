"""Values by name, as they are written on one line: a=2, b=-3."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlanim.errors import UsageError, did_you_mean

__all__ = ["LARGEST", "read_values", "values_of"]

LARGEST = 1e6
_FIRST = (2.0, -3.0, 5.5, 1.0, -1.0, 0.5, -2.0, 1.5)  # for names whose value is not given
_PAIR = re.compile(r"\s*([^\W\d_]\w*)\s*=\s*(\S+)\s*")


def read_values(text: str) -> dict[str, float]:
    """Values by name.

    Raises UsageError for what is no such line, a name that comes twice, a number that is too large.

    >>> read_values("a=2, b=-3.5")
    {'a': 2.0, 'b': -3.5}
    """
    found: dict[str, float] = {}
    for part in filter(str.strip, re.split(r"[,;]", text)):
        pair = _PAIR.fullmatch(part)
        if not pair:
            raise UsageError(f"values: {part.strip()[:40]!r}", "write values=a=2,b=-3")
        name, written = pair.groups()
        if name in found:
            raise UsageError(f"values: {name[:40]} is given twice", "give each name one value")
        found[name] = _number(name, written)
    return found


def _number(name: str, written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        raise UsageError(f"values: {name[:40]}={written[:40]}", "write a number: a=-3.5") from None
    if not abs(number) <= LARGEST:
        raise UsageError(f"values: {name[:40]}={written[:40]}", f"numbers up to {LARGEST:,.0f}")
    return number


def values_of(
    names: Sequence[str], given: dict[str, float], *, strict: bool = True
) -> tuple[dict[str, float], list[str]]:
    """A value for each name, and the names for which none was given.

    Raises UsageError for a value whose name is not there, if `strict`.

    >>> values_of(["a", "b"], {"b": 7.0})
    ({'a': 2.0, 'b': 7.0}, ['a'])
    """
    if strict and (unknown := [name for name in given if name not in names]):
        what = f"values: {unknown[0][:40]} is not in the expression"
        raise UsageError(what, did_you_mean(unknown[0], names))
    drawn = {name: _FIRST[i % len(_FIRST)] for i, name in enumerate(names)}
    return {name: given.get(name, drawn[name]) for name in names}, [
        name for name in names if name not in given
    ]
