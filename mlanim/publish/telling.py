"""Telling: things on the screen as sentences, in the language of the film.

In English a thing is counted with its article and its plural; a table of words has it as it stands
alone, so that elsewhere a number stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlanim.primitives.seen import Seen
from mlanim.words.places import put_in, taken_out
from mlanim.words.table import ENGLISH, Words

__all__ = ["asked_of", "sentences"]

_MOST_DETAILS = 8  # of things of one kind
_MOST_LISTS = 3  # of things that are lists themselves
_MOST_WORDS = 12
_PARTS = re.compile(r"(, |; |: | and )")
_WEIGHT = re.compile(r"(?P<first>weights )?(?P<number>[\d.]+) on (?P<name>.+)")


def sentences(things: Sequence[Seen], words: Words = ENGLISH) -> list[str]:
    """What stands in the picture, of each kind how many, and the words that stand there.

    >>> sentences([Seen("row of 2 bars"), Seen("", "cat")])
    ['In the picture: a row of 2 bars.', 'Words: cat.']
    >>> german = Words({"row of {1} bars": "Reihe aus {1} Balken", "In the picture": "Im Bild"})
    >>> sentences([Seen("row of 2 bars")], german)
    ['Im Bild: Reihe aus 2 Balken.']
    """
    kinds: dict[str, list[Seen]] = {}
    for thing in things:
        if thing.what:
            kinds.setdefault(thing.what, []).append(thing)
    shown = list(dict.fromkeys(thing.detail for thing in things if not thing.what))
    told = []
    if kinds:
        parts = "; ".join(_told(alike, words) for alike in kinds.values())
        told.append(f"{words.said('In the picture', 'alternative')}: {parts}.")
    if shown:
        listed = _few(shown, _MOST_WORDS, ", ", words)
        told.append(f"{words.said('Words', 'alternative')}: {listed}.")
    return told


def asked_of(things: Sequence[Seen], words: Words) -> None:
    """Look up what the things are, so that the table knows what it is asked for."""
    for thing in things:
        if thing.what:
            words.said(thing.what, "alternative")
    for join in ("In the picture", "Words", "weights", "on", "and") if things else ():
        words.said(join, "alternative")


def _told(alike: Sequence[Seen], words: Words) -> str:
    """Things of one kind: how many, and what each of them is, where that can be followed."""
    if words.entries:
        kind = words.said(alike[0].what, "alternative")
        counted = kind if len(alike) == 1 else f"{len(alike)} × {kind}"
    else:
        counted = alike[0].counted(len(alike))
    details = [thing.detail for thing in alike if thing.detail]
    details = list(dict.fromkeys(_detail(detail, words) for detail in details))
    if not details or len(details) > _MOST_DETAILS:
        return counted
    if any(", " in detail for detail in details):
        between = f" {words.said('and', 'alternative')} " if words.entries else " and "
        return f"{counted}: {_few(details, _MOST_LISTS, between, words)}"
    return f"{counted}: {', '.join(details)}"


def _few(details: Sequence[str], most: int, between: str, words: Words) -> str:
    shown, rest = details[:most], len(details) - most
    more = f" {_known(f'and {rest} more', words)}" if rest > 0 else ""
    return between.join(shown) + more


def _detail(text: str, words: Words) -> str:
    """What tells a thing from others: its numbers and words stay, what joins them is looked up."""
    if not words.entries:
        return text
    return "".join(_known(part, words) for part in _PARTS.split(text))


def _known(part: str, words: Words) -> str:
    """A part in the table's words, where it has it; names are not asked for."""
    if part == " and ":
        return f" {_known('and', words)} "
    if weight := _WEIGHT.fullmatch(part):
        first = f"{_known('weights', words)} " if weight["first"] else ""
        return f"{first}{weight['number']} {_known('on', words)} {weight['name']}"
    template, found = taken_out(part)
    known = words.entries.get(part) or words.entries.get(template)
    return put_in(known, found) if known else part
