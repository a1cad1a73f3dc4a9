"""Attention as a table: one row a hidden state, from its score to what it adds to the context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np
from manim import RIGHT, Mobject, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import one_of
from mlanim.primitives.facts import about
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["AttentionTable", "Folded", "Stage", "fold"]

_LOWEST_ROW = 0.36  # a row is at least as high as a line of the smallest text
_HIGHEST_ROW = 1.25
_HIGHEST_STRIP = 0.56
_HEADS = ("hidden states", "scores", "softmax", "weight × state")
Stage = Literal["scores", "softmax", "sum"]
_SHARES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "scores": ((2.6, 0.9), (3.6, 0.9)),
    "softmax": ((2.1, 0.75, 1.3), (2.6, 0.75, 1.9)),
    "sum": ((1.9, 0.75, 1.3, 1.9), (1.7, 0.6, 1.7, 1.7)),
}  # of the width that the words leave; where it is narrow, then elsewhere
_LARGEST = 2.4  # times the usual size, where there are few rows
_AIRY = (0.52, 0.66, 1.0)  # units of a row's height, a score's and a strip's width it leaves


@dataclass(frozen=True)
class Folded:
    """The rows that are drawn: `kept` indices in order; one more row sums up the rest, if any."""

    kept: tuple[int, ...]
    size: int

    @property
    def others(self) -> tuple[int, ...]:
        """The indices that share the last row."""
        return tuple(i for i in range(self.size) if i not in self.kept)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Rows (n, ...) to the drawn rows: the kept ones, then the sum of the others if any."""
        rows = values[list(self.kept)]
        others = list(self.others)
        return np.concatenate([rows, values[others].sum(axis=0)[None]]) if others else rows


def fold(weights: np.ndarray, room: int) -> Folded:
    """Keep all rows where there is room, else the heaviest ones, in their order.

    >>> fold(np.array([0.1, 0.6, 0.05, 0.25]), room=3).kept
    (1, 3)
    """
    if len(weights) <= room:
        return Folded(tuple(range(len(weights))), len(weights))
    heaviest = np.argsort(-weights, kind="stable")[: room - 1]
    return Folded(tuple(sorted(int(i) for i in heaviest)), len(weights))


