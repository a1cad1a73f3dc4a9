"""journeys: cells travel from where they were to where pandas put them, all in one animation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import Animation, Mobject, Scene, VGroup, linear, smooth
from numpy.typing import NDArray

from mlanim.motion.copied import copied
from mlanim.motion.flow import TRAVELLING
from mlanim.motion.opacity import Opacities
from mlanim.motion.outline import Outlines

__all__ = ["Journey", "Journeys"]


@dataclass(frozen=True)
class Journey:
    """One copy's way: what it is a copy of, from where and how large, to where and how large.

    start, end: points (3,). scale: of the copy at both ends. delay: a share of the whole time.
    """

    mobject: Mobject
    start: NDArray
    end: NDArray
    scale: tuple[float, float] = (1.0, 1.0)
    delay: float = 0.0


class Journeys(Animation):
    """Copies travel, each for `share` of the time after its delay; then they are gone.

    From its delay on a copy is there, and stays at its end until all have arrived.
    """

    starts_anew = True

    def __init__(
        self, journeys: Sequence[Journey], *, share: float = 0.6, run_time: float = 1.6
    ) -> None:
        self.journeys, self.share = list(journeys), share
        self.looks_at = tuple(journey.mobject for journey in journeys)
        self.moves = ()
        super().__init__(
            VGroup(), introducer=True, remover=True, rate_func=linear, run_time=run_time
        )

    def _setup_scene(self, scene: Scene | None) -> None:
        # Copied when they set out: until then they may have moved or changed.
        self.mobject = VGroup(*(copied(j.mobject) for j in self.journeys))
        self.mobject.set_z_index(TRAVELLING)
        super()._setup_scene(scene)

    def create_starting_mobject(self) -> Mobject:
        """Each copy is placed anew from its own outline."""
        self.outlines = [Outlines(copy) for copy in self.mobject]
        self.opacities = [Opacities(copy) for copy in self.mobject]
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """On a straight line; before its time a copy is not there yet."""
        for journey, outlines, opacities in zip(
            self.journeys, self.outlines, self.opacities, strict=True
        ):
            raw = (alpha - journey.delay * (1 - self.share)) / self.share
            way = smooth(float(np.clip(raw, 0, 1)))
            low, high = journey.scale
            outlines.show(
                journey.start + way * (journey.end - journey.start), low + way * (high - low)
            )
            opacities.show(1.0 if raw >= 0 else 0.0)
