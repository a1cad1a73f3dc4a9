"""Attention and the decoder on one page: how one output word is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.attention_table import AttentionTable, Stage
from mlanim.primitives.recurrent.rnn_cell import CellKind
from mlanim.subjects.translation.primitives.decoder_reading import DecoderReading
from mlanim.subjects.translation.primitives.decoder_step import DecoderStep
from mlanim.subjects.translation.primitives.transcript import Transcript
from mlanim.theme import LIGHT, Theme

__all__ = ["AttentionMoment", "AttentionPage"]


class AttentionPage(VGroup):
    """The table of attention, the decoder's step beside or below it, and what was said so far.

    tokens, states, scores, weights: as for `AttentionTable`. previous, state, context, word,
    probability: as for `DecoderStep`. said: all words that the transcript has room for. spoken:
    how many of them were said before this one.

    Parts: `.table`, `.step`, `.said` (Transcript). `.as_far_as("scores")`, `"softmax"` or `"sum"`
    is the page of a moment before the word, larger, since there is less to show.

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
        spoken: int = 0,
        cell_kind: CellKind = "gru",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.area, self.spoken = area, spoken
        table, rest = area.split(1.5, 1)
        step, below = rest.rows(5, 1, gap=0.2)
        self.style: dict[str, Any] = {"cell_kind": cell_kind, "theme": theme}
        self.table = AttentionTable(tokens, states, scores, weights, area=table, theme=theme)
        self.step = DecoderStep(
            previous, state, context, word, probability, area=step, **self.style
        )
        self.said = Transcript(said, area=below, theme=theme)
        self.add(self.table, self.step, self.said)
        self._stages: dict[Stage, AttentionMoment] = {}

    def as_far_as(self, stage: Stage) -> AttentionMoment:
        """The page with the table up to a column and no more of the decoder than its state."""
        if stage not in self._stages:
            self._stages[stage] = AttentionMoment(self, stage)
        return self._stages[stage]


class AttentionMoment(VGroup):
    """A page of attention before the word: the decoder's state over the table so far.

    Parts: `.step` (DecoderReading), `.table`, and `.said` (Transcript) if anything was said.
    Where its lines would be too low for the rows, all stands where the whole page has it.
    """

    def __init__(self, page: AttentionPage, stage: Stage) -> None:
        super().__init__()
        theme, spoken = page.style["theme"], page.spoken
        self.spoken = spoken
        line = 1.6 * theme.sizes.body
        above, rest = page.area.rows(1, 3.6, gap=0.25)
        if spoken:
            rest, below = rest.rows(rest.height - line, line, gap=0.1)
        try:
            self.table = page.table.as_far_as(stage, rest)
        except NoRoomError:
            self.table, self.step, self.said = page.table, page.step.reading, page.said
        else:
            read = page.step.previous.text, page.step.state.values
            self.step = DecoderReading.over(self.table.states, *read, area=above, **page.style)
            words = page.said.words.words
            self.said = Transcript(words, area=below, theme=theme) if spoken else VGroup()
        self.add(self.table, self.step, self.said)
