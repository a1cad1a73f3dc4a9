"""Attention and the decoder on one page: how one output word is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.attention_table import AttentionTable
from mlanim.primitives.recurrent.rnn_cell import CellKind
from mlanim.subjects.translation.primitives.decoder_step import DecoderStep
from mlanim.subjects.translation.primitives.transcript import Transcript
from mlanim.theme import LIGHT, Theme

__all__ = ["AttentionPage"]


class AttentionPage(VGroup):
    """The table of attention, the decoder's step beside or below it, and what was said so far.

    tokens, states, scores, weights: as for `AttentionTable`. previous, state, context, word,
    probability: as for `DecoderStep`. said: all words that the transcript has room for.

    Parts: `.table`, `.step`, `.said` (Transcript).

    >>> import numpy as np
    >>> page = AttentionPage(["je", "suis"], np.eye(2), np.array([2.0, 1.0]), np.array([0.7, 0.3]),
    ...                      previous="<start>", state=np.ones(2), context=np.array([0.7, 0.3]),
    ...                      word="I", probability=0.9, said=["I"], area=Area(0, 0, 13, 6))
    >>> bool(page.table.tokens.get_x() < page.step.get_x())
    True
    """

    def __init__(
        self,
        tokens: Sequence[str],
        states: Any,
        scores: Any,
        weights: Any,
        *,
        previous: str,
        state: Any,
        context: Any,
        word: str,
        probability: float,
        said: Sequence[str],
        area: Area,
        cell_kind: CellKind = "gru",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        table, rest = area.split(1.5, 1)
        step, below = rest.rows(5, 1, gap=0.2)
        self.table = AttentionTable(tokens, states, scores, weights, area=table, theme=theme)
        self.step = DecoderStep(
            previous, state, context, word, probability, area=step, cell_kind=cell_kind, theme=theme
        )
        self.said = Transcript(said, area=below, theme=theme)
        self.add(self.table, self.step, self.said)
