"""What a scene says of itself, as titles and sentences for articles, pages and posts."""

from __future__ import annotations

import re

from mlanim.catalogue import SceneEntry
from mlanim.named_path import fitting_name
from mlanim.words.table import ENGLISH, Words

__all__ = ["file_stem", "title_and_lead"]

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_PARTED = re.compile(r"(.*?)(?:(\s?: |：)(.*)|$)", re.DOTALL)  # Chinese has a colon of its own


def title_and_lead(entry: SceneEntry, words: Words = ENGLISH) -> tuple[str, str]:
    """A scene's title, and the sentence below it, in the language of its words.

    >>> from pathlib import Path
    >>> summary = "Softmax: how scores become weights."
    >>> title_and_lead(SceneEntry("softmax", "Softmax", summary, (), Path("a.py"), "here"))
    ('Softmax', 'How scores become weights.')
    """
    summary = words.said(entry.summary, "title")
    title, colon, rest = _PARTED.match(summary).groups()  # type: ignore[union-attr]
    if colon and len(title) <= 60:
        return title, rest[:1].upper() + rest[1:]
    return _called(entry), summary


def _called(entry: SceneEntry) -> str:
    """The class in words: a file may have several, and be named after something else.

    >>> from pathlib import Path
    >>> _called(SceneEntry("two", "SecondOfTwoGRUs", "", (), Path("two.py"), "here"))
    'Second of two GRUs'
    """
    name = (entry.name or entry.class_name).replace("-", " ")
    if entry.class_name and name.replace(" ", "").lower() != entry.class_name.lower():
        words = _WORDS.sub(" ", entry.class_name.replace("_", " ")).split()
        name = " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in words)
    return name[:1].upper() + name[1:]


def file_stem(number: int, step: str) -> str:
    """The name of a step's picture.

    >>> file_stem(3, "attention/score#2")
    '03-attention-score-2'
    """
    word = re.sub(r"[^A-Za-z0-9_]+", "-", step).strip("-").lower()
    return fitting_name(f"{number:02}-{word}" if word else f"{number:02}")
