"""FrameRenderer: Manim's Cairo renderer without its files, caches and waits for the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from manim import Animation, CairoRenderer, Scene, Wait
from manim.animation.updaters.update import UpdateFromFunc

from mlanim.render.observer import Observer
from mlanim.render.timeline import PlayRecord, Timeline
from mlanim.render.writer import FrameWriter

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FrameRenderer"]


class FrameRenderer(CairoRenderer):
    """Draws a scene's frames as Manim does and hands each to `on_frame(rgba, repeat)`.

    Args:
        scene: built with Manim's own renderer, whose camera this one takes over.
        on_frame: receives every frame of the output; it owns the array.
        observer: looks on.
        still: draw nothing but the end.
        exact: fast-forward with every dt where an updater could notice.
    """

    def __init__(
        self,
        scene: Scene,
        timeline: Timeline,
        on_frame: Callable[[np.ndarray, int], None],
        observer: Observer,
        *,
        still: bool,
        exact: bool,
    ) -> None:
        replaced: Any = scene.renderer
        self.camera = replaced.camera
        self._original_skipping_status = replaced.skip_animations
        self.skip_animations = replaced.skip_animations
        self.animations_hashes: list[str | None] = []
        self.num_plays = 0
        self.time = 0.0
        self.static_image = None
        self.timeline = timeline
        self._on_frame, self._observer = on_frame, observer
        self._still, self._exact = still, exact
        self.file_writer = FrameWriter(
            scene.file_writer_settings, self._take_frame, self._begin_section
        )
        self.file_writer.sections = replaced.file_writer.sections
        self._begin_section(self.file_writer.sections[-1].skip_animations)
        self._undrawn = False
        self._frames_of_play = 0

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play or fast-forward one play or wait."""
        self._begin_section(self.file_writer.sections[-1].skip_animations)
        scene.compile_animation_data(*args, **kwargs)
        self.file_writer.add_partial_movie_file(None)
        started = self.time
        self._frames_of_play = 0
        shown = not self.skip_animations
        if shown:
            self._play_shown(scene)
        else:
            self._play_skipped(scene)
        self.num_plays += 1
        self.timeline.add(PlayRecord(started, self.time, self._frames_of_play, shown))
        if shown:
            self._observer.play_finished(scene, self.timeline.seconds)

    def _play_shown(self, scene: Scene) -> None:
        scene.begin_animations()
        self._observer.play_started(scene)
        self.save_static_frame_data(scene, scene.static_mobjects)
        if scene.is_current_animation_frozen_frame():
            self.update_frame(scene, mobjects=scene.moving_mobjects)
            self.freeze_current_frame(scene.duration)
        else:
            scene.play_internal()

    def _play_skipped(self, scene: Scene) -> None:
        """Bring the scene to the end of the play without drawing.

        One step suffices where nothing counts time; updaters that do must see every dt, else the
        frames after would not be those of the whole scene.
        """
        self._undrawn = True
        every_frame = self._exact and _notices_time(scene)
        if every_frame:
            self.skip_animations = False
        scene.begin_animations()
        if scene.is_current_animation_frozen_frame():
            self.time += scene.duration
        else:
            if not every_frame:
                self.time += scene.duration
            scene.play_internal()
        self._undrawn = False
        self.skip_animations = True
        self._observer.play_skipped(scene)

    def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
        """Draw a frame, unless what is played is fast-forwarded."""
        if not self._undrawn:
            super().render(scene, time, moving_mobjects)
        elif not self.skip_animations:
            self.time += 1 / self.camera.frame_rate

    def _begin_section(self, skipped: bool) -> None:
        self.skip_animations = skipped or self._still or self._original_skipping_status

    def scene_finished(self, scene: Scene) -> None:
        """Manim's manager calls this at the end; the engine finishes the files itself."""

    def last_frame(self, scene: Scene) -> np.ndarray:
        """Draw the scene as it stands."""
        self.static_image = None
        self.update_frame(scene)
        frame = self.get_frame()
        self._observer.frame(frame, self.timeline.seconds, 1)
        return frame

    def _take_frame(self, pixels: np.ndarray, repeat: int) -> None:
        time = self.timeline.seconds + self._frames_of_play / self.camera.frame_rate
        self._observer.frame(pixels, time, repeat)
        self._on_frame(pixels, repeat)
        self._frames_of_play += repeat


def _notices_time(scene: Scene) -> bool:
    """Whether anything in a play could tell one long step from many short ones."""
    animations = list(_with_parts(scene.animations or []))
    mobjects = [*scene.mobjects, *(animation.mobject for animation in animations)]
    return bool(
        scene.updaters
        or scene.always_update_mobjects
        or any(isinstance(a, UpdateFromFunc) for a in animations)
        or any(isinstance(a, Wait) and a.stop_condition is not None for a in animations)
        or any(mobject.get_family_updaters() for mobject in mobjects if mobject is not None)
    )


def _with_parts(animations: Iterable[Animation]) -> Iterator[Animation]:
    """The animations and those inside of groups."""
    for animation in animations:
        yield animation
        yield from _with_parts(getattr(animation, "animations", ()))
