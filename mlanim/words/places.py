"""Places: what a text counts or quotes is taken out of it, and put into its translation.

>>> template, found = taken_out('6 words are read; "it" is the last')
>>> template, found
('{1} words are read; "{2}" is the last', ('6', 'it'))
>>> put_in('"{2}" ist das letzte von {1} Wörtern', found)
'"it" ist das letzte von 6 Wörtern'
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["has_words", "places_of", "put_in", "taken_out"]

_NUMBER = r"(?<![\w.,^])[+−-]?\d+(?:[.,]\d+)*(?!\w)"
_FOUND = re.compile(rf'(?P<open>["“])(?P<quoted>[^"“”\n]+)(?P<close>["”])|(?P<number>{_NUMBER})')
_PLACE = re.compile(r"\{(\d+)\}")
_WORD = re.compile(r"[^\W\d_]{2}")


def taken_out(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with places in it, numbered from 1, and what stood there: numbers, and quoted words.

    A digit within a word ("h1", "word2vec") is a part of the word.
    """
    found: list[str] = []

    def place(match: re.Match[str]) -> str:
        found.append(match["number"] or match["quoted"])
        return f"{match['open'] or ''}{{{len(found)}}}{match['close'] or ''}"

    return _FOUND.sub(place, text), tuple(found)


def put_in(template: str, found: tuple[str, ...]) -> str:
    """A template with what stands at its places."""
    return _PLACE.sub(lambda match: found[int(match[1]) - 1], template)


def places_of(template: str) -> Counter[str]:
    """How often each place stands in a template."""
    return Counter(_PLACE.findall(template))


def has_words(text: str) -> bool:
    """Whether there is anything to translate: two letters beside each other, or more.

    >>> [has_words(text) for text in ("score", "(4, 64)", "q1 = x")]
    [True, False, False]
    """
    return bool(_WORD.search(text))
