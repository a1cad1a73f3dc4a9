"""Four groups on a sigmoid: their sums across, their probabilities up, beside what was the case."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Mobject, VGroup, override_animate
from numpy.typing import NDArray
from scipy.special import expit

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.class_marks import ClassMarks
from mlanim.primitives.moving_values import moving_number
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.subjects.networks.models.titanic import GROUPS, Logistic, survived
from mlanim.theme import LIGHT, Theme

__all__ = ["SurvivalPage"]

_SPAN = (-4.0, 4.0)
_HEADS = ("sum", "sigmoid", "was")


class SurvivalPage(VGroup):
    """A training of `survival_model`. `.set_stage(i)`: the weights at the i-th kept step.

    Parts: `.chart`, `.curve`, `.marks` (one a group), `.heads`, `.names`, `.rows` (sum, probability
    and the share that survived), `.loss` (name and number).

    >>> from mlanim.subjects.networks.models.titanic import survival_model
    >>> page = SurvivalPage(survival_model(), area=Area(-7, -4, 14, 7))
    >>> page.set_stage(0).rows[1][1].text
    '0.50'
    """

    def __init__(self, model: Logistic, *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.model, self.theme = model, theme
        left, right = area.columns(1.35, 1, gap=0.5) if area.is_wide else area.rows(1.1, 1, gap=0.3)
        self.chart = Chart(_SPAN, (0, 1), area=left, names=("sum", "probability"), theme=theme)
        xs = np.linspace(*_SPAN, 90)
        self.curve = self.chart.curve(np.stack([xs, expit(xs)], axis=1))
        self.marks = VGroup(*(self._mark(kind) for kind in range(4)))
        self._shapes = [mark.points.copy() for mark in self.marks]
        cap = min(1.5 * theme.sizes.body, right.width / 22, right.height / 16)
        cap = max(cap, theme.sizes.small)
        self._style: dict[str, Any] = {"theme": theme, "size": cap}
        lead = min(cap, (right.height - 1.6 * cap) / 15.2)
        lines = right.center[1] + lead * np.array([7.1, 4.2, 1.4, -1.4, -4.2, -7.6]) - 0.4 * cap
        ends = right.left + right.width * np.array([0.58, 0.8, 0.98])
        self.heads, self.names, self.rows, self.keys = VGroup(), VGroup(), VGroup(), VGroup()
        for text, end in zip(_HEADS, ends, strict=True):
            self.heads.add(_ends(Label(text, role="muted", **self._style), end, lines[0]))
        right.part(*self.heads)
        for kind, (name, y) in enumerate(zip(GROUPS, lines[1:5], strict=True)):
            label = Label(name, **self._style).align_baseline(y)
            label.shift([right.left + 2.2 * cap - label.get_left()[0], 0, 0])
            self.names.add(label)
            key = self._mark(kind).move_to([right.left + 0.8 * cap, y + cap / 2, 0])
            self.keys.add(key)
            row = VGroup()
            for end, head in zip(ends, _HEADS, strict=True):
                strong: dict[str, Any] = {"weight": "bold" if head == "sigmoid" else "normal"}
                number = Number(0.0, anchor="right", **strong, **self._style)
                row.add(_ends(number, end, y))
            self.rows.add(row)
        number = Number(0.0, decimals=4, anchor="right", role="score", **self._style)
        name = Label("cross-entropy", **self._style)
        self.loss = VGroup(_ends(name, ends[0], lines[5]), _ends(number, ends[2], lines[5]))
        self.add(self.chart, self.curve, self.marks, self.heads, self.names, self.keys)
        self.add(self.rows, self.loss)
        self.set_stage(0)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [
            f"{name} {chance:.2f}, was {was:.2f}"
            for name, chance, was in zip(GROUPS, expit(self.sums), survived(), strict=True)
        ]
        return Seen("sigmoid with four groups", ", ".join(told))

    @property
    def drawn_data(self) -> dict[str, NDArray]:
        """Sums, probabilities and what was the case, of each group (4,)."""
        return {"sums": self.sums, "probabilities": expit(self.sums), "was": survived()}

    @property
    def drawn_parts(self) -> dict[str, list[Mobject]]:
        """The mark of each group stands for its probability."""
        return {"probabilities": list(self.marks)}

    def set_stage(self, stage: float) -> Self:
        """The sums, and all that follows from them, at a stage of the training."""
        self.stage = float(np.clip(stage, 0, len(self.model.steps) - 1))
        i = int(self.stage)
        after = min(i + 1, len(self.model.steps) - 1)
        part = self.stage - i
        self.sums = (1 - part) * self.model.sums(i) + part * self.model.sums(after)
        chances = expit(self.sums)
        places = self.chart.all_at(self.chart.within(np.stack([self.sums, chances], axis=1)))
        for mark, shape, place in zip(self.marks, self._shapes, places, strict=True):
            mark.points = shape + place
        for row, values in zip(
            self.rows, np.stack([self.sums, chances, survived()], axis=1).tolist(), strict=True
        ):
            for number, value in zip(row, values, strict=True):
                number.set_value(value)
        losses = self.model.losses
        self.loss[1].set_value(float(losses[i] + part * (losses[after] - losses[i])))
        return self

    @override_animate(set_stage)
    def _animate_stage(self, stage: float, anim_args: dict[str, Any] | None = None) -> Animation:
        return moving_number(self, "stage", stage, anim_args)

    def _mark(self, kind: int) -> Any:
        marks = ClassMarks(
            np.zeros((1, 3)), np.array([kind]), classes=4, radius=0.16, theme=self.theme
        )
        return marks.classes[kind]


def _ends(label: Label, right: float, y: float) -> Label:
    label.align_baseline(y)
    return label.shift([right - label.get_right()[0], 0, 0])
