"""Means go where they belong."""

from __future__ import annotations

import numpy as np
from manim import Animation, AnimationGroup

from mlanim.subjects.means.primitives.means_plane import MeansPlane

__all__ = ["move_means"]


def move_means(plane: MeansPlane, means: np.ndarray, *, run_time: float = 1) -> Animation:
    """Move the plane's means to (k, 2)."""
    pairs = zip(plane.means, means, strict=True)
    moves = [dot.animate.move_to(plane.place(mean)) for dot, mean in pairs]
    return AnimationGroup(*moves, run_time=run_time)
