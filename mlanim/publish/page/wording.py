"""Wording: what the page itself says, its buttons and notes, in the words of its language.

Looked up is what stands in [[double brackets]] in page.html, and what the scripts have in
`said("...")`; the scripts get those of their texts that the language has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mlanim.publish.escaping import markup_text
from mlanim.words.files import PAGE, Found
from mlanim.words.places import put_in
from mlanim.words.table import Words

__all__ = [
    "AGAIN",
    "CHOICES",
    "DRAWN",
    "IMAGES",
    "MADE",
    "found",
    "in_markup",
    "in_scripts",
    "said",
]

AGAIN, CHOICES = "Play this step", "Choices"
MADE = "Made with mlanim: {1} states a second."
DRAWN = "{1} pictures of what no outline can tell lie within."
IMAGES = "Images lie within as pictures."
_FOLDER = Path(__file__).parent / "article"
_MARKED = re.compile(r"\[\[(.+?)\]\]")
_CALLED = re.compile(r'\bsaid\(\s*"([^"]+)"')


def said(words: Words, template: str, *given: str) -> str:
    """A text of the page in its language, with what stands at its places.

    >>> said(Words({"{1} of {2}": "{1} von {2}"}), "{1} of {2}", "3", "4")
    '3 von 4'
    """
    return put_in(words.entries.get(template, template), given)


def in_markup(markup: str, words: Words) -> str:
    """The frame of a page, a `string.Template`, with its texts in their places."""
    return _MARKED.sub(lambda found: markup_text(said(words, found[1])).replace("$", "$$"), markup)


def in_scripts(words: Words) -> dict[str, str]:
    """The texts of the scripts that the language has, by their English."""
    return {text: words.entries[text] for text in _of_scripts() if text in words.entries}


def found() -> Iterator[Found]:
    """All of them, as `mlanim words` writes them."""
    marked = _MARKED.findall((_FOLDER / "page.html").read_text(encoding="utf-8"))
    for text in dict.fromkeys((*marked, AGAIN, CHOICES, MADE, DRAWN, IMAGES, *_of_scripts())):
        yield Found(text, PAGE, "page")


def _of_scripts() -> Iterator[str]:
    for path in sorted(_FOLDER.glob("*.js")):
        yield from _CALLED.findall(path.read_text(encoding="utf-8"))
