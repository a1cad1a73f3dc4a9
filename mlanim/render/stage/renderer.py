"""FrameRenderer: Manim's Cairo renderer without its files, caches and waits for the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from manim import CairoRenderer, Mobject, Scene, config
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_update

from mlanim.explainer import Explainer
from mlanim.render.plays.fast_forward import notices_time
from mlanim.render.plays.sections import Sections
from mlanim.render.plays.timeline import PlayRecord, Timeline
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.writer import FrameWriter
from mlanim.render.twins.drawing import is_engines_drawing, leave_if_touched
from mlanim.render.twins.repaint import Repainter

if TYPE_CHECKING:
    import numpy as np

    from mlanim.render.twins.frame_changes import Rectangle
    from mlanim.render.twins.shown import Shown
from mlanim.render.twins.whole_frame import Pictured

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
        self.sections: Sections | None = None
        if not isinstance(scene, Explainer):
            self.sections = Sections(getattr(replaced, "selection", None))
        self.file_writer = FrameWriter(
            scene.file_writer_settings, self._take_frame, self._begin_section, self._name_section
        )
        self.file_writer.sections = replaced.file_writer.sections
        if self.sections and self.sections.selection:
            self.file_writer.sections[-1].skip_animations = self._exact = True
        self._begin_section(self.file_writer.sections[-1].skip_animations)
        self._undrawn = False
        self._frames_of_play = 0
        self._plays = False
        self._repainter = Repainter(self.camera)
        self._changed = _Rows()
        self._backdrop: np.ndarray | None = None  # under what moves, where nobody can change it
        self._seen: Shown | Pictured | None = (
            None  # of what is drawn now, if somebody has looked at it
        )

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play or fast-forward one play or wait."""
        self.end_past_the_last()
        self._begin_section(self.file_writer.sections[-1].skip_animations)
        leave_if_touched()
        scene.compile_animation_data(*args, **kwargs)
        self.file_writer.add_partial_movie_file(None)
        started = self.time
        self._frames_of_play, self._plays = 0, True
        shown = not self.skip_animations
        if shown:
            self._play_shown(scene)
        else:
            self._play_skipped(scene)
        self._plays = False
        self.num_plays += 1
        self.timeline.add(PlayRecord(started, self.time, self._frames_of_play, shown))
        if shown:
            self._observer.play_finished(scene, self.timeline.seconds)

    def end_past_the_last(self) -> None:
        """End the scene behind the last play that is wanted, as Manim's `-n` does."""
        if 0 <= config.upto_animation_number < self.num_plays:
            raise EndSceneEarlyException

    def _play_shown(self, scene: Scene) -> None:
        scene.begin_animations()
        self._observer.play_started(scene)
        self._draw_play(scene)

    def _draw_play(self, scene: Scene) -> None:
        """Draw every frame of a play that has begun."""
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
        every_frame = self._exact and notices_time(scene)
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

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Draw into the camera's pixels; the same as Manim's, with as little work as is exact."""
        if not include_submobjects or kwargs or not is_engines_drawing():
            super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
            self._changed.all()
        elif ignore_skipping or not self.skip_animations:
            if self._repainter.camera is not self.camera:
                self._repainter = Repainter(self.camera)
            shown = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
            under = self._backdrop if self.static_image is None else self.static_image
            self._changed.add(self._repainter.paint(shown, under, self._seen))

    def add_frame(self, frame: np.ndarray, num_frames: int = 1) -> None:
        """Hand a frame over; between plays Manim's films have none, though time passes."""
        if self._plays:
            super().add_frame(frame, num_frames)
        elif not self.skip_animations:
            self.time += num_frames * (1 / self.camera.frame_rate)

    def changed_rows(self) -> range | None:
        """Rows outside of which nothing changed since the last call; None when nobody knows."""
        return self._changed.take()

    def _begin_section(self, skipped: bool) -> None:
        early = self.num_plays < config.from_animation_number
        self._left_out = skipped or early or self._original_skipping_status  # of the film as well
        self.skip_animations = self._left_out or self._still

    def _name_section(self, name: str, skipped: bool) -> bool:
        """Whether a section that begins now is fast-forwarded."""
        if self.sections is None:
            return skipped
        return self.sections.begin(name, self.num_plays, skipped=skipped)

    def working(self, what: str, share: float) -> None:
        """An explainer computes something that takes a while."""
        self._observer.working(what, share)

    def noted(self, line: str) -> None:
        """An explainer has something to tell besides its pictures."""
        self._observer.noted(line)

    def scene_finished(self, scene: Scene) -> None:
        """Manim's manager calls this at the end; the engine finishes the files itself."""
        if self.sections is not None:
            self.sections.finish(type(scene).__name__, self.num_plays)

    def last_frame(self, scene: Scene) -> np.ndarray:
        """Draw the scene as it stands."""
        self.static_image = None
        self.update_frame(scene)
        frame = self.get_frame()
        self._observer.frame(frame, self.timeline.seconds, 1)
        return frame

    def _take_frame(self, pixels: np.ndarray, repeat: int) -> None:
        time = self.timeline.time_of(self.timeline.frames + self._frames_of_play)
        self._observer.frame(pixels, time, repeat)
        self._on_frame(pixels, repeat)
        self._frames_of_play += repeat


class _Rows:
    """The rows that several paintings touched."""

    def __init__(self) -> None:
        self._rows: range | None = None  # of all

    def add(self, area: Rectangle | None) -> None:
        """Add those of a rectangle."""
        if area is None or self._rows is None:
            return
        start, stop = area.y, area.y + area.height
        if self._rows:
            start, stop = min(start, self._rows.start), max(stop, self._rows.stop)
        self._rows = range(start, stop)

    def all(self) -> None:
        """Add every row."""
        self._rows = None

    def take(self) -> range | None:
        """Give the rows and begin again with none."""
        rows, self._rows = self._rows, range(0)
        return rows
