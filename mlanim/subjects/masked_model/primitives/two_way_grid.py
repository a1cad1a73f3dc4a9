"""A sentence read forward and backward, layer upon layer, and the mix of one word's layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["TwoWayGrid"]

_NAMES = ("embedding", "layer 1", "layer 2")


class TwoWayGrid(VGroup):
    """layers (3, T, 2 h) of T words: a row a layer, the embeddings at the bottom.

    weights: (3,) of the layers, summing to 1. mixed: (2 h,) of the word at `position`.

    Parts: `.tokens`, `.forward[layer][t]` and `.backward[layer][t]` (TensorBox halves of layers 1
    and 2), `.embeddings` (one a word), `.names` of the rows, `.column` (the boxes of the mixed
    word), `.bars` (SoftmaxBars of the weights), `.mixed`, `.mixed_name`, `.title`.
    """

    def __init__(
        self,
        tokens: Sequence[str],
        layers: Any,
        weights: Any,
        mixed: Any,
        position: int,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = np.asarray(layers, float)
        half = array.shape[2] // 2
        grid, low = area.rows(1.6, 1, gap=0.4)
        self.names = VGroup(
            *(Label(name, theme=theme, size="small", role="muted") for name in _NAMES)
        )
        aside = max(name.width for name in self.names) + 0.25
        inner = Area(grid.left + aside, grid.bottom, grid.width - aside, grid.height)
        places = inner.columns(*[1.0] * len(tokens), gap=0.22)
        row = grid.height / 4
        self._limit = float(np.abs(array).max())
        self.tokens, self.embeddings = VGroup(), VGroup()
        self.forward = [VGroup(), VGroup()]
        self.backward = [VGroup(), VGroup()]
        gap = 0.06
        wide = min(places[0].width - 0.1, 2.6)
        ys = [grid.bottom + (i + 0.5) * row for i in range(4)]
        style: dict[str, Any] = {"theme": theme, "height": min(0.42, 0.5 * row)}
        style["limit"] = self._limit
        for t, (token, place) in enumerate(zip(tokens, places, strict=True)):
            x = place.center[0]
            label = Label(AsIs(token), theme=theme, role="encoder", size="small")
            self.tokens.add(label.center_on([x, ys[0], 0]))
            box = TensorBox.strip(
                array[0, t], width=wide, role="encoder", means="embedding", **style
            )
            self.embeddings.add(box.move_to([x, ys[1], 0]))
            for layer in (1, 2):
                side = (wide - gap) / 2
                for way, part, dx in (
                    (self.forward, array[layer, t, :half], -1),
                    (self.backward, array[layer, t, half:], 1),
                ):
                    role = "hidden" if dx < 0 else "query"
                    box = TensorBox.strip(
                        part, width=side, role=role, means="hidden state", **style
                    )
                    way[layer - 1].add(box.move_to([x + dx * (side + gap) / 2, ys[layer + 1], 0]))
        for name, y in zip(self.names, ys[1:], strict=True):
            name.center_on([grid.left + aside - 0.25 - name.width / 2, y, 0])
        self.column = VGroup(
            VGroup(self.embeddings[position]),
            *(VGroup(self.forward[i][position], self.backward[i][position]) for i in (0, 1)),
        )
        left, right = low.columns(1, 1.1, gap=0.5)
        self.bars = SoftmaxBars(
            np.asarray(weights, float),
            role="score",
            theme=theme,
            labels=_NAMES,
            height=min(1.5, 0.7 * left.height),
            width=min(2.2, left.width - aside - 0.9),
        )
        left.place(self.bars)
        self.mixed = TensorBox.strip(
            mixed,
            width=min(3.4, right.width - 0.4),
            height=0.45,
            role="context",
            means="mixed vector",
            theme=theme,
        )
        right.place(self.mixed)
        self.mixed_name = Label(
            f"“{tokens[position]}”, mixed", theme=theme, size="small", role="muted"
        )
        self.mixed_name.center_on([self.mixed.get_x(), self.mixed.get_bottom()[1] - 0.28, 0])
        self.title = Label("layer weights", theme=theme, size="small", role="muted")
        self.title.center_on([self.bars.get_x(), self.bars.get_top()[1] + 0.25, 0])
        self.add(self.tokens, self.embeddings, *self.forward, *self.backward, self.names)
        self.add(self.bars, self.mixed, self.mixed_name, self.title)
