"""Seen: what a noun shows, in words, for those who cannot see it.

A noun that stands for an array says so by its property `seen`, from the array as it is drawn then.
Nouns without one, and groups, are told by their parts; wires and frames are not told at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlanim.words.table import AsIs

__all__ = ["Seen", "few", "meaning_of", "seen_tensor", "words_in", "words_of_weights"]

_ROLES = {  # what an array without a name is, by its role
    "encoder": "input",
    "decoder": "decoder",
    "hidden": "hidden state",
    "context": "context",
    "query": "query",
    "key": "key",
    "value": "value",
    "score": "score",
    "output": "output",
}
_MOST = 6  # numbers or words that a listener can follow
_TOLD = 2  # weights of many that are told: the greatest


@dataclass(frozen=True)
class Seen:
    """What a noun shows.

    Attributes:
        what: one of it, without an article: "row of 4 words"; "" where the detail says it all.
        detail: what tells this one from others: its name, its words, its greatest weight.
    """

    what: str
    detail: str = ""

    def counted(self, number: int) -> str:
        """One with its article, or so many.

        >>> Seen("row of 4 words").counted(1), Seen("axis of x").counted(1), Seen("box").counted(3)
        ('a row of 4 words', 'an axis of x', '3 boxes')
        """
        if number == 1:
            return f"{'an' if self.what[:1].lower() in 'aeiou' else 'a'} {self.what}"
        head, of, rest = self.what.partition(" of ")
        ending = "es" if head.endswith(("s", "x", "ch", "sh")) else "s"
        if head.endswith("y") and head[-2:-1] not in "aeiou":
            head, ending = head[:-1], "ies"
        return f"{number} {head}{ending}{of}{rest}"


def seen_tensor(
    values: np.ndarray, name: str, printed: Sequence[str] = (), *, upright: bool = False
) -> Seen:
    """An array of any shape, by its name and its numbers, where all are printed and few.

    >>> seen_tensor(np.zeros((2, 3)), "Q")
    Seen(what='grid of 2 by 3 numbers', detail='Q')
    >>> seen_tensor(np.array([0.5, 1]), "", ["0.50", "1.00"], upright=True)
    Seen(what='column of 2 numbers', detail='0.50, 1.00')
    """
    numbers = "number" if values.size == 1 else "numbers"
    if values.ndim == 1:
        what = f"{'column' if upright else 'row'} of {len(values)} {numbers}"
    else:
        kind = "grid" if values.ndim == 2 else "stack"
        what = f"{kind} of {' by '.join(map(str, values.shape))} {numbers}"
    told = ", ".join(printed) if len(printed) == values.size <= _MOST else ""
    return Seen(what, ": ".join(part for part in (name, told) if part))


def meaning_of(noun: Any, *, labelled: bool = True) -> str:
    """What a noun's numbers are, in the film's language; "" if nothing tells.

    Its own label tells, unless it is left out, else its `means`, else its role.
    """
    if labelled and (label := words_in(noun)):
        return AsIs(label)
    means = getattr(noun, "means", "") or _ROLES.get(noun.role, "")
    return noun.theme.words.said(means, "alternative") if means else ""


def words_of_weights(weights: Iterable[float], names: Sequence[str] = (), decimals: int = 2) -> str:
    """The greatest weights, and on what they lie.

    >>> words_of_weights([0.05, 0.88, 0.07], ["le", "la", "les"])
    '0.88 on la, 0.07 on les'
    >>> words_of_weights([0.05, 0.88, 0.07])
    '0.88 on number 2 of 3, 0.07 on number 3'
    """
    array = np.asarray(list(weights), float)
    order = np.argsort(-array, kind="stable")[:_TOLD]
    if len(names) == len(array) and any(names):
        return ", ".join(f"{array[i]:.{decimals}f} on {names[i]}" for i in order)
    places = [f"number {i + 1}" for i in order]
    places[0] += f" of {len(array)}"
    return ", ".join(f"{array[i]:.{decimals}f} on {p}" for i, p in zip(order, places, strict=True))


def few(texts: Sequence[str], most: int = 2 * _MOST, between: str = ", ") -> str:
    """Texts in a row, of many only the first ones.

    >>> few(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    told = between.join(texts[:most])
    return told if len(texts) <= most else f"{told} and {len(texts) - most} more"


def words_in(mobject: Any) -> str:
    """What a label says, or what stands on a noun that has one; "" for points and for shapes."""
    for thing in (mobject, getattr(mobject, "label", None)):
        text = getattr(thing, "text", None)
        if isinstance(text, str) and text.strip():
            return " ".join(text.split())
    return ""
