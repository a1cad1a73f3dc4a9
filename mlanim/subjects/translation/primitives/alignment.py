"""Two sentences and who looked at whom: arrows between their words, and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import DOWN, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.label import Label
from mlanim.subjects.translation.primitives.sentence_pair import SentencePair
from mlanim.theme import LIGHT, Theme

__all__ = ["Alignment"]

_SHARES = (1, 0.8, 0.6, 0.45, 0.3, 0.2)  # of the rows, tried in this order
_NOTE = 0.5  # units below a matrix that has not all rows


class Alignment(VGroup):
    """Attention weights (m, n) as arrows from n source words to m target words, and as a matrix.

    The arrows are left out where a sentence does not fit a line at a legible size, or the area is
    about square: the matrix then has all the room.

    Where not all rows of the matrix are legible, it has the first ones, and `.note` says so.

    Parts: `.matrix` (AttentionMatrix, nothing revealed), `.pair` (SentencePair or None), `.arrows`
    (AttentionArrows, index i for target word i; empty without a pair).
    At first only the matrix' frame and the source words are on view.

    >>> aligned = Alignment(["je", "suis"], ["I", "am"], [[0.9, 0.1], [0.2, 0.8]],
    ...                     area=Area(0, 0, 12, 5))
    >>> len(aligned.arrows), len(aligned.matrix.rows)
    (2, 0)
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        weights: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        first, second = area.rows(1, 1.4) if area.is_tall else area.columns(1.3, 1, gap=0.5)
        about_square = area.width < 1.5 * area.height and not area.is_tall
        self.pair: SentencePair | None = None
        self.arrows = VGroup()
        if not about_square and SentencePair.fits(source, target, area=first):
            area = second
            self.pair = SentencePair(source, target, area=first, theme=theme)
            self.arrows.add(
                *(
                    AttentionArrows(self.pair.source.tokens, word, row, theme=theme)
                    for word, row in zip(self.pair.target.tokens, weights, strict=True)
                )
            )
            self.add(self.pair.source)
        self.note = VGroup()
        margin = min(0.3, 0.04 * area.width)
        self.matrix = self._matrix(source, target, weights, area.inset(margin))
        self.add(self.matrix, self.note)

    def _matrix(
        self, source: Sequence[str], target: Sequence[str], weights: Any, area: Area
    ) -> AttentionMatrix:
        """As many rows as are legible, from the first on; where some are missing, it says so."""
        style: dict[str, Any] = {"theme": self.theme, "revealed": 0}
        for share in _SHARES:
            rows = max(1, int(share * len(target)))
            above = area if rows == len(target) else area.rows(area.height - _NOTE, _NOTE, gap=0)[0]
            try:
                matrix = AttentionMatrix.largest(
                    weights[:rows], target[:rows], source, area=above, **style
                )
            except UsageError:
                if share == _SHARES[-1]:
                    raise
                continue
            break
        if rows < len(target):
            text = f"the first {rows} of {len(target)} words"
            note = Label(text, theme=self.theme, size="small", role="muted")
            self.note.add(area.place(note, DOWN))
        return matrix
