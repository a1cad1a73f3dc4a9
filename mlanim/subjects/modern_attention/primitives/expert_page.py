"""Tokens, the gates of a router, and the experts that each token is sent to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import weight_array
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["ExpertPage"]

_GAP = 0.15  # between boxes
_NAMED = 0.7  # units of an expert's box that its name takes
_LEAST_LINE, _LINE = 0.29, 0.55  # and a word


class ExpertPage(VGroup):
    """T tokens and N experts: shares (T, N) of the router, and gates (T, N), 0 where not sent.

    Parts: `.shares` (a TensorBox with the tokens beside it), `.boxes` of the experts, `.names`.
    `.arrivals[e]` are the labels of the tokens that expert e is sent, with their gates; `.sent`
    lists (token, expert) in their order.

    >>> page = ExpertPage(["a"], [[0.75, 0.25]], [[1.0, 0.0]], area=Area(-6, -3, 12, 6))
    >>> page.arrivals[0][0].text, page.sent
    ('a 1.00', [(0, 0)])
    """

    def __init__(
        self,
        tokens: Sequence[str],
        shares: Any,
        gates: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.tokens = theme, tuple(tokens)
        self._shares = weight_array(shares, "ExpertPage shares", (2,))
        self.gates = weight_array(gates, "ExpertPage gates", (2,))
        count = self.gates.shape[1]
        most = max(int((self.gates > 0).sum(axis=0).max()), 3)  # words of an expert
        beside_each_other = count
        if area.width >= 1.5 * area.height:
            side, place = area.columns(1, 1.7, gap=0.5)
        else:
            cells = 0.85 + 0.4 * len(tokens)  # units of height in which numbers fit
            line = float(np.clip((area.height - cells - _NAMED) / most, _LEAST_LINE, _LINE))
            low = _NAMED + line * most
            if count > 2 and area.height - cells > (two := 2 * (_NAMED + _LINE * most) + _GAP):
                beside_each_other, low = (count + 1) // 2, two
            side, place = area.rows(area.height - low, low, gap=0.4)
        widest = max(Label(AsIs(word), theme=theme, size="small").width for word in tokens)
        names = [f"e{i + 1}" for i in range(count)]
        cell = min(1.1, (side.width - widest - 0.3) / count)
        high = min(0.7, (side.height - 0.5) / len(tokens))
        self.shares = TensorBox(
            self._shares,
            role="score",
            scale="weight",
            limit=1.0,
            cell=cell,
            cell_height=high,
            row_labels=list(tokens),
            column_labels=names,
            shape_label=False,
            theme=theme,
        )
        side.place(self.shares)
        self._lay_experts(place, most, beside_each_other)
        self.add(self.shares, self.boxes, self.names, *self.arrivals)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{self.tokens[t]} to expert {e + 1}" for t, e in self.sent[:6]]
        return Seen(
            f"table of {len(self.tokens)} tokens and {len(self.boxes)} experts", ", ".join(told)
        )

    def _lay_experts(self, area: Area, most: int, beside_each_other: int) -> None:
        count = self.gates.shape[1]
        rows = area.rows(*[1] * -(-count // beside_each_other), gap=_GAP)
        columns = [
            place for row in rows for place in row.columns(*[1] * beside_each_other, gap=_GAP)
        ][:count]
        line = min(_LINE, (columns[0].height - _NAMED) / most)
        high = _NAMED + line * most
        self.boxes, self.names = VGroup(), VGroup()
        self.arrivals = [VGroup() for _ in range(count)]
        self.sent: list[tuple[int, int]] = []
        for e, column in enumerate(columns):
            box = RoundedRectangle(width=column.width, height=high, corner_radius=0.1)
            colours = self.theme.role("hidden")
            box.set_stroke(colours.ink, self.theme.stroke.normal).set_fill(colours.fill, 1)
            self.boxes.add(box.move_to(column.center))
            top = column.center[1] + high / 2
            name = Label(
                f"expert {e + 1}", theme=self.theme, role="hidden", weight="bold", size="small"
            )
            self.names.add(name.center_on([column.center[0], top - 0.3, 0]))
        longest = max(Label(AsIs(word), theme=self.theme).width for word in self.tokens)
        fits = (columns[0].width - 0.4) / (longest + Label(" 0.00", theme=self.theme).width)
        size = float(np.clip(fits, self.theme.sizes.small / self.theme.sizes.body, 1.0))
        size *= self.theme.sizes.body
        for t, row in enumerate(self.gates):
            for e in np.flatnonzero(row).tolist():
                column, group = columns[e], self.arrivals[e]
                number = f"{row[e]:.2f}"
                style: dict[str, Any] = {"theme": self.theme, "size": size}
                room = column.width - 0.2 - Label(f" {number}", **style).width
                word = shortened(AsIs(self.tokens[t]), room, **style)
                label = Label(AsIs(f"{word} {number}"), **style)
                top = column.center[1] + high / 2 - _NAMED + 0.1
                label.center_on([column.center[0], top - (len(group) + 0.5) * line, 0])
                group.add(label)
                self.sent.append((t, e))

    def arrival(self, token: int, expert: int) -> Label:
        """The label of a token within the box of an expert that it is sent to."""
        place = [t for t, e in self.sent if e == expert].index(token)
        return self.arrivals[expert][place]
