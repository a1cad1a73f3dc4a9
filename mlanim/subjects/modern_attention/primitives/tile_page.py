"""Attention of one query, tile by tile: scores, a running maximum and sum, the result so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.axis_labels import axis_labels
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.subjects.modern_attention.models.tiled_attention import AttendedTile
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["TilePage"]

_GAP = 0.16  # between tiles


class TilePage(VGroup):
    """The tiles of one query over S words; `exact` (tiles, dv): the full softmax of as many words.

    Parts: `.words`, `.scores` (a TensorBox a tile), `.running` (maximum, scale, sum: numbers),
    `.running_names`, `.result` and `.whole` (strips), `.result_name`. `set_tile(i)` shows the state
    after tile i, `told(i)` makes the labels beside it; `differences[i]` is the largest between both
    strips then.

    >>> from mlanim.subjects.modern_attention.models.tiled_attention import tiled_attention
    >>> tiles = tiled_attention(np.ones(2), np.eye(2), np.eye(2), 1)
    >>> page = TilePage(["a", "b"], tiles, [[1, 0], [0.5, 0.5]], area=Area(-6, -3, 12, 6))
    >>> page.set_tile(1).running[2].text, page.told(1)[1].text
    ('2.00', 'largest difference: 0')
    """

    def __init__(
        self,
        words: Sequence[str],
        tiles: Sequence[AttendedTile],
        exact: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.tiles, self.exact = theme, tuple(tiles), np.asarray(exact, float)
        outputs = np.stack([tile.output for tile in tiles])
        self.differences = np.abs(outputs - self.exact).max(axis=1)
        upper, middle, lower = area.inset(0.05, 0).rows(2.1, 1.3, 2.9, gap=0.2)
        self._lay_scores(words, upper)
        self._lay_running(middle)
        self._lay_strips(outputs, lower)
        self.add(self.words, self.leaders, self.scores, self.running_names, self.running)
        self.add(self.result_name, self.result, self.whole)
        self.set_tile(0)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = ", ".join(
            f"{name.text} {number.text}"
            for name, number in zip(self.running_names, self.running, strict=True)
        )
        return Seen(f"row of {len(self.tiles)} tiles", told)

    def state(self, tile: int) -> NDArray:
        """Maximum, scale and sum after a tile, (3,)."""
        made = self.tiles[tile]
        return np.array([made.maximum, made.scale, made.total])

    def set_tile(self, tile: int) -> TilePage:
        """Show numbers and strips as they are after that tile."""
        for number, value in zip(self.running, self.state(tile), strict=True):
            number.set_value(float(value))
        self.result.set_values(self.tiles[tile].output)
        self.whole.set_values(self.exact[tile])
        return self

    def told(self, tile: int) -> VGroup:
        """Over how many words the full softmax runs after a tile, and how far both are apart."""
        apart = f"{self.differences[tile]:.0e}".replace("0e+00", "0").replace("e-", "e−")
        difference = self.theme.words.said("largest difference")
        texts = f"full softmax of these {self.tiles[tile].stop}", AsIs(f"{difference}: {apart}")
        return VGroup(
            *(
                _starting(Label(text, theme=self.theme, role=role), *at)
                for text, role, at in zip(texts, ("muted", "score"), self._told_at, strict=True)
            )
        )

    def _lay_scores(self, words: Sequence[str], area: Area) -> None:
        count = len(words)
        free = area.width - _GAP * (len(self.tiles) - 1)
        cell = min(1.4, free / count)
        foot = 0.5 * area.height
        high = min(0.9, area.height - foot)
        everything = np.concatenate([tile.scores for tile in self.tiles])
        limit = float(np.abs(everything).max())
        x = area.center[0] - (cell * count + _GAP * (len(self.tiles) - 1)) / 2
        y = area.top - high / 2
        self.scores, anchors = VGroup(), []
        for tile in self.tiles:
            width = cell * len(tile.scores)
            box = TensorBox(
                tile.scores,
                role="score",
                orientation="row",
                cell=cell,
                cell_height=high,
                limit=limit,
                decimals=1,
                shape_label=False,
                theme=self.theme,
            )
            box.shift(np.array([x + width / 2, y, 0]) - box.frame.get_center())
            self.scores.add(box)
            anchors += [c.get_center() - [0, high / 2 + 0.05, 0] for c in box.cells]
            x += width + _GAP
        self.words, self.leaders = axis_labels(
            words, np.array(anchors), side="bottom", theme=self.theme, name="TilePage words"
        )

    def _lay_running(self, area: Area) -> None:
        self.running_names, self.running = VGroup(), VGroup()
        size = min(self.theme.sizes.title, 0.24 * area.height)
        told = ("highest score", "scale of before", "sum of exp")
        columns = area.columns(1, 1, 1)
        names = [Label(text, theme=self.theme, role="muted") for text in told]
        if max(name.width for name in names) > columns[0].width:
            names = [Label(text, theme=self.theme, role="muted", size="small") for text in told]
        for column, name in zip(columns, names, strict=True):
            self.running_names.add(name.center_on(column.point(0, 0.55)))
            number = Number(0, theme=self.theme, size=size, weight="bold")
            self.running.add(number.center_on(column.point(0, -0.4)))

    def _lay_strips(self, outputs: NDArray, area: Area) -> None:
        line = 2.2 * self.theme.sizes.body
        high = min(0.6 if area.is_wide else 1.0, (area.height - 3 * line) / 2)
        width = min(area.width, 11.5)
        left, y = area.center[0] - width / 2, area.top
        strips = []
        limit = float(np.abs(self.exact).max())
        for _ in range(2):
            strip = TensorBox.strip(
                outputs[0], width=width, height=high, role="output", limit=limit, theme=self.theme
            )
            y -= line + high / 2
            strips.append(strip.move_to([left + width / 2, y, 0]))
            y -= high / 2
        self.result, self.whole = strips
        self.result_name = _starting(
            Label("result so far", theme=self.theme, role="output"), left, area.top - line / 2
        )
        self._told_at = (
            (left, self.result.get_bottom()[1] - line / 2),
            (left, self.whole.get_bottom()[1] - line / 2),
        )


def _starting(label: Label, left: float, y: float) -> Label:
    return label.center_on([left + label.width / 2, y, 0])
