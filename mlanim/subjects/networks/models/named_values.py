"""Values by name, as they are written on one line: a=2, b=-3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

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
            raise UsageError(f"values: {part.strip()[:40]!r}", "write a=2, or values=a=2,b=-3")
        name, written = pair.groups()
        if name in found:
            raise UsageError(f"{name[:40]} has two values", "give each name one value")
        found[name] = _number(name, written)
    return found


def _number(name: str, written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        what = f"{name[:40]}={written[:40]} is no number"
        raise UsageError(what, f"write such as {name[:40]}=-3.5") from None
    if not abs(number) <= LARGEST:
        raise UsageError(f"{name[:40]}={written[:40]}", f"numbers up to {LARGEST:,.0f}")
    return number


def values_of(
    names: Sequence[str], given: Mapping[str, float], *, others: Iterable[str] | None = ()
) -> tuple[dict[str, float], list[str]]:
    """A value for each name, and the names for which none was given.

    Raises UsageError for a value whose name is not there, with the nearest of those that are and
    of `others`; where these are None, it is left out.

    >>> values_of(["a", "b"], {"b": 7.0})
    ({'a': 2.0, 'b': 7.0}, ['a'])
    """
    unknown = [name for name in given if name not in names]
    if unknown and others is not None:
        hint = did_you_mean(unknown[0], [*names, *others])
        if not hint.startswith("did you mean"):
            hint = f"its names: {', '.join(names)}"
        raise UsageError(f"{unknown[0][:40]}=: no {unknown[0][:40]} is in the expression", hint)
    drawn = {name: _FIRST[i % len(_FIRST)] for i, name in enumerate(names)}
    return {name: given.get(name, drawn[name]) for name in names}, [
        name for name in names if name not in given
    ]
