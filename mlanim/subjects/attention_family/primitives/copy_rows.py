"""A row of letters, and below it what networks wrote when they were to copy it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["CopyRows"]


class CopyRows(VGroup):
    """letters: what was read. copies: by name, as many letters each; wrong ones have
    a bar below.

    Parts: `.names` and `.rows` (the letters, and their bars where wrong), the first of them what
    was read; `.shares`, a text a copy: how many are right.

    >>> rows = CopyRows("abc", {"none": "abb"}, area=Area(0, 0, 9, 4))
    >>> rows.shares[0].text, rows.wrong
    ('2 of 3', [[2]])
    """

    def __init__(
        self,
        letters: Sequence[str],
        copies: Mapping[str, Sequence[str]],
        *,
        area: Area,
        roles: Sequence[str] = (),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        rows = {"to copy": letters, **copies}
        self.drawn_data = {name: np.array(list(row)) for name, row in rows.items()}
        roles = ["encoder", *(roles or ["output"] * len(copies))]
        self.wrong = [
            [i for i, letter in enumerate(copy) if letter != letters[i]] for copy in copies.values()
        ]
        told = [f"{len(letters) - len(wrong)} of {len(letters)}" for wrong in self.wrong]
        small: dict[str, Any] = {"theme": theme, "size": "small", "weight": "bold"}
        names = [Label(n, role=r, **small) for n, r in zip(rows, roles, strict=True)]
        shares = [Label(t, role=r, **small) for t, r in zip(told, roles[1:], strict=True)]
        beside = max(label.width for label in names) + 0.3
        behind = max(label.width for label in shares) + 0.3
        above = area.width - beside - behind < 0.42 * len(letters)
        left = area.left if above else area.left + beside
        right = area.right if above else area.right - behind
        pitch = (right - left) / len(letters)
        self.names, self.rows, self.shares = VGroup(), VGroup(), VGroup(*shares)
        cap = theme.sizes.small
        for i, (room, name, row) in enumerate(
            zip(area.rows(*[1] * len(rows), gap=0.1), names, rows.values(), strict=True)
        ):
            size = max(cap, min(0.6 * pitch, 0.42, 0.4 * room.height))
            y = room.center[1] - (1.1 * cap if above else 0)
            line = y + size / 2 + 1.6 * cap if above else y
            self.names.add(name.center_on([area.left + name.width / 2, line, 0]))
            if i:
                shares[i - 1].center_on([area.right - shares[i - 1].width / 2, line, 0])
            group = VGroup()
            for j, letter in enumerate(row):
                good = letter == letters[j]
                label = Label(
                    letter,
                    theme=theme,
                    size=size,
                    role=roles[i] if good else "muted",
                    weight="bold" if good else "normal",
                )
                label.center_on([left + (j + 0.5) * pitch, y, 0])
                group.add(label if good else VGroup(label, _stroke(label, theme)))
            self.rows.add(group)
        self.add(self.names, self.rows, self.shares)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [
            f"{name.text} {share.text} right"
            for name, share in zip(self.names[1:], self.shares, strict=True)
        ]
        return Seen(f"row of {len(self.rows[0])} letters and {len(told)} copies", ", ".join(told))


def _stroke(label: Label, theme: Theme) -> Line:
    """A bar below a wrong letter, clear of those that go below the line."""
    x, cap = label.get_x(), label.cap_height
    y = label.baseline[1] - 0.55 * cap
    line = Line([x - 0.45 * cap, y, 0], [x + 0.45 * cap, y, 0])
    return line.set_stroke(theme.role("score").ink, theme.stroke.bold)
