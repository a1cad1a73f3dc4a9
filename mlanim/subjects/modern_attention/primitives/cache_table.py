"""Published sizes of models, and the bytes of their caches that follow from these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.subjects.modern_attention.models.head_sharing import CachedShape, written_bytes
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["CacheTable"]

_HEADS = ("layers", "heads", "kv heads", "size", "a token", "context", "in all")
_LARGEST = 1.75  # of the small text


class CacheTable(VGroup):
    """A row a model: layers, heads, key heads, head size, bytes a token, tokens, bytes in all.

    Where the area is narrow a model's name stands above its numbers.

    Parts: `.names`, `.cells` (a row of labels a model), `.heads`, `.rule`. `.values`: (n, 7).

    >>> from mlanim.subjects.modern_attention.models.head_sharing import PUBLISHED
    >>> table = CacheTable(PUBLISHED, area=Area(-6, -3, 12, 6))
    >>> table.cells[2][4].text, int(table.values[2, 4])
    ('320 KiB', 327680)
    """

    def __init__(self, shapes: Sequence[CachedShape], *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme = theme
        sizes = [
            (s.layers, s.heads, s.key_heads, s.head_size, s.bytes_per_token, s.context)
            for s in shapes
        ]
        self.values = np.array([(*row, row[4] * row[5]) for row in sizes])
        write = [str] * 4 + [written_bytes, "{:,}".format, written_bytes]
        texts = [
            [AsIs(say(value)) for say, value in zip(write, row, strict=True)]
            for row in self.values.tolist()
        ]
        stacked = area.width < 10
        small = theme.sizes.small
        style: dict[str, Any] = {"theme": theme, "size": small}
        widths = [
            max(Label(text, **style).width for text in (head, *column))
            for head, column in zip(_HEADS, zip(*texts, strict=True), strict=True)
        ]
        named = 0.0 if stacked else max(Label(AsIs(s.name), **style).width for s in shapes) * 1.1
        pitch = area.height / (len(shapes) + 1)
        grown = min(
            _LARGEST,
            area.width / (sum(widths) + named + 0.22 * (len(widths) - 1 + (named > 0))),
            pitch / ((4.6 if stacked else 2.4) * small),
        )
        grown = max(1.0, grown)
        style["size"] = small * grown
        free = area.width - grown * (sum(widths) + named)
        gap = free / (len(widths) - (named == 0))
        ends, x = [], area.left + grown * named - (gap if stacked else 0)
        for width in widths:
            x += gap + grown * width
            ends.append(x)
        self.heads, self.names, self.cells = VGroup(), VGroup(), VGroup()
        y = area.top - 0.5 * pitch
        for text, end in zip(_HEADS, ends, strict=True):
            self.heads.add(_ending(Label(text, role="muted", **style), end, y))
        self.rule = Line([area.left, y - 0.4 * pitch, 0], [area.right, y - 0.4 * pitch, 0])
        self.rule.set_stroke(theme.muted, theme.stroke.thin)
        for i, (shape, row) in enumerate(zip(shapes, texts, strict=True)):
            y = area.top - (i + 1.5) * pitch
            lift = 1.15 * small * grown if stacked else 0.0
            name = Label(AsIs(shape.name), weight="bold", **style)
            self.names.add(name.center_on([area.left + name.width / 2, y + lift, 0]))
            cells = VGroup()
            for j, (text, end) in enumerate(zip(row, ends, strict=True)):
                role = {2: "key", 4: "score", 6: "score"}.get(j)
                cells.add(_ending(Label(text, role=role, **style), end, y - lift))
            self.cells.add(cells)
        self.add(self.heads, self.rule, self.names, self.cells)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [
            f"{name.text} {row[4].text} a token"
            for name, row in zip(self.names, self.cells, strict=True)
        ]
        return Seen(f"table of {len(self.names)} models", ", ".join(told))

    def row(self, index: int) -> VGroup:
        """The name and the numbers of one model."""
        return VGroup(self.names[index], self.cells[index])


def _ending(label: Label, right: float, y: float) -> Label:
    return label.center_on([right - label.width / 2, y, 0])
