"""appear and vanish: enter and leave whole, so that a primitive stays one thing on the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, smooth

from mlanim.motion.on_screen import is_on_screen
from mlanim.motion.opacity import Opacities
from mlanim.motion.outline import Outlines
from mlanim.motion.timeline import Timeline, together

__all__ = ["Appear", "appear", "vanish"]


class Appear(Animation):
    """Fade in while growing and moving from somewhere to its own place. See `appear`."""

    starts_anew = True

    def __init__(
        self,
        mobject: Mobject,
        *,
        start: Any = None,
        scale: float = 1.0,
        leaving: bool = False,
        run_time: float = 0.5,
    ) -> None:
        self.origin, self.initial, self.leaving = start, scale, leaving
        self.looks_at = (start,)
        self.present = False
        super().__init__(
            mobject,
            introducer=True,  # it enters by itself, or not at all
            remover=leaving,
            rate_func=smooth,
            run_time=run_time,
        )

    def _setup_scene(self, scene: Scene | None) -> None:
        shown = scene is not None and is_on_screen(scene, self.mobject)
        # What is on the screen already stays as it is: fading it in again would be a flash.
        self.present = shown and not self.leaving
        # And what leaves is not brought in first: perhaps only some of its parts are there.
        if scene is not None and not self.leaving and not shown:
            scene.add(self.mobject)

    def create_starting_mobject(self) -> Mobject:
        """Remember how it looks and, if it comes from elsewhere, the place where it belongs."""
        self.opacities = Opacities(self.mobject)
        self.outlines: Outlines | None = None
        if self.origin is not None or self.initial != 1:
            self.outlines = Outlines(self.mobject)
            origin = self.origin.get_center() if isinstance(self.origin, Mobject) else self.origin
            centre = self.outlines.centre
            self.away = np.zeros(3) if origin is None else np.asarray(origin, float) - centre
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """Move every point on its straight line; the last frame is exact."""
        if self.present:
            return
        share = 1 - self.rate_func(alpha) if self.leaving else self.rate_func(alpha)
        if self.outlines is not None and share == 1:
            self.outlines.show()
        elif self.outlines is not None:
            scale = self.initial + (1 - self.initial) * share
            self.outlines.show(self.outlines.centre + (1 - share) * self.away, scale)
        self.opacities.show(min(1.0, 1.5 * share))

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Scene.remove overlooks the parts of a group that entered one by one."""
        self._on_finish(scene)
        if self.leaving:
            scene.remove(*self.mobject.get_family())

    def finish(self) -> None:
        """What left keeps its looks, in case it comes back."""
        super().finish()
        if self.leaving:
            self.opacities.show(1)
            if self.outlines is not None:
                self.outlines.show()


def appear(
    *mobjects: Mobject,
    start: Any = None,
    scale: float = 1.0,
    lag: float = 0.0,
    run_time: float = 0.5,
) -> Timeline:
    """Each that is not on the screen fades in; from `start` (a point or mobject) and `scale`.

    >>> from manim import Square
    >>> appear(Square(), Square(), lag=0.1).run_time
    0.6
    """
    return together(
        *(Appear(m, start=start, scale=scale, run_time=run_time) for m in mobjects), lag=lag
    )


def vanish(*mobjects: Mobject, lag: float = 0.0, run_time: float = 0.4) -> Timeline:
    """Each fades out and leaves the scene.

    >>> from manim import Square
    >>> vanish(Square()).run_time
    0.4
    """
    return together(*(Appear(m, leaving=True, run_time=run_time) for m in mobjects), lag=lag)
