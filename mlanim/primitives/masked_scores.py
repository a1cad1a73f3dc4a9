"""Scores that may not all be seen: a matrix, the mask over it, and the weights that are left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Line, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["MaskedScores"]


class MaskedScores(VGroup):
    """Scores (T, S), a mask of the same shape (False is hidden), weights: their masked softmax.

    All three lie upon each other, of one size; verbs put the covers on, then
    let the weights take the scores' place row by row.

    Parts: `.scores` (a TensorBox a row, its word beside it), `.covers` (a group a row, one cover a
    hidden cell, with a stroke through it), `.hidden` (the numbers under them), `.matrix`
    (AttentionMatrix without revealed rows). Only the scores are on view at first.

    Raises UsageError for shapes that differ, or too many words for the area.

    >>> scores, mask = np.array([[2.0, 1.0], [0.0, 0.0]]), np.tri(2, dtype=bool)
    >>> weights, area = [[1.0, 0.0], [0.5, 0.5]], Area(0, 0, 6, 5)
    >>> masked = MaskedScores(scores, mask, weights, ["a", "b"], area=area)
    >>> len(masked.covers[0]), masked.matrix.weights[0].tolist()
    (1, [1.0, 0.0])
    """

    def __init__(
        self,
        scores: Any,
        mask: Any,
        weights: Any,
        tokens: Sequence[str],
        *,
        area: Area,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        scores, mask = np.asarray(scores, dtype=float), np.asarray(mask, dtype=bool)
        if scores.shape != mask.shape:
            raise UsageError(f"scores {scores.shape} and mask {mask.shape}", "give one shape")
        style: dict[str, Any] = {"role": role, "theme": theme}
        self.theme = theme
        area, low = area.rows(14, 1, gap=0.1)
        self.matrix = AttentionMatrix.largest(
            weights, tokens, tokens, area=area, largest_cell=0.95, revealed=0, **style
        )
        first, columns = self.matrix.cells[0], scores.shape[1]
        limit = float(np.abs(scores).max() or 1)
        self.scores = VGroup()
        for i, word in enumerate(tokens):
            row = TensorBox(
                scores[i : i + 1],
                cell=first.width,
                cell_height=first.height,
                row_labels=[word],
                limit=limit,
                shape_label=False,
                decimals=1,
                **style,
            )
            place = self.matrix.cells[i * columns].get_center() - row.cells[0].get_center()
            self.scores.add(row.shift(place))
        covered = list(zip(*np.nonzero(~mask), strict=True))
        self.covers = VGroup(*(VGroup() for _ in tokens))
        self.hidden = VGroup()
        for i, j in covered:
            self.covers[i].add(self._cover(self.scores[i].cells[j]))
            self.hidden.add(*self.scores[i].numbers[j : j + 1])
        self.legend = VGroup()
        if len(covered):
            sign = self._cover(first).scale(0.3 / first.height)
            word = Label("hidden: weight 0", theme=theme, size="small", role="muted")
            self.legend.add(sign, word.next_to(sign, buff=0.12))
            low.place(self.legend)
            self.legend.set_x(self.matrix.frame.get_x())
        self.add(self.matrix, self.scores)  # of the matrix only the words on top are on view

    def _cover(self, cell: Rectangle) -> VGroup:
        """What lies on a hidden score: the surface, muted, with a stroke from corner to corner."""
        plate = Rectangle(width=cell.width, height=cell.height).move_to(cell)
        plate.set_fill(self.theme.surface, 1).set_stroke(self.theme.muted, self.theme.stroke.thin)
        inset = 0.28
        low, high = plate.get_corner([-1, -1, 0]), plate.get_corner([1, 1, 0])
        stroke = Line(low + inset * (high - low), high - inset * (high - low))
        return VGroup(plate, stroke.set_stroke(self.theme.muted, self.theme.stroke.thin))
