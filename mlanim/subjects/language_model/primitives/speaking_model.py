"""A language model at work: it reads a row of words, says the next, and that joins the row."""

from __future__ import annotations

from collections.abc import Sequence

from manim import UP, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SpeakingModel"]


class SpeakingModel(VGroup):
    """A prompt and the words said after it, below a model; each word comes out on top first.

    Parts: `.words` (TokenRow: prompt, then what is said), `.prompt`, `.said` (its tokens), `.model`
    (Block), `.spoken` (the words on top, one a step, all at one place), `.into`, `.out` (Wire).

    >>> page = SpeakingModel(["once", "there"], ["was"], area=Area(0, 0, 12, 6))
    >>> len(page.prompt), len(page.said), page.spoken[0].text
    (2, 1, 'was')
    """

    def __init__(
        self,
        prompt: Sequence[str],
        said: Sequence[str],
        *,
        area: Area,
        name: str = "language model",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        top, middle, low = area.rows(1, 1.5, 2.2, gap=0.6)
        self.model = Block(
            name,
            role="decoder",
            theme=theme,
            width=min(5.0, 0.7 * area.width),
            height=middle.height,
        )
        middle.place(self.model)
        for size in (0.26, "body", "small"):
            self.words = TokenRow(
                [*prompt, *said],
                role="decoder",
                theme=theme,
                width=area.width,
                boxed=True,
                size=size,
            )
            if self.words.height <= low.height:
                break
        low.place(self.words, UP)
        self.prompt = self.words.tokens[: len(prompt)]
        self.said = self.words.tokens[len(prompt) :]
        self.spoken = VGroup()
        for word in said:
            label = Label(AsIs(word), theme=theme, role="output", weight="bold", size="title")
            self.spoken.add(label.center_on(top.center))
        x = middle.center[0]
        self.into = Wire(
            (x, low.top + 0.05), (x, middle.bottom - 0.05), role="decoder", theme=theme
        )
        self.out = Wire((x, middle.top + 0.05), (x, top.bottom - 0.05), role="output", theme=theme)
        self.add(self.words, self.model, self.into, self.out, self.spoken)
