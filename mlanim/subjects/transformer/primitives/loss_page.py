"""What should be predicted, what is, and how far apart they are while training goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.loss_curve import LossCurve
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["LossPage"]

_LARGEST = 0.5  # units: a cell
_AROUND = 1.2  # units: names above and counts below the tables
_LINE = 1.7  # of the cap height: a row that holds a word
_LOWEST = 1.3  # units: of the curve, with its axes


class LossPage(VGroup):
    """Two tables of probabilities, a row for each word to say, and the training's curve.

    targets: the m right words. predicted: (m, k + 1), the probability of each of the k different
    right words in their order, and of all other words together; rows sum to 1. loss: the
    cross-entropy of this sentence. log: steps and losses of the whole training, step: where it is.

    Parts: `.wanted`, `.predicted` (TensorBox), `.curve` (LossCurve), `.loss`, `.step` (Number),
    `.names` of the tables, `.counts` (both numbers with what they
    are).

    >>> page = LossPage(["I", "am"], [[0.7, 0.1, 0.2], [0.1, 0.6, 0.3]], loss=0.43, step=0,
    ...                 log=([10, 20], [3.0, 1.0]), area=Area(-6, -3, 12, 6))
    >>> page.wanted.values.tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """

    def __init__(
        self,
        targets: Sequence[str],
        predicted: Any,
        *,
        loss: float,
        step: int,
        log: tuple[Any, Any],
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        predicted = np.asarray(predicted, dtype=float)
        words = list(dict.fromkeys(targets))
        if predicted.shape != (len(targets), len(words) + 1):
            raise UsageError(
                f"{len(targets)} words to say, {len(words)} different ones, and predictions "
                f"{predicted.shape}",
                f"give ({len(targets)}, {len(words) + 1}): the last column is for all others",
            )
        wanted = np.zeros(predicted.shape)
        wanted[np.arange(len(targets)), [words.index(word) for word in targets]] = 1
        self.theme = theme
        columns = [*words, theme.words.said("others")]
        turned = max(Label(AsIs(word), theme=theme, size="small").width for word in columns)
        if area.is_broad:
            self.tables, plot = area.columns(1.35, 1, gap=0.6)
        else:  # rows as high as their words, if the curve keeps a little
            wanted_high = turned + _AROUND + _LINE * theme.sizes.small * len(targets)
            high = min(max(wanted_high, 2.1 / 3.1 * area.height), area.height - _LOWEST)
            self.tables, plot = area.rows(high, area.height - high, gap=0.2)
        beside = max(Label(AsIs(word), theme=theme, size="small").width for word in targets)
        room = self.tables.width - beside - 0.2 - 0.45
        high = self.tables.height - turned - _AROUND
        cell = min(_LARGEST, room / (2 * len(columns)))
        style: dict[str, Any] = {
            "theme": theme,
            "cell_height": min(cell * 1.3, high / len(targets)),
            "limit": 1.0,
            "scale": "weight",
            "column_labels": columns,
            "shape_label": False,
            "numbers": False,
        }
        values = wanted, predicted
        over = self._add_tables(values, targets, cell=cell, **style) - self.tables.width
        if over > 0.03:  # in low rows every second word stands back
            self._add_tables(values, targets, cell=cell - over / (2 * len(columns)), **style)
        names = (("wanted", "encoder", self.wanted), ("predicted", "score", self.predicted))
        self.names = VGroup()
        for text, role, box in names:
            name = Label(text, theme=theme, role=role, weight="bold")
            name.next_to(box, UP, buff=0.2).set_x(box.frame.get_x())
            self.names.add(name)
        level = max(name.baseline[1] for name in self.names)
        for name in self.names:
            name.align_baseline(level)
        self._count(loss, step, log[0])
        whole = VGroup(self.wanted, self.predicted, self.names, self.counts)
        self.tables.place(whole)
        steps, losses = log
        self.curve = LossCurve(
            steps, {"loss": losses}, area=plot, step=step, scale="log", theme=theme
        )
        self.add(self.wanted, self.predicted, self.names, self.counts, self.curve)

    def _add_tables(self, values: tuple[Any, Any], targets: Sequence[str], **style: Any) -> float:
        """What is wanted and what is predicted, side by side; how wide both are."""
        wanted, predicted = values
        self.wanted = TensorBox(wanted, role="encoder", row_labels=targets, means="wanted", **style)
        self.predicted = TensorBox(predicted, role="score", means="predicted", **style)
        both = VGroup(self.wanted, self.predicted).arrange(RIGHT, buff=0.45, aligned_edge=DOWN)
        return float(both.width)

    def _count(self, loss: float, step: int, steps: Any) -> None:
        """Below the tables: how long training has gone on, and the sentence's loss."""
        theme = self.theme
        last = int(np.asarray(steps)[-1])  # the longest number that will stand there
        self.step = Number(last, decimals=0, theme=theme, anchor="left", weight="bold")
        self.loss = Number(loss, theme=theme, role="score", anchor="left", weight="bold")
        sayings = VGroup(
            *(
                Label(text, theme=theme, size="small", role="muted")
                for text in ("training step", "loss of this sentence")
            )
        )
        self.counts = VGroup(sayings[0], self.step, sayings[1], self.loss)
        self.counts.arrange(RIGHT, buff=0.18)
        for part in self.counts:
            part.align_baseline(0.0)
        self.counts[2:].shift([0.3, 0, 0])
        self.step.set_value(step)
        self.counts.next_to(VGroup(self.wanted, self.predicted), DOWN, buff=0.35)
