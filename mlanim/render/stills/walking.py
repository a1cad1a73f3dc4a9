"""Walking: play a scene without drawing anything, and look at it wherever a frame would be.

walk(ShiftSquare, spec, lambda sight: print(sight.time, len(sight.layers)))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, Scene
from manim.utils.iterables import list_update

from mlanim.errors import MlanimError
from mlanim.explainer import Explainer
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.known.pixels import pixels_watched
from mlanim.render.plays.sections import steps_of
from mlanim.render.plays.timeline import Timeline
from mlanim.render.sinks.result import StepTime
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.stage.scene_building import check_scene, run_scene
from mlanim.render.stage.session import configured
from mlanim.render.twins.drawing import engines_drawing
from mlanim.render.watched.shared_run import Interruption

__all__ = ["Sight", "Walk", "walk"]


@dataclass(frozen=True)
class Sight:
    """The scene as it stands where a frame would be drawn.

    Attributes:
        time: seconds of the output.
        layers: what the camera would be given, from back to front; the first of two does not
            change as long as the play runs.
        play: the number of the play; another one, and everything may be new.
        ends: the play has ended: this is how it leaves the scene.
    """

    scene: Scene
    time: float
    layers: tuple[list[Mobject], ...]
    play: int
    ends: bool = False


@dataclass(frozen=True)
class Walk:
    """What a walk through a scene found: its length in seconds, and its steps."""

    seconds: float
    steps: tuple[StepTime, ...]


class _PixelsRead(Interruption):
    """Ends a scene that reads a picture of the film, of which nothing is drawn."""


def walk(
    scene_class: type[Scene],
    spec: RenderSpec,
    look: Callable[[Sight], None],
    observer: Observer,
) -> Walk:
    """Play the scene once at the spec's rate, and look at each frame and at the end of each play.

    Raises:
        MlanimError: the scene failed, or reads pixels, which nobody draws here.
    """
    spec = spec.seeded()
    check_scene(scene_class, spec)
    timeline = Timeline(spec.fps)

    def read() -> None:
        if not renderer_looks():
            raise _PixelsRead

    def renderer_looks() -> bool:
        return made is None or made.looks

    made: _WalkingRenderer | None = None

    def walking(scene: Scene) -> _WalkingRenderer:
        nonlocal made
        made = _WalkingRenderer(scene, timeline, look, observer)
        return made

    try:
        with configured(spec), engines_drawing(straight=False), pixels_watched(read):
            scene = run_scene(scene_class, spec, walking)
            assert made is not None
            if not made.num_plays:
                made.look_at_whole(scene)
            return Walk(timeline.seconds, timeline.steps(steps_of(scene)))
    except _PixelsRead:
        raise MlanimError(
            f"{scene_class.__name__} reads the camera's pixels, and a page draws none",
            "only its film shows it as it is: use mlanim embed",
        ) from None


class _WalkingRenderer(FrameRenderer):
    """Passes through all frames of the output and draws none."""

    def __init__(
        self, scene: Scene, timeline: Timeline, look: Callable[[Sight], None], observer: Observer
    ) -> None:
        self._scene, self._look, self.looks = scene, look, True
        self._blank = np.zeros((1, 1, 4), np.uint8)
        super().__init__(
            scene, timeline, _drop, observer, still=False, exact=isinstance(scene, Explainer)
        )
        self.looks = False

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is drawn."""

    def get_frame(self) -> np.ndarray:
        """A pixel, which nobody looks at."""
        return self._blank

    def look_at_whole(self, scene: Scene) -> None:
        """Look at a scene that plays nothing."""
        self._see(0.0, (list_update(scene.mobjects, scene.foreground_mobjects),))

    def _play_shown(self, scene: Scene) -> None:
        super()._play_shown(scene)
        whole = list_update(scene.mobjects, scene.foreground_mobjects)
        time = self.timeline.seconds + self._frames_of_play / self.camera.frame_rate
        self._see(time, (whole,), ends=True)

    def _take_frame(self, pixels: np.ndarray, repeat: int) -> None:
        scene = self._scene
        time = self.timeline.seconds + self._frames_of_play / self.camera.frame_rate
        whole = list_update(scene.mobjects, scene.foreground_mobjects)
        moving = list(scene.moving_mobjects or ()) or whole
        resting = [] if moving is whole else list(scene.static_mobjects or ())
        self._see(time, (resting, moving))
        self._frames_of_play += repeat

    def _see(self, time: float, layers: tuple[list[Mobject], ...], *, ends: bool = False) -> None:
        self.looks = True
        try:
            self._look(Sight(self._scene, time, layers, self.num_plays, ends))
        finally:
            self.looks = False


def _drop(pixels: np.ndarray, repeat: int) -> None:
    """There are no frames."""
