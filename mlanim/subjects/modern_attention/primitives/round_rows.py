"""Rounds of speculative decoding: a row each pass of the large model, with the words it adds."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.label import Label
from mlanim.primitives.seen import Seen
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["RoundRows"]


class RoundRows(VGroup):
    """rounds: the words of each, the last of which is the large model's own, the others drafts.

    Drafts stand in boxes, the large model's word is bold, without one.

    Parts: `.names`, `.rows` (each of drafts, then the own word), `.legend`.

    >>> rows = RoundRows([("a", "key"), (".",)], area=Area(-6, -3, 12, 6))
    >>> len(rows.rows[0][0].tokens), rows.rows[0][1].text
    (1, 'key')
    """

    def __init__(
        self, rounds: Sequence[Sequence[str]], *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.theme = theme
        body = Area(area.left, area.bottom + 0.9, area.width, area.height - 0.9)
        self.names, self.rows = VGroup(), VGroup()
        size = theme.sizes.body * (1.3 if area.width > 10 else 1.0)
        parts = body.rows(*[1] * len(rounds), gap=0.12)
        for i, (words, part) in enumerate(zip(rounds, parts, strict=True)):
            name = Label(f"pass {i + 1}", theme=theme, role="muted", size=size)
            name.center_on([part.left + name.width / 2, part.center[1], 0])
            self.names.add(name)
            row, x = VGroup(), part.left + name.width + 0.4
            *drafts, own = words
            label = Label(AsIs(own), theme=theme, role="output", weight="bold", size=size)
            if drafts:
                room = part.right - x - label.width - 0.3
                tokens = TokenRow(
                    drafts,
                    role="hidden",
                    boxed=True,
                    theme=theme,
                    size=size,
                    gap=0.15,
                    width=room,
                )
                tokens.move_to([x + tokens.width / 2, part.center[1], 0])
                row.add(tokens)
                x = tokens.get_right()[0] + 0.25
            row.add(label.center_on([x + label.width / 2, part.center[1], 0]))
            self.rows.add(row)
        y = area.bottom + 0.4
        sample = TokenRow([theme.words.said("draft")], role="hidden", boxed=True, theme=theme)
        sample.move_to([area.left + sample.width / 2, y, 0])
        kept = Label("kept", theme=theme, role="muted")
        kept.center_on([sample.get_right()[0] + 0.15 + kept.width / 2, y, 0])
        own = Label("the large model's own", theme=theme, role="output", weight="bold")
        own.center_on([kept.get_right()[0] + 0.5 + own.width / 2, y, 0])
        self.legend = VGroup(sample, kept, own)
        self.add(self.names, self.rows, self.legend)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"list of {len(self.rows)} passes")
