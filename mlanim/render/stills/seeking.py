"""Seeking: play a scene without drawing it, and hold still at chosen frames of its output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Camera, Mobject, MovingCamera, Scene, ThreeDCamera
from manim.utils.iterables import list_update

from mlanim.explainer import Explainer
from mlanim.render.plays.fast_forward import steps_matter
from mlanim.render.plays.timeline import Timeline
from mlanim.render.stage.observer import Observer, Observers
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.watched.shared_run import Interruption

__all__ = ["EnoughSeen", "Glimpse", "Layer", "PixelsRead", "SeekingRenderer"]


Layer = list[Mobject] | np.ndarray


@dataclass(frozen=True)
class Glimpse:
    """One frame of the output, with the scene as it stands at that moment.

    Attributes:
        frame, time: its number from 0, and the second at which it appears.
        pixels: RGBA (height, width, 4) uint8, as the film has them.
        layers: gives what Manim's camera has drawn, from back to front, while the scene stands
            there: lists of mobjects, or RGBA pixels where they have changed since.
    """

    scene: Scene
    frame: int
    time: float
    pixels: np.ndarray
    layers: Callable[[], list[Layer]]


class EnoughSeen(Interruption):
    """Ends a scene behind the last frame that is wanted."""


class PixelsRead(Interruption):
    """Ends a scene that reads a picture of the film, of which nothing was drawn."""


class SeekingRenderer(FrameRenderer):
    """Counts all frames of the output and draws those that are wanted, as the film has them.

    A play without a wanted frame is done in one step where that leaves the very same picture;
    otherwise every frame is computed, though not drawn.

    Args:
        frames: numbers of the wanted frames, ascending; there may be no end of them.
        look: is called at each of them.
        still: skip everything, for `look_at_whole`.
        before: of a run that was ended because the scene read pixels; this one draws every frame,
            and goes on with what that one had looked at and told.
    """

    def __init__(
        self,
        scene: Scene,
        timeline: Timeline,
        frames: Iterator[int],
        look: Callable[[Glimpse], None],
        observer: Observer,
        *,
        still: bool = False,
        before: SeekingRenderer | None = None,
    ) -> None:
        exact = still or isinstance(scene, Explainer)  # as for the film
        aside = _Aside(observer, self)
        super().__init__(scene, timeline, _drop, aside, still=still, exact=exact)
        self._scene, self._wanted, self._look = scene, frames, look
        self._due: int | None = before._due if before else next(frames, None)
        self._told: set[tuple[str, int]] = before._told if before else set()
        self._whole = before is not None
        self._passed = False  # whether frames went by since the last one that was drawn
        self._looks = False  # whether the engine itself reads the camera's pixels

    def pixels_read(self) -> None:
        """Somebody is about to be given the camera's pixels."""
        if self._passed and not self._looks:
            raise PixelsRead

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others look at the scene, and draw it, without the scene's noticing."""
        looks, self._looks, passed = self._looks, True, self._passed
        pixels = None if self._passed else self.camera.pixel_array.copy()
        try:
            yield
        finally:
            if pixels is not None:
                self.camera.set_pixel_array(pixels)
            self._looks, self._passed = looks, passed

    def is_new(self, event: str) -> bool:
        """Whether nobody was told of this yet."""
        known = (event, self.num_plays) in self._told
        self._told.add((event, self.num_plays))
        return not known

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw into the camera's pixels."""
        looks, self._looks = self._looks, True
        super().update_frame(*args, **kwargs)
        self._looks, self._passed = looks, False

    def look_at_whole(self) -> None:
        """Look at the scene as it stands, outside of any play."""
        scene = self._scene
        pixels = self.last_frame(scene)
        mobjects = list_update(scene.mobjects, scene.foreground_mobjects)
        frame = self.timeline.frames
        with self.aside():
            self._look(Glimpse(scene, frame, self.timeline.seconds, pixels, lambda: [mobjects]))

    def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
        """Draw a frame that is wanted, count any other."""
        wanted = self._due == self.timeline.frames + self._frames_of_play
        if self._undrawn or wanted or self._must_draw():
            super().render(scene, time, moving_mobjects)
        else:
            self._count(1)

    def _play_shown(self, scene: Scene) -> None:
        scene.begin_animations()
        self._observer.play_started(scene)
        frozen = scene.is_current_animation_frozen_frame()
        length = self._length(scene, frozen)
        wanted = self._due is not None and self._due < self.timeline.frames + length
        draws = wanted or self._must_draw()
        self._passed = self._passed or not draws
        if draws:
            self.save_static_frame_data(scene, scene.static_mobjects)
        if frozen and draws:
            self.update_frame(scene, mobjects=scene.moving_mobjects)
            self.freeze_current_frame(scene.duration)
        elif frozen:
            self.time += length * (1 / self.camera.frame_rate)
            self._frames_of_play += length
        elif draws or steps_matter(scene):
            scene.play_internal()
        else:
            self._jump(scene)
            self._count(length)

    def _play_skipped(self, scene: Scene) -> None:
        """Bring the scene to the end of a play; one of the film's is drawn if that counts."""
        if self._left_out or not self._whole:
            self._passed = self._passed or not self._left_out
            super()._play_skipped(scene)
            return
        self.skip_animations = False
        scene.begin_animations()
        self._draw_play(scene)
        self.skip_animations = True
        self._observer.play_skipped(scene)

    def _length(self, scene: Scene, frozen: bool) -> int:
        """How many frames Manim makes of a play, unless it waits for something."""
        dt = 1 / self.camera.frame_rate
        if frozen:
            return int(scene.duration / dt)
        return len(np.arange(0, scene.get_run_time(scene.animations or []), dt))

    def _jump(self, scene: Scene) -> None:
        """Go to the end of a play in one step."""
        self.skip_animations = True
        scene.play_internal(skip_rendering=True)
        self.skip_animations = False

    def _count(self, frames: int) -> None:
        """Let time pass as it does while frames are drawn, to the last bit."""
        for _ in range(frames):
            self.time += 1 / self.camera.frame_rate
        self._frames_of_play += frames
        self._passed = True

    def _must_draw(self) -> bool:
        """Whether drawing does more than fill pixels.

        A camera's first drawing fixes its view for good, unless it can move; one with windows
        reshapes them, and what a camera of the reader's own does nobody knows.
        """
        if self._whole or type(self.camera) is MovingCamera:
            return self._whole
        known = type(self.camera) in (Camera, ThreeDCamera)
        return not (known and self.camera.pixel_array_to_cairo_context)

    def _take_frame(self, pixels: np.ndarray, repeat: int) -> None:
        """Look at the frame if it is wanted; it is shown `repeat` times."""
        first = self.timeline.frames + self._frames_of_play
        super()._take_frame(pixels, repeat)
        while self._due is not None and self._due < first + repeat:
            time = self.timeline.time_of(self._due)
            with self.aside():
                self._look(Glimpse(self._scene, self._due, time, pixels, self._layers))
            self._due = next(self._wanted, None)
            if self._due is None:
                raise EnoughSeen

    def _layers(self) -> list[Layer]:
        """What stands still in the play, and over it what moves."""
        scene, resting = self._scene, self.static_image
        whole = list_update(scene.mobjects, scene.foreground_mobjects)
        moving = list(scene.moving_mobjects) or whole
        if resting is None:
            return [moving]
        self.static_image = None
        self.update_frame(scene, mobjects=scene.static_mobjects)
        unchanged = np.array_equal(self.get_frame(), resting)
        self.static_image = resting
        return [list(scene.static_mobjects) if unchanged else resting, moving]


class _Aside(Observers):
    """Observers who are not noticed, and who are told of a play once, though it is played again."""

    def __init__(self, observer: Observer, renderer: SeekingRenderer) -> None:
        super().__init__([observer])
        self._renderer = renderer

    def play_started(self, scene: Scene) -> None:
        """Tell them."""
        if self._renderer.is_new("started"):
            with self._renderer.aside():
                super().play_started(scene)

    def play_finished(self, scene: Scene, time: float) -> None:
        """Tell them."""
        if self._renderer.is_new("finished"):
            with self._renderer.aside():
                super().play_finished(scene, time)

    def play_skipped(self, scene: Scene) -> None:
        """Tell them."""
        if self._renderer.is_new("skipped"):
            with self._renderer.aside():
                super().play_skipped(scene)


def _drop(pixels: np.ndarray, repeat: int) -> None:
    """Frames go to `look`, not into a film."""
