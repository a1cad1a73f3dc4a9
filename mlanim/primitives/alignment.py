"""Two sentences and who looked at whom: arrows between their words, and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.sentence_pair import SentencePair
from mlanim.theme import LIGHT, Theme

__all__ = ["Alignment"]


class Alignment(VGroup):
    """Attention weights (m, n) as arrows from n source words to m target words, and as a matrix.

    The arrows are left out where a sentence does not fit a line at a legible size, or the area is
    about square: the matrix then has all the room.

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
        self.matrix = AttentionMatrix.largest(
            weights,
            target,
            source,
            area=area.inset(min(0.3, 0.04 * area.width)),
            revealed=0,
            theme=theme,
        )
        self.add(self.matrix)
