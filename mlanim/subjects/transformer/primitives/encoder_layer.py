"""Inside one encoder: self-attention mixes the positions, the feed-forward takes each alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import RoundedRectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.short_vector import short_vector
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["EncoderLayer"]

_LEAST = 1.3  # units: a column
_HEIGHT = 6.4  # units at which blocks and vectors have their full size
_ROWS = {"word": 0.0, "x": 0.09, "attention": 0.29, "z": 0.505, "forward": 0.705, "r": 0.93}


class EncoderLayer(VGroup):
    """Each word's vector rises through self-attention, all together, then alone through its net.

    x, z, r: (n, d) the vectors that enter, come out of self-attention, and leave. Where not all
    words fit, the first are drawn, and how many more there are is told.

    Parts, one a position: `.words`, `.inputs`, `.mixed`, `.outputs` (TensorBox), `.forwards`
    (Block); `.attention` (Block), `.box` around the layer, `.names` of the rows, `.note`;
    wires `.up` (from x), `.across` (to z), `.into` (the net), `.out` (to r).

    >>> layer = EncoderLayer(["je", "suis"], *np.ones((3, 2, 8)), area=Area(-6, -3, 12, 6))
    >>> len(layer.forwards), layer.mixed[1].values.shape
    (2, (8,))
    """

    def __init__(
        self,
        words: Sequence[str],
        x: Any,
        z: Any,
        r: Any,
        *,
        area: Area,
        limit: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        arrays = [np.asarray(array, dtype=float) for array in (x, z, r)]
        if any(array.shape != arrays[0].shape or len(array) != len(words) for array in arrays):
            raise UsageError(
                f"{len(words)} words and vectors of shapes {[a.shape for a in arrays]}",
                "give one vector a word, in each of the three of one width",
            )
        self.theme = theme
        whole, area = area, Area(area.left, area.bottom + 0.3, area.width, area.height - 0.3)
        unit = min(1.0, area.height / _HEIGHT)
        labels = [Label(AsIs(word), theme=theme, role="encoder") for word in words]
        names = 0.75  # units for the rows' names on the left
        least = max(_LEAST, max(label.width for label in labels) + 0.2)
        fit = int((area.width - names - 0.3) / least)
        n = min(len(words), fit if fit >= len(words) else max(1, fit - 1))
        columns = n + (n < len(words))
        pitch = min(3.2, (area.width - names - 0.3) / columns)
        left = area.center[0] + (names - pitch * columns) / 2
        self.xs = [left + (i + 0.5) * pitch for i in range(n)]
        width = min(0.82 * pitch, 2.2)
        at = {name: area.bottom + share * area.height for name, share in _ROWS.items()}
        at["word"] += 0.2
        limits = [limit or float(np.abs(array).max()) for array in arrays]

        def row(values: np.ndarray, role: str, y: float, limit: float) -> VGroup:
            style = {"width": width, "height": 0.36 * unit, "limit": limit}
            boxes = [short_vector(v, role=role, theme=theme, **style) for v in values[:n]]
            return VGroup(
                *(box.move_to([cx, y, 0]) for box, cx in zip(boxes, self.xs, strict=True))
            )

        self.words = VGroup(
            *(
                label.center_on([cx, at["word"], 0])
                for label, cx in zip(labels, self.xs, strict=False)
            )
        )
        at["x"] = max(at["x"], at["word"] + 0.62)
        self.inputs = row(arrays[0], "encoder", at["x"], limits[0])
        self.mixed = row(arrays[1], "output", at["z"], limits[1])
        self.outputs = row(arrays[2], "context", at["r"], limits[2])
        span = pitch * columns
        self.attention = Block(
            "self-attention", role="score", theme=theme, width=span - 0.3, height=0.85 * unit
        )
        self.attention.move_to([left + span / 2, at["attention"], 0])
        self.forwards = VGroup(
            *(
                self._forward(min(width + 0.1, 2.2), 0.8 * unit).move_to([cx, at["forward"], 0])
                for cx in self.xs
            )
        )
        high = self.forwards.get_top()[1] + 0.16
        low = self.attention.get_bottom()[1] - 0.16
        self.box = RoundedRectangle(width=span, height=high - low, corner_radius=0.2)
        self.box.set_stroke(theme.role("encoder").ink, theme.stroke.normal)
        self.box.set_fill(theme.role("encoder").fill, 0.45)
        self.box.move_to([left + span / 2, (high + low) / 2, 0])
        self.names = VGroup()
        for text, role, boxes in (
            ("x", "encoder", self.inputs),
            ("z", "output", self.mixed),
            ("r", "context", self.outputs),
        ):
            name = Label(text, theme=theme, role=role, weight="bold", size=0.26)
            self.names.add(name.center_on([left - 0.35, boxes[0].frame.get_y(), 0]))
        self.note = VGroup()
        drawn, d = len(self.inputs[0].shown_values), arrays[0].shape[1]
        if drawn < d:
            text = f"{d} numbers a vector, {drawn} shown"
            note = Label(text, theme=theme, size="small", role="muted")
            self.note.add(note.move_to([left + span / 2, whole.bottom + note.height / 2, 0]))
        if n < len(words):
            text = f"… {len(words) - n} more"
            note = Label(text, theme=theme, size="small", role="muted")
            self.note.add(note.center_on([left + span - pitch / 2, at["x"], 0]))
        self.up, self.across, self.into, self.out = (
            VGroup(
                *(self._wire(a, b, cx, role) for a, b, cx in zip(low, high, self.xs, strict=True))
            )
            for low, high, role in (
                (self.inputs, [self.attention] * n, "encoder"),
                ([self.attention] * n, self.mixed, "output"),
                (self.mixed, self.forwards, "output"),
                (self.forwards, self.outputs, "context"),
            )
        )
        self.add(self.box, self.up, self.across, self.into, self.out, self.attention, self.forwards)
        self.add(self.words, self.inputs, self.mixed, self.outputs, self.names, self.note)

    def _forward(self, width: float, height: float) -> Block:
        text = Label("feed-forward", theme=self.theme, size="small", weight="bold")
        short = "feed-forward" if text.width + 0.25 <= width else "net"
        return Block(
            short, role="context", theme=self.theme, width=width, height=height, size="small"
        )

    def _wire(self, low: Any, high: Any, x: float, role: str) -> Wire:
        start, end = low.get_top()[1] + 0.05, high.get_bottom()[1] - 0.05
        return Wire((x, start), (x, end), role=role, theme=self.theme)
