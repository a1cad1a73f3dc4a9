"""pulse and highlight: look here, without flashing.

A group that merely lists mobjects is looked at part by part where they lie apart: a frame around
all of them would hold what is between them, which is not meant.
"""

from __future__ import annotations

from manim import (
    Animation,
    Mobject,
    SurroundingRectangle,
    smooth,
    there_and_back,
    there_and_back_with_pause,
)

from mlanim.motion.flow import TRAVELLING
from mlanim.motion.lying_together import lying_together
from mlanim.motion.opacity import Opacities
from mlanim.motion.outline import Outlines
from mlanim.motion.timeline import Timeline, together
from mlanim.theme import LIGHT, Theme

__all__ = ["highlight", "pulse"]


class _Swell(Animation):
    """Grow a little and come back, about the own centre."""

    starts_anew = True

    def __init__(self, mobject: Mobject, scale: float, run_time: float) -> None:
        self.swell = scale - 1
        super().__init__(mobject, rate_func=there_and_back, run_time=run_time)

    def create_starting_mobject(self) -> Mobject:
        """Scaling is undone by scaling back: no copy is needed."""
        self.outlines = Outlines(self.mobject)
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        self.outlines.show(scale=1 + self.swell * self.rate_func(alpha))


def pulse(*mobjects: Mobject, scale: float = 1.12, run_time: float = 0.6) -> Timeline:
    """Each swells once and comes back exactly: less than two changes a second, no flash.

    >>> from manim import Square
    >>> pulse(Square(), Square()).run_time
    0.6
    """
    return together(*(_Swell(part, scale, run_time) for part in lying_together(*mobjects)))


class _Glow(Animation):
    """Come and go by opacity."""

    starts_anew = True

    def create_starting_mobject(self) -> Mobject:
        self.opacities = Opacities(self.mobject)
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        self.opacities.show(self.rate_func(alpha))


def highlight(
    *mobjects: Mobject,
    role: str = "score",
    theme: Theme = LIGHT,
    buff: float = 0.09,
    stays: bool = False,
    run_time: float = 1.2,
) -> Timeline:
    """A frame appears around each, holds, and goes again (unless it `stays`).

    Of a group whose parts lie apart, each part has its own.

    >>> from manim import Square
    >>> highlight(Square()).run_time
    1.2
    """
    frames = []
    for mobject in lying_together(*mobjects):
        frame = SurroundingRectangle(
            mobject,
            color=theme.role(role).ink,
            buff=buff,
            corner_radius=min(0.12, buff + mobject.height / 4, buff + mobject.width / 4),
            stroke_width=theme.stroke.bold,
        )
        frames.append(frame.set_z_index(TRAVELLING))
    return together(
        *(
            _Glow(
                frame,
                introducer=True,
                remover=not stays,
                rate_func=smooth if stays else there_and_back_with_pause,
                run_time=run_time,
            )
            for frame in frames
        )
    )
