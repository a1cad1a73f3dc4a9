"""Buttons: what decks and embedded films say themselves, in the words of their language.

In deck.html it stands in [[double brackets]], and the player has it in `said("...")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mlanim.publish.escaping import markup_text
from mlanim.words.files import BUTTONS, Found
from mlanim.words.places import put_in
from mlanim.words.table import Words

__all__ = [
    "ANIMATION",
    "FILM",
    "IN_WORDS",
    "LANGUAGE",
    "OF",
    "SLIDE",
    "TO_EMBED",
    "buttons",
    "in_markup",
    "in_player",
    "said",
]

OF, SLIDE = "{1} of {2}", "slide"
ANIMATION, FILM = "Animation", "the film"
IN_WORDS = "The animation in words"
TO_EMBED = "To embed it"
LANGUAGE = "English"  # what a language calls itself

_DECK = Path(__file__).parent / "slides_page"
_MARKED = re.compile(r"\[\[(.+?)\]\]")
_CALLED = re.compile(r'\bsaid\("([^"]+)"')


def said(words: Words, template: str, *given: str) -> str:
    """A text in its language, with what stands at its places.

    >>> said(Words({"{1} of {2}": "{1} von {2}"}), OF, "3", "4")
    '3 von 4'
    """
    return put_in(words.entries.get(template, template), given)


def in_markup(markup: str, words: Words) -> str:
    """A page, a `string.Template`, with its texts in their places."""
    return _MARKED.sub(lambda found: markup_text(said(words, found[1])).replace("$", "$$"), markup)


def in_player(words: Words) -> dict[str, str]:
    """The texts of the player that the language has, by their English."""
    return {text: words.entries[text] for text in _of_player() if text in words.entries}


def buttons() -> Iterator[Found]:
    """All of them, as `mlanim words` writes them."""
    marked = _MARKED.findall((_DECK / "deck.html").read_text(encoding="utf-8"))
    ours = (OF, SLIDE, ANIMATION, FILM, IN_WORDS, TO_EMBED, LANGUAGE)
    for text in dict.fromkeys((*marked, *_of_player(), *ours)):
        yield Found(text, BUTTONS, "button")


def _of_player() -> list[str]:
    return _CALLED.findall((_DECK / "deck.js").read_text(encoding="utf-8"))
