"""How a line of a language runs: which way, and where it may break."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["BREAKS", "SIGNS", "is_backward", "right_to_left"]

SIGNS = "\u3040-\u30ff\u3400-\u9fff"  # Chinese and Japanese, of which each may end a line
_CLOSING = "、。，．：；！？）」』”’"

# Between words; and between signs, but not before a comma or behind an opening quote.
BREAKS = re.compile(
    r"(?<=\S)( +)(?=\S)"
    rf"|(?<=[{SIGNS}{_CLOSING}])(?![{_CLOSING}\s])(?=.)|(?<=[^\s“‘（「『])(?=[{SIGNS}])"
)


def right_to_left(text: str) -> bool:
    """Whether a text begins at the right: by its first letter, as Unicode has it (UAX 9, P2).

    >>> right_to_left("الانتباه"), right_to_left("attention (الانتباه)")
    (True, False)
    """
    strong = (c for c in text if unicodedata.bidirectional(c) in ("L", "R", "AL"))
    return is_backward(next(strong, ""))


def is_backward(character: str) -> bool:
    """Whether a character reads from the right."""
    return bool(character) and unicodedata.bidirectional(character) in ("R", "AL")
