"""One word's self-attention, a row for each word that it looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

import numpy as np
from manim import UP, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.models.dot_product_attention import DotProductTrace
from mlanim.primitives.area import Area
from mlanim.primitives.attention_table import fold
from mlanim.primitives.facts import about
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number, format_number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SelfAttentionTable"]

_ROW = (0.36, 1.3)  # lowest and highest, in units
_HIGHEST = 0.62  # units of a strip: less than the query has
_HEAD = 0.5  # units of height: a line of heads
_GAP = 0.16  # units between columns
_BESIDE = 0.15  # units more than its name takes beside the query
_STRIP = (0.5, 4.5)  # narrowest and widest, in units
_TOP, _BOTTOM = 0.75, 0.75  # units of height: the query, and the sum
_LARGEST = 2.4  # times the usual size, where there are few rows
_AIRY = (0.72, 1.4)  # units of a row's height and a strip's width that a larger size must leave

Stage = Literal["scores", "softmax", "sum"]


class SelfAttentionTable(VGroup):
    """score = q · k, divided by sqrt(dk), softmax, times v, summed to z (Vaswani 2017, eq. 1).

    words: n. query: (dk,) of the word that looks. keys: (n, dk). values: (n, dv), or None to end
    with the weights. trace: what `scaled_dot_product([query], keys, values)` computed.
    Where there is no room for n rows, the heaviest are drawn, and one row sums up the others; a few
    rows are drawn larger. ends_with: the last column, so that a page without all of them is filled
    as well (`.as_far_as` gives it); parts that it has no room for are empty.

    Parts, index i for drawn row i: `.words`, `.keys`, `.scores` and `.scaled` (Number), `.bars`
    (SoftmaxBars), `.values`, `.weighted`, and once: `.query` with `.query_name`, `.z` with
    `.z_name`, `.heads` (of keys, scores, scaled, softmax, values, weighted).
    """

    def __init__(
        self,
        words: Sequence[str],
        query: Any,
        keys: Any,
        values: Any | None,
        trace: DotProductTrace,
        *,
        looking: str,
        area: Area,
        decimals: int = 2,
        ends_with: Stage = "sum",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self._asked: dict[str, Any] = {
            "words": words,
            "query": query,
            "keys": keys,
            "values": values,
            "trace": trace,
            "looking": looking,
            "area": area,
            "decimals": decimals,
            "theme": theme,
        }
        self._stages: dict[str, Self] = {}
        query, keys = np.asarray(query, dtype=float), np.asarray(keys, dtype=float)
        scores, scaled, weights = trace.scores[0], trace.scaled[0], trace.weights[0]
        n, width = keys.shape
        if len(words) != n or query.shape != (width,) or weights.shape != (n,):
            raise UsageError(
                f"{len(words)} words, a query {query.shape}, keys {keys.shape}, weights "
                f"{weights.shape}",
                "give one key and one weight a word, keys as wide as the query",
            )
        self.theme, self._decimals, self._width = theme, decimals, width
        has_values = values is not None and ends_with == "sum"
        above = _TOP + _HEAD
        below = _BOTTOM if values is not None else 0  # on each page, so that all have the same rows
        folded = fold(weights, int((area.height - above - below) / _ROW[0]))
        kept, rest = list(folded.kept), [i for i in range(n) if i not in folded.kept]
        rows = len(kept) + bool(rest)
        below = _BOTTOM if has_values else 0
        self._broad = area.is_broad
        airy = self._broad and (area.height - above - below) / rows > 0.5
        self._size = "body" if airy else "small"

        texts = [AsIs(words[i]) for i in kept]
        if rest:
            texts.append(AsIs(theme.words.said(f"{len(rest)} others")))
        labels = [Label(text, theme=theme, role="encoder", size=self._size) for text in texts]
        name = f"query of “{looking}”"
        self.query_name = Label(name, theme=theme, role="query", size="small")
        need = self._need(labels, [scores[kept], scaled[kept]], ends_with, has_values)
        growth = self._growth(area, rows, above + below, need)
        area, whole = area.shrunk(growth), area
        high = area.height - above - below
        pitch = min(_ROW[1], high / rows)
        top = area.top - (high - rows * pitch) / 2.5
        self._ys = [top - above - (i + 0.5) * pitch for i in range(rows)]
        self._high = min(_HIGHEST, 0.6 * pitch)
        self._columns(need, area)
        self.words = VGroup(
            *(
                label.center_on([self._x["word"][1] - label.width / 2, y, 0])
                for label, y in zip(labels, self._ys, strict=True)
            )
        )
        self.keys = self._strips(keys[kept], "key", "keys", float(np.abs(keys).max()))
        self.query = self._strip(query, "query", float(np.abs(query).max()))
        left, right = self._x["keys"]
        self.query.move_to([(left + right) / 2, top - _TOP / 2, 0])
        self.query_name.next_to(self.query, buff=0.2)
        self.scores = self._numbers(scores[kept], "scores")
        self.scaled, self.bars = VGroup(), VGroup()
        if ends_with != "scores":
            self.scaled = self._numbers(scaled[kept], "scaled")
            shares = np.append(weights[kept], weights[rest].sum()) if rest else weights[kept]
            left, right = self._x["softmax"]
            self.bars = SoftmaxBars(
                shares, theme=theme, width=right - left - 0.62, height=rows * pitch, numbers=True
            )
            start = self.bars.baseline.get_center()
            self.bars.shift(np.array([left, np.mean(self._ys), 0]) - start)
        self.values, self.weighted = VGroup(), VGroup()
        self.z, self.z_name = VGroup(), VGroup()
        if has_values:
            self._weigh(np.asarray(values, dtype=float), weights, kept, rest, trace.output[0])
        self._name_columns()
        self.add(self.words, self.keys, self.query, self.query_name, self.scores, self.scaled)
        self.add(self.bars, self.values, self.weighted, self.z, self.z_name, self.heads)
        self.scale(growth, about_point=whole.center)

    def as_far_as(self, stage: Stage) -> Self:
        """The same table without the columns that come later, as large as the room then allows.

        It is made once; what is noted about this table is noted about that one too.
        """
        if stage not in self._stages:
            table = type(self)(**self._asked, ends_with=stage)
            self._stages[stage] = about(table, **getattr(self, "about", {}))
        return self._stages[stage]

    def _need(
        self,
        labels: list[Label],
        numbers: list[np.ndarray],
        ends_with: Stage,
        values: bool,
    ) -> dict[str, float]:
        """The width of each column; strips, which have 0 here, share the rest."""
        style: dict[str, Any] = {"theme": self.theme, "size": self._size}
        widest = [
            max(
                Label(format_number(float(v), self._decimals), **style).width
                for v in (*array, array.min(), array.max())
            )
            for array in numbers
        ]
        need = {
            "word": max(label.width for label in labels),
            "keys": 0.0,
            "scores": max(widest[0], 0.62),
        }
        if ends_with == "scores":  # beside the query stands what it is
            return need | {"scores": max(need["scores"], self.query_name.width + _BESIDE)}
        need |= {"scaled": max(widest[1], 0.62), "softmax": 2.1 if self._broad else 1.05}
        return need | ({"values": 0.0, "weighted": 0.0} if values else {})

    def _columns(self, need: dict[str, float], area: Area) -> None:
        """Where each column begins and ends."""
        strip, gap = min(_STRIP[1], self._strip_width(need, area)), self._gap
        if strip < _STRIP[0]:
            raise NoRoomError(
                f"a table of attention does not fit {area.width:.1f} units of width",
                "give it more room, or shorter words",
                lacks="width",
            )
        widths = {name: width or strip for name, width in need.items()}
        start = area.center[0] - (sum(widths.values()) + gap * (len(widths) - 1)) / 2
        self._x: dict[str, tuple[float, float]] = {}
        for name, width in widths.items():
            self._x[name] = (start, start + width)
            start += width + gap

    def _strip(self, values: np.ndarray, role: str, limit: float) -> TensorBox:
        left, right = self._x["keys"]
        return TensorBox.strip(
            values,
            width=right - left,
            height=self._high,
            role=role,
            theme=self.theme,
            limit=limit or 1.0,
        )

    def _strips(self, rows: np.ndarray, role: str, column: str, limit: float) -> VGroup:
        x = sum(self._x[column]) / 2
        return VGroup(
            *(
                self._strip(row, role, limit).move_to([x, y, 0])
                for row, y in zip(rows, self._ys, strict=False)
            )
        )

    def _numbers(self, values: np.ndarray, column: str) -> VGroup:
        x = sum(self._x[column]) / 2
        style: dict[str, Any] = {"theme": self.theme, "size": self._size, "role": "score"}
        return VGroup(
            *(
                Number(float(v), decimals=self._decimals, **style).center_on([x, y, 0])
                for v, y in zip(values, self._ys, strict=False)
            )
        )

    def _weigh(
        self,
        values: np.ndarray,
        weights: np.ndarray,
        kept: list[int],
        rest: list[int],
        output: np.ndarray,
    ) -> None:
        products = weights[:, None] * values
        rows = [*products[kept], *([products[rest].sum(axis=0)] if rest else [])]
        limit = float(np.abs(values).max())
        self.values = self._strips(values[kept], "value", "values", limit)
        self.weighted = self._strips(np.array(rows), "value", "weighted", limit)
        self.z = self._strip(output, "output", limit)
        x = sum(self._x["weighted"]) / 2
        self.z.move_to([x, self._ys[-1] - self._high / 2 - 0.5, 0])
        self.z_name = Label("sum: z", theme=self.theme, role="output", weight="bold", size="small")
        self.z_name.next_to(self.z, direction=-np.array([1.0, 0, 0]), buff=0.2)

    def _name_columns(self) -> None:
        texts = {
            "keys": "keys",
            "scores": "q · k",
            "scaled": f"÷ √{self._width}",
            "softmax": "softmax",
            "values": "values",
            "weighted": "weighted",
        }
        self.heads = VGroup()
        for column, text in texts.items():
            if column not in self._x:
                continue
            head = Label(text, theme=self.theme, size="small", role="muted")
            head.center_on([sum(self._x[column]) / 2, self._ys[0], 0])
            head.align_baseline(self._ys[0] + self._high / 2 + 0.22)
            self.heads.add(head)
        if "softmax" in self._x:
            self.heads[3].next_to(self.bars, UP, buff=0).align_baseline(self.heads[0])
            self.heads[3].set_x(sum(self._x["softmax"]) / 2)

    @property
    def _gap(self) -> float:
        return 0.35 if self._broad else _GAP

    def _strip_width(self, need: dict[str, float], area: Area) -> float:
        """What the other columns leave for each strip."""
        free = area.width - 0.1 - sum(need.values()) - self._gap * (len(need) - 1)
        return free / list(need.values()).count(0.0)

    def _growth(self, area: Area, rows: int, other: float, need: dict[str, float]) -> float:
        """How many times larger than usual all can be; `other` units of height are no rows."""
        for growth in np.arange(_LARGEST, 1, -0.05):
            part = area.shrunk(growth)
            row, strip = (part.height - other) / rows, self._strip_width(need, part)
            if row >= _AIRY[0] and strip >= _AIRY[1]:
                return float(growth)
        return 1.0
