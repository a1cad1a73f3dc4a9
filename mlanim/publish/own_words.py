"""Own words: what pages, decks and embedded films say themselves, in the words of their language.

In a page's markup it stands in [[double brackets]], and its scripts have it in `said("...")`; they
get those of their texts that the language has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlanim.publish.escaping import markup_text
from mlanim.words.files import Found
from mlanim.words.places import put_in
from mlanim.words.table import Words

__all__ = ["OwnWords", "in_markup", "said"]

_MARKED = re.compile(r"\[\[(.+?)\]\]")
_CALLED = re.compile(r'\bsaid\(\s*"([^"]+)"')


def said(words: Words, template: str, *given: str) -> str:
    """A text in its language, with what stands at its places.

    >>> said(Words({"{1} of {2}": "{1} von {2}"}), "{1} of {2}", "3", "4")
    '3 von 4'
    """
    return put_in(words.entries.get(template, template), given)


def in_markup(markup: str, words: Words) -> str:
    """A page, a `string.Template`, with its texts in their places."""
    return _MARKED.sub(lambda found: markup_text(said(words, found[1])).replace("$", "$$"), markup)


@dataclass(frozen=True)
class OwnWords:
    """The texts of one kind of page.

    Args:
        table: of a file of words, where they stand.
        what: they are called, as `mlanim words` writes it.
        folder: of the markup and the scripts.
        markup: a file in it.
        ours: what Python writes into the page.
    """

    table: str
    what: str
    folder: Path
    markup: str
    ours: tuple[str, ...]

    def found(self) -> Iterator[Found]:
        """All of them, as `mlanim words` writes them."""
        marked = _MARKED.findall((self.folder / self.markup).read_text(encoding="utf-8"))
        for text in dict.fromkeys((*marked, *self.ours, *self._of_scripts())):
            yield Found(text, self.table, self.what)

    def in_scripts(self, words: Words) -> dict[str, str]:
        """The texts of the scripts that the language has, by their English."""
        return {text: words.entries[text] for text in self._of_scripts() if text in words.entries}

    def _of_scripts(self) -> Iterator[str]:
        for path in sorted(self.folder.glob("*.js")):
            yield from _CALLED.findall(path.read_text(encoding="utf-8"))
