"""The key-value cache at work: a key and a value for each token, one query, weights, a sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["KeyValueTable"]

_ROW = (0.4, 1.1)  # units: lowest and highest row
_HEADS = ("key", "value", "weight")


class KeyValueTable(VGroup):
    """Keys and values (S, dk) of S tokens, and for each token its query, weights and sum.

    queries: (S, dk). weights: (S, S), row t has t + 1 weights that sum to 1. outputs: (S, dk), the
    weighted sums of values.

    Parts: `.tokens`, `.keys`, `.values`, one a row; for step t: `.query(t)`, `.bars(t)`, `.sum(t)`;
    `.heads` above the columns, `.query_name`, `.sum_name`.

    Raises UsageError where the tokens do not fit.
    """

    def __init__(
        self,
        tokens: Sequence[str],
        queries: Any,
        keys: Any,
        values: Any,
        weights: Any,
        outputs: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._queries, self._weights = np.asarray(queries, float), np.asarray(weights, float)
        self._outputs = np.asarray(outputs, float)
        keys, values = np.asarray(keys, float), np.asarray(values, float)
        n = len(tokens)
        row = min(_ROW[1], area.height / (n + 3.2))
        if row < _ROW[0]:
            raise NoRoomError(
                f"{n} tokens of a cache in {area.height:.3g} units of height",
                f"at most {int(area.height / _ROW[0] - 3.2)} fit",
                lacks="height",
            )
        labels = [Label(AsIs(token), theme=theme, role="decoder", size="small") for token in tokens]
        words = max(max(label.width for label in labels), 0.8)
        left = Area(area.left + words + 0.2, area.bottom, area.width - words - 0.2, area.height)
        columns = left.columns(1, 1, 0.8, gap=0.35)
        self._strip = min(columns[0].width, 0.3 * keys.shape[1])
        self._row, self._columns = row, columns
        self._top = area.top - 2.3 * row  # of the first token's row
        limit = float(max(np.abs(keys).max(), np.abs(self._queries).max()))
        self._limits = {"query": limit, "key": limit, "value": float(np.abs(values).max())}
        self.tokens, self.keys, self.values = VGroup(), VGroup(), VGroup()
        for i, label in enumerate(labels):
            y = self._y(i)
            label.center_on([area.left + words - label.width / 2, y, 0])
            self.tokens.add(label)
            self.keys.add(self._strip_at(keys[i], "key", columns[0], y))
            self.values.add(self._strip_at(values[i], "value", columns[1], y))
        self.heads = VGroup()
        for name, column in zip(_HEADS, columns, strict=True):
            head = Label(
                f"{name}s kept" if name != "weight" else "weights", theme=theme, size="small"
            )
            head.set_color(theme.muted)
            self.heads.add(head.center_on([column.center[0], self._top + 0.75 * row, 0]))
        self.query_name = self._name("query", area, words, self._top + 1.55 * row)
        self.sum_name = self._name("sum", area, words, self._y(n) - 0.25 * row)
        self.add(self.tokens, self.keys, self.values, self.heads, self.query_name, self.sum_name)

    def query(self, t: int) -> TensorBox:
        """The query of step t, in its place above the keys."""
        return self._strip_at(
            self._queries[t], "query", self._columns[0], self._top + 1.55 * self._row
        )

    def bars(self, t: int) -> SoftmaxBars:
        """The weights of step t beside the rows of the tokens up to t."""
        column, count = self._columns[2], t + 1
        bars = SoftmaxBars(
            self._weights[t, :count],
            theme=self.theme,
            height=count * self._row,
            width=max(0.5, column.width - 0.9),
        )
        line = bars.baseline.get_center()
        middle = (self._y(0) + self._y(t)) / 2
        return bars.shift(np.array([column.left + 0.1, middle, 0]) - line)

    def sum(self, t: int) -> TensorBox:
        """The weighted sum of the values at step t, below them."""
        y = self._y(len(self.tokens)) - 0.25 * self._row
        return self._strip_at(self._outputs[t], "value", self._columns[1], y)

    def _y(self, row: int) -> float:
        return self._top - row * self._row

    def _name(self, text: str, area: Area, words: float, y: float) -> Label:
        name = Label(text, theme=self.theme, size="small", role="muted")
        return name.center_on([area.left + words - name.width / 2, y, 0])

    def _strip_at(self, values: np.ndarray, role: str, column: Area, y: float) -> TensorBox:
        box = TensorBox.strip(
            values,
            width=self._strip,
            height=0.62 * self._row,
            role=role,
            theme=self.theme,
            limit=self._limits.get(role, self._limits["value"]),
        )
        return box.move_to([column.center[0], y, 0])
