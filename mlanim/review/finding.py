"""What the lint has to say: one finding a fault, told once however often it is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

__all__ = ["Finding", "merge"]

_PART = re.compile(r" (?P<part>[a-z]+) (?P<place>\d+)$")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: in which step, when (s), which rule, whose, what is wrong and what mends it.

    `seconds` is how long it stays, from the first moment it was seen to the last.
    """

    step: str
    time: float
    rule: str
    names: tuple[str, ...]
    problem: str
    advice: str
    seconds: float = 0.0

    @property
    def who(self) -> str:
        """The names as one phrase; parts of one thing are counted up: "... cells 0, 1, 2"."""
        parts: dict[str, list[str]] = {}
        for name in self.names:
            match = _PART.search(name)
            whole = f"{name[: match.start()]} {match['part']}" if match else name
            parts.setdefault(whole, []).extend([match["place"]] if match else [])
        phrases = [
            f"{whole}{'s' if len(places) > 1 else ''} {', '.join(sorted(places, key=int))}".rstrip()
            for whole, places in parts.items()
        ]
        return " and ".join(phrases)

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values, for `--json`."""
        return asdict(self) | {"time": round(self.time, 3), "seconds": round(self.seconds, 3)}


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Tell a fault once, with its first time and how long it lasts, in the order of time.

    Parts of one thing that have the same fault at the same time become one finding.

    >>> cell = Finding("score", 1.0, "small", ("TensorBox 'h' cell 0",), "is small", "enlarge")
    >>> again = replace(cell, time=3.0)
    >>> other = replace(cell, names=("TensorBox 'h' cell 1",))
    >>> [(f.names, f.seconds) for f in merge([cell, other, again])]
    [(("TensorBox 'h' cell 0", "TensorBox 'h' cell 1"), 2.0)]
    """
    first: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for found in sorted(findings, key=lambda finding: finding.time):
        key = (found.rule, found.names)
        seen = first.get(key)
        if seen is None:
            first[key] = found
        else:
            first[key] = replace(seen, seconds=found.time + found.seconds - seen.time)
    gathered: dict[tuple[str, ...], Finding] = {}
    for found in first.values():
        owner = tuple(_PART.sub("", name) for name in found.names)
        whole = (found.rule, found.step, *owner)
        seen = gathered.get(whole)
        if seen is None or not _PART.search(found.names[0]):
            gathered[whole if seen is None else (*whole, *found.names)] = found
        else:
            lasting = max(seen.seconds, found.time + found.seconds - seen.time)
            names = tuple(dict.fromkeys((*seen.names, *found.names)))
            gathered[whole] = replace(seen, names=names, seconds=lasting)
    return sorted(gathered.values(), key=lambda finding: finding.time)
