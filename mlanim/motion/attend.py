"""attend: attention spread evenly gathers where the weights say; every moment sums to 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Scene

from mlanim.motion.appear import Appear
from mlanim.motion.timeline import Timeline, in_turn
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.softmax_bars import SoftmaxBars

__all__ = ["attend", "enter_evenly"]


class _EnterEvenly(Appear):
    """Enter with all weights alike. What is on the screen already keeps its weights."""

    def _setup_scene(self, scene: Scene | None) -> None:
        super()._setup_scene(scene)
        if not self.present:
            shape = self.mobject.weights.shape
            self.mobject.set_weights(np.full(shape, 1 / shape[-1]))


def enter_evenly(mobject: AttentionArrows | SoftmaxBars, weights: Any, run_time: float) -> Timeline:
    """The mobject enters (if it has to) with equal weights, which then move to `weights`."""
    return in_turn(
        _EnterEvenly(mobject, run_time=0.3 * run_time),
        mobject.animate(run_time=0.7 * run_time).set_weights(weights),
    )


def attend(arrows: AttentionArrows, weights: Any = None, *, run_time: float = 1.2) -> Timeline:
    """Arrows enter evenly (if they have to enter) and gather on their weights, or on others.

    weights: as `arrows.weights`, each row summing to 1; without them, the arrows' own. Thickness
    and opacity are those of the interpolated weights in every frame.

    >>> arrows = AttentionArrows([[-1, 1, 0], [1, 1, 0]], [0, -1, 0], [0.9, 0.1])
    >>> round(attend(arrows, [0.2, 0.8]).run_time, 2)
    1.2
    """
    return enter_evenly(arrows, arrows.weights if weights is None else weights, run_time)