class AttentionTable(VGroup):
    """One look of attention (Bahdanau et al. 2015, eqs. 5 and 6), laid out in an area.

    tokens: n words. states: (n, d) hidden states. scores, weights: (n,), the weights sum to 1.
    heads: what stands over the four columns.
    Where the area has no room for n rows, the heaviest are drawn, and one row sums up the others;
    a few rows are drawn larger. ends_with: the last column, so that a page without all of them is
    filled as well (`.as_far_as` gives it); parts beyond it are empty.

    Parts, index i for drawn row i: `.tokens`, `.states`, `.scores` (Number), `.bars` (SoftmaxBars),
    `.weighted` (TensorBox, weight times state), `.context` (their sum), `.heads` over the columns,
    `.sum_sign`. Only the words, states and their head are on view at first: the other parts are in
    place, for verbs to bring in.

    Raises UsageError when shapes do not agree or the area is too small to be legible.
    """

    def __init__(
        self,
        tokens: Sequence[str],
        states: np.ndarray,
        scores: np.ndarray,
        weights: np.ndarray,
        *,
        area: Area,
        theme: Theme = LIGHT,
        limit: float = 1.0,
        heads: Sequence[str] = _HEADS,
        ends_with: Stage = "sum",
        folded: Folded | None = None,
    ) -> None:
        super().__init__()
        n, _ = np.shape(states)
        if not len(tokens) == n == len(scores) == len(weights):
            raise UsageError(
                f"{len(tokens)} words, {n} states, {len(scores)} scores, {len(weights)} weights",
                "there must be one of each for every row",
            )
        one_of("ends_with", ends_with, tuple(_SHARES))
        self.theme, self.limit = theme, limit
        self._asked: dict[str, Any] = {
            "tokens": tokens,
            "states": states,
            "scores": scores,
            "weights": weights,
            "theme": theme,
            "limit": limit,
            "heads": heads,
        }
        self.head_height = 2.2 * theme.sizes.small
        has_sum = ends_with == "sum"
        room = int((area.height - self.head_height) / _LOWEST_ROW) - has_sum
        if room < (2 if folded is None else len(folded.kept) + bool(folded.others)):
            raise NoRoomError(
                f"an attention table needs more than {area.height:.1f} units of height",
                lacks="height",
            )
        self.fold = folded or fold(np.asarray(weights), room)
        words = [tokens[i] for i in self.fold.kept]
        if self.fold.others:
            words.append(theme.words.said(f"{len(self.fold.others)} others"))

        size_name = "body" if area.is_wide else "small"
        self.tokens = VGroup(
            *(Label(AsIs(word), theme=theme, size=size_name, role="encoder") for word in words)
        )
        gap = 0.35 if area.is_wide else 0.2
        widest = max(token.width for token in self.tokens)
        shares = _SHARES[ends_with][area.is_broad]
        growth = self._growth(area, len(words) + has_sum, widest + gap, gap, shares)
        self._area, whole = area.shrunk(growth), area
        area = self._area
        high = area.height - self.head_height
        self.row_height = min(_HIGHEST_ROW, high / (len(words) + has_sum))
        top = area.top - self.head_height
        self._heights = [top - (i + 0.5) * self.row_height for i in range(len(words) + 1)]
        columns = Area(
            area.left + widest + gap, area.bottom, area.width - widest - gap, area.height
        )
        self._columns = columns.columns(*shares, gap=gap)
        for token, y in zip(self.tokens, self._heights, strict=False):
            token.move_to([area.left + widest - token.width / 2, 0, 0])
            token.align_baseline(y - token.cap_height / 2)

        self.states = VGroup(
            *(self._strip(states[i], 0, row) for row, i in enumerate(self.fold.kept))
        )
        self.scores = VGroup(*(self._score(scores[i], row) for row, i in enumerate(self.fold.kept)))
        self.bars, self.weighted = VGroup(), VGroup()
        self.context, self.sum_sign = VGroup(), VGroup()
        if ends_with != "scores":
            self.bars = self._bars(self.fold.sums(np.asarray(weights)))
        if has_sum:
            products = self.fold.sums(np.asarray(weights)[:, None] * np.asarray(states))
            self.weighted = VGroup(*(self._strip(row, 3, i) for i, row in enumerate(products)))
            self.context = self._strip(products.sum(axis=0), 3, len(words), role="context")
            self.sum_sign = Label("sum", theme=theme, size=size_name, role="context", weight="bold")
            self.sum_sign.next_to(self.context, -RIGHT, buff=0.2)
        self.heads = VGroup(*(self._head(text, i) for i, text in enumerate(heads[: len(shares)])))
        area.part(*self.heads)
        self.add(self.tokens, self.states, self.heads[0])
        VGroup(self, self.results).scale(growth, about_point=whole.center)

    def as_far_as(self, stage: Stage, area: Area) -> Self:
        """The same rows without the columns that come later, in an area of their own.

        What is noted about this table is noted about that one too.
        """
        table = type(self)(**self._asked, area=area, ends_with=stage, folded=self.fold)
        return about(table, **getattr(self, "about", {}))

    @property
    def results(self) -> VGroup:
        """All that is computed for one output word, with the heads over it."""
        return VGroup(
            self.scores, self.bars, self.weighted, self.context, self.sum_sign, self.heads[1:]
        )

    @property
    def scored(self) -> list[Mobject]:
        """What goes into the softmax, one a bar: the scores, and the word for the other rows."""
        return [*self.scores, *self.tokens[len(self.scores) :]]

    def _growth(
        self, area: Area, rows: int, before: float, gap: float, shares: Sequence[float]
    ) -> float:
        """How many times larger than usual all can be; the words take `before` units of width."""
        for growth in np.arange(_LARGEST, 1, -0.05):
            part = area.shrunk(growth)
            each = (part.width - before - gap * (len(shares) - 1)) / sum(shares)
            room = (part.height - self.head_height) / rows, shares[1] * each, shares[0] * each
            if min(np.subtract(room, _AIRY)) >= 0:
                return float(growth)
        return 1.0

    def _point(self, row: int, column: int) -> np.ndarray:
        """The middle of a cell of the table, shape (3,)."""
        return np.array([self._columns[column].center[0], self._heights[row], 0.0])

    def _strip(self, values: np.ndarray, column: int, row: int, role: str = "hidden") -> TensorBox:
        place = self._columns[column]
        strip = TensorBox.strip(
            values,
            width=place.width - 0.1,
            height=min(_HIGHEST_STRIP, 0.66 * self.row_height),
            role=role,
            theme=self.theme,
            limit=self.limit,
        )
        return strip.move_to(self._point(row, column))

    def _score(self, value: float, row: int) -> Number:
        number = Number(
            float(value), decimals=2, theme=self.theme, size="small", role="score", anchor="right"
        )
        return number.center_on(self._point(row, 1))

    def _bars(self, weights: np.ndarray) -> SoftmaxBars:
        place = self._columns[2]
        number = Number(1.0, theme=self.theme, size="small").width
        height = self.row_height * len(weights)
        bars = SoftmaxBars(
            weights,
            theme=self.theme,
            width=place.width - number - 0.15,
            height=height,
        )
        middle = (self._heights[0] + self._heights[len(weights) - 1]) / 2
        start = np.array([place.left, middle, 0.0])
        return bars.shift(start - bars.baseline.get_center())

    def _head(self, text: str, column: int) -> Label:
        head = Label(text, theme=self.theme, size="small", role="muted")
        y = self._heights[0] + self.row_height / 2 + 0.15
        head.move_to([self._columns[column].center[0], 0, 0])
        if column == 2:
            head.align_to(self.bars.baseline, -RIGHT)
        head.align_baseline(y)
        return self._area.keep(head)
