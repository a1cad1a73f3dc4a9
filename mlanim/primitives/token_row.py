"""Words in a row: a sentence as the model reads it, token by token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import RoundedRectangle, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["Token", "TokenRow"]

_PADDING = 0.14  # between a token's text and its box
_LINE_GAP = 0.24  # between lines of tokens


class Token(VGroup):
    """A word in a rounded box; parts `.box` and `.label`."""

    def __init__(self, label: Label, *, role: str, theme: Theme) -> None:
        colours = theme.role(role)
        cap = label.cap_height
        # As tall for "a" as for "étudiant", so that the boxes of a row are level.
        height = cap + 3 * _PADDING
        self.box = RoundedRectangle(
            width=max(label.width + 2 * _PADDING, height),
            height=height,
            corner_radius=0.12,
            fill_color=colours.fill,
            fill_opacity=1,
            stroke_color=colours.ink,
            stroke_width=2,
        )
        self.box.move_to([label.get_x(), label.baseline[1] + cap / 2, 0])
        self.label = label
        super().__init__(self.box, label)


class TokenRow(VGroup):
    """Tokens from left to right on one baseline, wrapped into centred lines within `width`.

    `tokens[i]` is a `Label`, or a `Token` with `.box` and `.label` when `boxed`.

    >>> row = TokenRow(["je", "suis", "étudiant"], role="encoder")
    >>> len(row.tokens), row.tokens[2].text
    (3, 'étudiant')
    """

    def __init__(
        self,
        tokens: Sequence[str],
        *,
        role: str | None = None,
        theme: Theme = LIGHT,
        size: str | float = "body",
        gap: float | None = None,
        width: float | None = None,
        boxed: bool = False,
    ) -> None:
        """Raises UsageError for no tokens, an empty token, or one wider than `width`."""
        if isinstance(tokens, str) or not tokens or not all(str(t).strip() for t in tokens):
            raise UsageError(
                f"TokenRow was given {tokens!r}",
                "it draws a list of one or more words, none of them empty",
                "split the sentence into words first",
            )
        super().__init__()
        self.theme, self.role, self.words = theme, role, tuple(str(token) for token in tokens)
        self.gap = (theme.gap / 2 if boxed else theme.gap) if gap is None else gap
        labels = [Label(AsIs(word), theme=theme, size=size, role=role) for word in self.words]
        for label in labels:
            label.shift(-label.baseline)
        parts: list[Any] = labels
        if boxed:
            parts = [Token(label, role=role or "hidden", theme=theme) for label in labels]
        self.tokens = VGroup(*parts)
        self.lines = self._wrap(width)
        step = max(token.height for token in self.tokens) + _LINE_GAP
        for number, line in enumerate(self.lines):
            self._lay_out(line, y=-number * step)
        self.add(self.tokens)
        self.center()

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        words = "word" if len(self.words) == 1 else "words"
        return Seen(f"row of {len(self.words)} {words}", " ".join(self.words))

    def _wrap(self, width: float | None) -> list[list[Any]]:
        lines: list[list[Any]] = [[]]
        filled = 0.0
        for word, token in zip(self.words, self.tokens, strict=True):
            if width is not None and token.width > width + 1e-6:
                raise NoRoomError(
                    f"the token {word!r} is {token.width:.2f} units wide",
                    f"a line of this TokenRow has {width:.2f}",
                    "give it more width or a smaller size",
                    lacks="width",
                )
            if width is not None and lines[-1] and filled + self.gap + token.width > width + 1e-6:
                lines.append([])
                filled = 0.0
            filled += token.width + (self.gap if lines[-1] else 0.0)
            lines[-1].append(token)
        return lines

    def _lay_out(self, line: list[Any], y: float) -> None:
        """Centred around x = 0; only x and the line's y change, so that baselines stay level."""
        left = -(sum(token.width for token in line) + self.gap * (len(line) - 1)) / 2
        for token in line:
            token.shift([left - token.get_left()[0], y, 0])
            left += token.width + self.gap
