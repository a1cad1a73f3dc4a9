"""draw: a wire grows from where it begins to where it points."""

from __future__ import annotations

from manim import Animation, Mobject, Scene, smooth

from mlanim.motion.on_screen import is_on_screen
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.wire import Wire

__all__ = ["Draw", "draw"]


class Draw(Animation):
    """One wire grows, its tip in front. See `draw`."""

    starts_anew = True

    def __init__(self, wire: Wire, run_time: float = 0.5) -> None:
        self.present = False
        super().__init__(wire, introducer=True, rate_func=smooth, run_time=run_time)

    def _setup_scene(self, scene: Scene | None) -> None:
        self.present = scene is not None and is_on_screen(scene, self.mobject)
        if scene is not None and not self.present:
            scene.add(self.mobject)

    def create_starting_mobject(self) -> Mobject:
        """Remember the whole wire."""
        self.line, self.tip = self.mobject.line.copy(), self.mobject.tip.copy()
        return Mobject()

    def interpolate_mobject(self, alpha: float) -> None:
        """The line up to here, and the tip in front of it."""
        if self.present:
            return
        share = self.rate_func(alpha)
        wire = self.mobject
        if share >= 1:
            wire.line.points, wire.tip.points = self.line.points, self.tip.points
        else:
            wire.line.pointwise_become_partial(self.line, 0, max(share, 1e-3))
            wire.tip.points = self.tip.points + wire.line.get_end() - self.line.get_end()
        # On a way with corners the tip points right only near the end.
        wire.tip.set_fill(opacity=1 if share > 0.85 else 0)


def draw(*wires: Wire, lag: float = 0.0, run_time: float = 0.5) -> Timeline:
    """Each wire that is not on the screen grows from its start to its end.

    >>> draw(Wire((0, 0), (1, 0)), Wire((0, 1), (1, 1)), lag=0.2).run_time
    0.7
    """
    return together(*(Draw(wire, run_time) for wire in wires), lag=lag)
