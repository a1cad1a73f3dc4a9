"""Receiving: what arrives goes beneath its receiver, so that one sees what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Mobject, Scene

from mlanim.motion.flow import TRAVELLING
from mlanim.motion.timeline import Timeline

__all__ = ["Receiving"]


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
