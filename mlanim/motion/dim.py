"""dim and undim: what was explained stays on the screen, but steps back."""

from __future__ import annotations

from typing import Any

from manim import Animation, Mobject, smooth

from mlanim.motion.opacity import Opacities
from mlanim.motion.timeline import Timeline, together
from mlanim.theme import LIGHT

__all__ = ["dim", "undim"]


class _Shade(Animation):
    """Bring a mobject to a share of its full opacity, whatever share it has now."""

    starts_anew = True

    def __init__(self, mobject: Mobject, share: float, **kwargs: Any) -> None:
        self.share = share
        super().__init__(mobject, rate_func=smooth, run_time=kwargs.pop("run_time", 0.5), **kwargs)

    def create_starting_mobject(self) -> Mobject:
        """Only opacities change; the mobject says itself how far it was dimmed before."""
        self.before = getattr(self.mobject, "dimmed_to", 1.0)
        self.opacities = Opacities(self.mobject)
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """From the share it had to the share it gets."""
        now = self.before + (self.share - self.before) * self.rate_func(alpha)
        self.opacities.show(now / self.before)
        self.mobject.dimmed_to = now


def dim(*mobjects: Mobject, opacity: float = LIGHT.dim, **kwargs: Any) -> Timeline:
    """Fade to `opacity` of each part's own, by itself as far as a theme's text still reads.

    Dimming twice is dimming once.

    The mobject carries the measure as `.dimmed_to`, so that `undim` undoes exactly this.

    >>> from manim import Square
    >>> dim(Square(), Square(), opacity=0.25).run_time
    0.5
    """
    return together(*(_Shade(mobject, opacity, **kwargs) for mobject in mobjects))


def undim(*mobjects: Mobject, **kwargs: Any) -> Timeline:
    """Bring back what `dim` faded; what was not dimmed stays as it is.

    >>> from manim import Square
    >>> undim(Square(), run_time=0.3).run_time
    0.3
    """
    return together(*(_Shade(mobject, 1.0, **kwargs) for mobject in mobjects))
