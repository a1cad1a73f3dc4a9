"""The errors a reader can meet. Each is one line: what was given, what is allowed, what to do.

MlanimError            something failed                    exit code 1
└── UsageError         what was asked for cannot be        exit code 2
    └── NoRoomError    there is no room to draw it legibly
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

__all__ = ["MlanimError", "NoRoomError", "UsageError", "did_you_mean", "short_line"]

_LONGEST_WORD = 160  # signs of what was given: nobody reads more of it


def short_line(text: str) -> str:
    """A text as one line, of a very long word in it only both ends.

    >>> short_line("seed\\n" + "9" * 1000)[:20]
    'seed 999999999999999'
    """
    shorten = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
    return shorten.sub(lambda word: f"{word[0][:80]}…{word[0][-40:]}", " ".join(text.split()))


class MlanimError(Exception):
    """Something failed that the reader can understand and mend.

    >>> str(MlanimError("cannot write out.mp4", "choose another folder with -o"))
    'cannot write out.mp4: choose another folder with -o'
    """

    exit_code = 1

    def __init__(self, *parts: str) -> None:
        super().__init__(short_line(": ".join(part for part in parts if part)))


class UsageError(MlanimError):
    """What was asked for cannot be: a wrong name, value, type or combination."""

    exit_code = 2


class NoRoomError(UsageError):
    """What is to be drawn is not legible in the room that it has.

    lacks: the side that is short, where one is: more of the other would not help.

    >>> str(NoRoomError("9 words do not fit 4.0 x 3.0 units", "give fewer", lacks="width"))
    '9 words do not fit 4.0 x 3.0 units: the width is short: give fewer'
    """

    def __init__(self, *parts: str, lacks: Literal["width", "height", ""] = "") -> None:
        if lacks and lacks not in " ".join(parts):
            parts = (parts[0], f"the {lacks} is short", *parts[1:])
        super().__init__(*parts)
        self.lacks = lacks


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Name the nearest known words, or all of them when none is near.

    >>> did_you_mean("seq2sec", ["seq2seq", "transformer"])
    "did you mean 'seq2seq'?"
    >>> did_you_mean("x", ["light", "dark"])
    'allowed: light, dark'
    """
    names = list(known)
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in get_close_matches(given.casefold(), folded, n=3, cutoff=0.6)]
    if near:
        return f"did you mean {' or '.join(repr(name) for name in near)}?"
    return f"allowed: {', '.join(names)}" if names else ""
