"""A page that a pen draws on, as a camera sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np

from mlanim.primitives.arrays import frozen
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.seen import Seen
from mlanim.subjects.systems.models.drawn_digit import begun, rastered
from mlanim.theme import LIGHT, Theme

__all__ = ["PenPage"]


class PenPage(HeatImage):
    """strokes: polylines on a page of side 1; side: of the page, in units.

    `.set_stage(s)` draws a share of their length, from 0 to 1; `.values` is the ink (96, 96).

    >>> page = PenPage([[(0.2, 0.5), (0.8, 0.5)]], side=2.0)
    >>> bool(page.values.sum() < page.set_stage(1).values.sum())
    True
    """

    pixel_array: np.ndarray

    def __init__(
        self,
        strokes: Sequence[Sequence[tuple[float, float]]],
        *,
        side: float,
        stage: float = 0.0,
        role: str = "context",
        theme: Theme = LIGHT,
    ) -> None:
        self.strokes = strokes
        super().__init__(
            rastered([]),
            width=side,
            height=side,
            role=role,
            scale="weight",
            limit=1.0,
            theme=theme,
        )
        self.set_stage(stage)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen("page that is drawn on", f"{100 * self.stage:.0f} % of the strokes")

    def set_stage(self, stage: float) -> Self:
        """The ink when so much of the strokes has been drawn."""
        self.stage = float(np.clip(stage, 0, 1))
        self.values = frozen(rastered(begun(self.strokes, self.stage)))
        before: np.ndarray = self.pixel_array
        pixels = np.empty_like(before)
        pixels[..., :3] = np.rint(255 * self.theme.weight(self.values, self.role, self.limit))
        # What fades in or out has its opacity in the picture.
        pixels[..., 3] = before[..., 3].max() or 255
        self.pixel_array = pixels
        return self
