"""What a token costs in the caches of models, within what it would cost if no head shared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Rectangle, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.subjects.modern_attention.models.head_sharing import CachedShape, written_bytes
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["CacheBars"]


class CacheBars(VGroup):
    """A row a model: bytes a token as a bar, in an outline of those with a key head for each head.

    Parts: `.names`, `.told`, `.outlines`, `.bars`. `.values`: (n, 2), with and without sharing.

    >>> from mlanim.subjects.modern_attention.models.head_sharing import PUBLISHED
    >>> bars = CacheBars(PUBLISHED, area=Area(-6, -3, 12, 6))
    >>> float(round(bars.outlines[2].width / bars.bars[2].width, 6)), bars.told[2].text
    (8.0, '320 KiB a token, not 2.5 MiB')
    """

    def __init__(self, shapes: Sequence[CachedShape], *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.theme = theme
        self.values = np.array(
            [[s.bytes_per_token, s.unshared.bytes_per_token] for s in shapes], float
        )
        unit = (area.width - 0.1) / self.values.max()
        pitch = area.height / len(shapes)
        size = float(np.clip(0.19 * pitch, theme.sizes.small, theme.sizes.title))
        size = min(size, theme.sizes.body if area.width < 10 else size)
        high = min(0.42 * pitch, 0.8)
        self.names, self.told, self.outlines, self.bars = (VGroup() for _ in range(4))
        for i, (shape, (bytes_now, alone)) in enumerate(zip(shapes, self.values, strict=True)):
            top = area.top - i * pitch
            line, y = top - 0.06 * pitch - size / 2, top - 0.12 * pitch - 1.5 * size - high / 2
            name = Label(AsIs(shape.name), theme=theme, size=size, weight="bold")
            self.names.add(name.center_on([area.left + name.width / 2, line, 0]))
            words = f"{written_bytes(int(bytes_now))} a token"
            if alone > bytes_now:
                words += f", not {written_bytes(int(alone))}"
            told = Label(words, theme=theme, size=size, role="score")
            self.told.add(told.center_on([area.right - told.width / 2, line, 0]))
            for group, length in ((self.outlines, alone), (self.bars, bytes_now)):
                bar = Rectangle(width=length * unit, height=high)
                bar.set_stroke(theme.role("score").ink, theme.stroke.thin)
                bar.set_fill(theme.role("score").ink, 1 if group is self.bars else 0)
                group.add(bar.move_to([area.left + length * unit / 2, y, 0]))
        self.add(self.outlines, self.bars, self.names, self.told)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{n.text} {t.text}" for n, t in zip(self.names, self.told, strict=True)]
        return Seen(f"list of {len(self.names)} models with a bar each", "; ".join(told))
