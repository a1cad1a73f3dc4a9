"""The table that every text passes on its way to the screen: its words in another language.

>>> german = Words({"{1} words are read": "{1} Wörter werden gelesen"})
>>> german.said("6 words are read"), german.said("softmax"), german.said(AsIs("6 words are read"))
('6 Wörter werden gelesen', 'softmax', '6 words are read')
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from mlanim.errors import did_you_mean
from mlanim.words.places import has_words, put_in, taken_out

__all__ = ["ENGLISH", "AsIs", "Words"]


_TOLD = 3  # texts of many that are named
_EACH = 8  # texts that are none of a film have a line each; with more the file is another film's


class AsIs(str):
    """A text that no table changes: a film's own data, or what has been looked up already."""

    __slots__ = ()


class Words:
    """Texts in another language by their English templates, as `taken_out` makes them.

    Args:
        entries: the translations; a text without one stays English.
        source: what to call the table when something is told of it, such as "de.toml".
        own: those that the reader has written; of what is shipped, some is for other parameters.

    Attributes:
        asked: the templates that were looked up, in their order.
    """

    def __init__(
        self, entries: Mapping[str, str], source: str = "", own: Collection[str] = ()
    ) -> None:
        self.entries = MappingProxyType(dict(entries))
        self.own = frozenset(own)
        self.source = source
        self.asked: dict[str, None] = {}

    def begins(self, step: str) -> None:
        """A step begins: what is looked up from now on occurs there."""

    def said(self, text: str, kind: str = "label", room: str = "") -> str:
        """A text in this language.

        Args:
            kind: "heading", "label", "say", "alternative", "title" or "step".
            room: what it has room for, as far as that is known.
        """
        if not (self.entries or self.source) or isinstance(text, AsIs) or not has_words(text):
            return text
        template, found = taken_out(text)
        # As it stands comes first: "1 step" and "2 steps" may be of two kinds.
        if text in self.entries:
            self.asked[text] = None
            return AsIs(self.entries[text])
        self.asked[template] = None
        if template in self.entries:
            return AsIs(put_in(self.entries[template], found))
        return text

    def remarks(self, *, whole: bool) -> Iterator[str]:
        """A line on what was looked up and is not there; `whole`: and one on each of the reader's
        entries that was not looked up in all of a film.
        """
        if missing := [text for text in self.asked if text not in self.entries]:
            more = f" and {len(missing) - _TOLD} more" if len(missing) > _TOLD else ""
            yield (
                f"{self.source} has no words for {len(missing)} of {len(self.asked)} texts, which "
                f"stay English: {', '.join(map(repr, missing[:_TOLD]))}{more}"
            )
        unknown = sorted(self.own - self.asked.keys()) if whole else []
        if len(unknown) > _EACH:
            yield (
                f"{self.source}: {len(unknown)} of its {len(self.own)} texts are none of this "
                f"film, such as {', '.join(map(repr, unknown[:_TOLD]))}: is it another film's? "
                "`mlanim words` writes those that are"
            )
            return
        for text in unknown:
            hint = did_you_mean(text, missing)
            hint = hint if hint.startswith("did") else "`mlanim words` writes those that are"
            yield f"{self.source}: {text!r} is no text of this film: {hint}"

    def __deepcopy__(self, memo: object) -> Words:
        """Copies of what is drawn share the table."""
        return self


ENGLISH = Words({})
