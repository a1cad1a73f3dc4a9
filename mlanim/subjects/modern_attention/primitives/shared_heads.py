"""Query heads above, key and value heads below, and a wire from each to the one it looks at."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.subjects.modern_attention.models.head_sharing import shared_heads
from mlanim.theme import LIGHT, Theme

__all__ = ["SharedHeads"]


class SharedHeads(VGroup):
    """`heads` query heads that share `key_heads` heads of keys and values, in equal groups.

    Parts: `.queries`, `.keys` (a box for keys over one for values each), `.wires` (one a query
    head), `.names` of the rows. `.values`: the key head of each query head, (heads,), from 0.

    >>> heads = SharedHeads(8, 2, area=Area(-6, -3, 12, 6))
    >>> len(heads.keys), heads.values.tolist()
    (2, [0, 0, 0, 0, 1, 1, 1, 1])
    """

    def __init__(self, heads: int, key_heads: int, *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme = theme
        self.values = shared_heads(heads, key_heads)
        high = min(area.height, 0.9 * area.width)  # longer wires would tell nothing more
        area = Area(area.left, area.center[1] - high / 2, area.width, high)
        columns = area.columns(*[1] * heads, gap=min(0.25, area.width / heads / 8))
        width = columns[0].width
        high = min(0.8, area.height / 7)
        line = 2.4 * theme.sizes.body
        top, bottom = area.top - line - high / 2, area.bottom + line + high
        size = min(theme.sizes.title, 0.3 * width, 0.36 * high)
        self.queries = VGroup()
        for i, column in enumerate(columns):
            box = Block(f"Q{i + 1}", role="query", theme=theme, width=width, height=high, size=size)
            self.queries.add(box.move_to([column.center[0], top, 0]))
        self.keys = VGroup()
        for g in range(key_heads):
            x = sum(columns[i].center[0] for i in self._members(g)) / len(self._members(g))
            pair = VGroup(
                *(
                    Block(
                        f"{name}{g + 1}",
                        role=role,
                        theme=theme,
                        width=width,
                        height=high,
                        size=size,
                    )
                    for name, role in (("K", "key"), ("V", "value"))
                )
            )
            pair[0].move_to([x, bottom + high / 2, 0])
            pair[1].move_to([x, bottom - high / 2, 0])
            self.keys.add(pair)
        gap = np.array([0, 0.05, 0])
        self.wires = VGroup(
            *(
                Wire(
                    box.bottom_port - gap,
                    self.keys[group][0].top_port + gap,
                    role="query",
                    theme=theme,
                )
                for box, group in zip(self.queries, self.values, strict=True)
            )
        )
        self.names = VGroup(
            Label("query heads, computed anew for each token", theme=theme, role="query"),
            Label("heads of keys and values, kept", theme=theme, role="key"),
        )
        for name, y in zip(self.names, (area.top - line / 2, area.bottom + line / 2), strict=True):
            name.center_on([area.left + name.width / 2, y, 0])
        self.add(self.wires, self.queries, self.keys, self.names)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = f"sharing {len(self.keys)} heads of keys and values"
        return Seen(f"row of {len(self.queries)} query heads", told)

    def _members(self, group: int) -> list[int]:
        return [i for i, of in enumerate(self.values) if of == group]
