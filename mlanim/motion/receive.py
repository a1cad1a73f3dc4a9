"""Receiving: what is empty at first becomes a sum of what arrives, and one sees it become that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Mobject, Scene

from mlanim.motion.appear import Appear
from mlanim.motion.flow import TRAVELLING
from mlanim.motion.timeline import Timeline

__all__ = ["EnterEmpty", "Receiving"]


class Receiving(Timeline):
    """A Timeline of things on their way to a `receiver`, which lies above them meanwhile.

    Otherwise each would hide, as it lands, what those before it have made of the receiver.
    """

    def __init__(
        self,
        receiver: Mobject,
        animations: Sequence[Any],
        starts: Sequence[float],
        *,
        run_time: float | None = None,
    ) -> None:
        self.receiver = receiver
        super().__init__(animations, starts, run_time=run_time)

    def begin(self) -> None:
        """Lift the receiver."""
        self.level = self.receiver.z_index
        self.receiver.set_z_index(TRAVELLING + 1)
        super().begin()

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Put it back."""
        super().clean_up_from_scene(scene)
        self.receiver.set_z_index(self.level)


class EnterEmpty(Appear):
    """A TensorBox enters as zeros; if it is on the screen already, it is emptied."""

    def _setup_scene(self, scene: Scene | None) -> None:
        self.mobject.set_values(np.zeros(self.mobject.values.shape))
        super()._setup_scene(scene)
