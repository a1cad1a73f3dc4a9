"""A number that stands for a stage, behind what it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["StagedNumber"]


class StagedNumber(VGroup):
    """values: a whole number for each stage. Parts: `.label` and `.number`.

    >>> number = StagedNumber([10, 20], "points:", area=Area(0, 0, 4, 1))
    >>> number.set_stage(1.0)
    >>> number.number.text
    '20'
    """

    def __init__(
        self, values: Sequence[int], what: str, *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.values = list(values)
        self.label = Label(what, theme=theme, size="small", role="muted")
        self.number = Number(
            self.values[-1], decimals=0, theme=theme, size="small", weight="bold", anchor="left"
        )
        self.label.align_baseline(area.center[1] - theme.sizes.small / 2)
        self.label.shift([area.left - self.label.get_left()[0], 0, 0])
        self.number.align_baseline(self.label)
        self.number.shift([self.label.get_right()[0] + 0.12 - self.number.get_left()[0], 0, 0])
        self.add(self.label, self.number)
        self.set_stage(0)

    @property
    def baseline(self) -> np.ndarray:
        """Where its text stands."""
        return self.label.baseline

    def set_stage(self, stage: float) -> None:
        """Show the value of the stage that was reached."""
        self.stage = float(stage)
        self.number.set_value(self.values[int(np.clip(stage, 0, len(self.values) - 1))])
