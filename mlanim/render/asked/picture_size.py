"""Sizes of pictures in a reader's words: a quality, an aspect, pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from mlanim.errors import UsageError, did_you_mean

__all__ = ["LARGEST", "QUALITIES", "SMALLEST", "aspect_size", "quality_letter", "resolution_size"]

# letter: (short side in pixels, frames a second), as `manim render -q` has them at 16:9
QUALITIES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"l": (480, 15), "m": (720, 30), "h": (1080, 60), "p": (1440, 60), "k": (2160, 60)}
)
_QUALITY_WORDS = {"low": "l", "medium": "m", "high": "h", "2k": "p", "4k": "k"}

SMALLEST, LARGEST = 16, 8192  # pixels


def quality_letter(word: str) -> str:
    """The letter of a quality; UsageError for none."""
    letter = _QUALITY_WORDS.get(word.casefold(), word.casefold())
    if letter not in QUALITIES:
        hint = did_you_mean(word, [*QUALITIES, *_QUALITY_WORDS])
        raise UsageError(f"quality {word!r}", hint)
    return letter


def resolution_size(text: str) -> tuple[int, int]:
    """Pixels of "W,H"; UsageError for another text."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*[,x]\s*(\d{1,6})\s*", text)
    if not match:
        raise UsageError(f"resolution {text!r}", "write W,H in pixels, such as 1280,720")
    return int(match[1]), int(match[2])


def aspect_size(short_side: int, aspect: str) -> tuple[int, int]:
    """Pixels of an aspect whose short side is given; the long one is made even."""
    match = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,5})?)\s*:\s*(\d{1,5}(?:\.\d{1,5})?)\s*", aspect)
    if not match or not Fraction(match[1]) or not Fraction(match[2]):
        raise UsageError(f"aspect {aspect!r}", "write W:H, such as 16:9, 1:1 or 9:16")
    ratio = Fraction(match[1]) / Fraction(match[2])
    long_side = 2 * round(short_side * max(ratio, 1 / ratio) / 2)
    if long_side > LARGEST:
        raise UsageError(f"aspect {aspect} makes {long_side} pixels", f"allowed: up to {LARGEST}")
    return (long_side, short_side) if ratio >= 1 else (short_side, long_side)
