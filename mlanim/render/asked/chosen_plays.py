"""Which of a scene's plays are shown, in the words of Manim's `-n`."""

from __future__ import annotations

import re

from mlanim.errors import UsageError

__all__ = ["check_plays", "parse_plays"]

_MOST = 10**9


def parse_plays(text: str) -> tuple[int, int | None]:
    """The first and the last play of "3" or "3,5"; UsageError for another text.

    >>> parse_plays("3,5"), parse_plays("3")
    ((3, 5), (3, None))
    """
    match = re.fullmatch(r"\s*(\d{1,9})\s*(?:[,;-]\s*(\d{1,9})\s*)?", text)
    if not match:
        raise UsageError(f"-n {text!r}", "write the plays to show, from 0: 3 or 3,5")
    return int(match[1]), int(match[2]) if match[2] else None


def check_plays(plays: tuple[int, int | None] | None) -> None:
    """Refuse a last play before the first one."""
    if plays is None:
        return
    first, last = plays
    if not 0 <= first <= _MOST or (last is not None and last < first):
        raise UsageError(f"-n {first},{last}", "the last play comes after the first one")
