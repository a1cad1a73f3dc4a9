"""What has been said so far, quietly at the edge of a page."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme

__all__ = ["Transcript"]


class Transcript(VGroup):
    """A muted name and, to its right, words that come one by one.

    Parts: `.name`, `.words` (TokenRow); the words are in place, for verbs to bring in.
    Raises UsageError for a word that is wider than the area.

    >>> said = Transcript(["the", "European"], area=Area(0, 0, 5, 0.5))
    >>> said.name.text, len(said.words.tokens)
    ('translation:', 2)
    """

    def __init__(
        self,
        words: Sequence[str],
        *,
        area: Area,
        name: str = "translation:",
        role: str = "output",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.name = Label(name, theme=theme, size="small", role="muted")
        room = area.width - self.name.width - theme.gap
        self.words = TokenRow(words, role=role, theme=theme, width=room)
        area.place(VGroup(self.name, self.words).arrange(RIGHT, buff=theme.gap), LEFT)
        first = self.words.tokens[0]
        self.name.align_baseline(first.baseline)
        self.add(self.name)
