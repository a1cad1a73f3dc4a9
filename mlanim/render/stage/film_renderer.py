"""FilmRenderer: plays a scene in segments, which it draws or passes as it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import Camera, MovingCamera, Scene, ThreeDCamera, config
from manim.utils.iterables import list_update

from mlanim.render.known.as_imported import set_defaults
from mlanim.render.plays.address import Address
from mlanim.render.plays.cutting import Cutter, Piece
from mlanim.render.plays.jumping import can_jump
from mlanim.render.plays.opening import Opening
from mlanim.render.plays.segments import Segments
from mlanim.render.plays.timeline import Timeline
from mlanim.render.plays.turns import moments_to_visit
from mlanim.render.sinks.alpha import StraightFrames
from mlanim.render.stage.observer import Nobody, Observer
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.watched.state import ReadersModules, state_of
from mlanim.render.watched.told_mobject import ToldMobjects

if TYPE_CHECKING:
    from manim import Mobject

__all__ = ["FilmRenderer"]


class FilmRenderer(FrameRenderer):
    """Hands frames to `segments`; where they are not wanted, it only brings the scene forward.

    Args:
        scene: built with Manim's own renderer, whose camera this one takes over.
        segments: says which segments this process draws.
        observer: looks on.
        exact: fast-forward skipped sections with every dt where an updater could notice.
    """

    def __init__(
        self,
        scene: Scene,
        timeline: Timeline,
        segments: Segments,
        observer: Observer,
        *,
        exact: bool,
    ) -> None:
        self._cutter = Cutter()
        self._segments, self._sections = segments, 0
        self._straight = StraightFrames()
        self._rest: Address | None = None  # is shown what rests in a play, while it is drawn
        self._resting = False
        self._over: str | None = None  # its value
        self._defaults: Any = None  # as `as_imported` tells them, for the play that is on
        super().__init__(scene, timeline, self._encode, observer, still=False, exact=exact)
        self.file_writer.hears = segments.hears
        self._stands = partial(state_of, scene, ReadersModules(type(scene)), ToldMobjects())
        segments.state, segments.looks = self._stands, False

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play, in a segment of its own if a section has begun."""
        self.end_past_the_last()
        self._segments.play_entered()
        sections = len(self.file_writer.sections)
        if sections != self._sections:
            self._sections = sections
            self._cutter.close()
        super().play(scene, *args, **kwargs)
        self._segments.state = self._stands
        self._segments.play_left()

    def _play_shown(self, scene: Scene) -> None:
        self._fix_view()
        opener = self._segments.opener
        self._defaults = set_defaults()
        told = opener and self._defaults is not None and can_jump(scene)
        opening = opener.before(scene, self._defaults) if opener and told else None
        scene.begin_animations()
        self._observer.play_started(scene)
        if scene.is_current_animation_frozen_frame():
            self._freeze(scene)
        elif type(scene).play_internal is not Scene.play_internal:
            self._play_its_own_way(scene)
        else:
            self._step(scene, opening)

    def _fix_view(self) -> None:
        """Do what drawing does to a camera besides filling its pixels.

        A plain camera keeps the view that it had when it drew for the first time; what one with
        windows, or of the reader's own, does, nobody knows, so that one process must draw all.
        """
        camera: Any = self.camera
        if type(camera) in (Camera, ThreeDCamera):
            with self._looking():
                camera.get_cairo_context(camera.pixel_array)
        elif type(camera) is not MovingCamera:
            self._segments.stay(f"{type(camera).__name__} may do more on drawing than fill pixels")

    def _freeze(self, scene: Scene) -> None:
        """A wait in which nothing moves: one frame, for as long as it lasts."""
        frames = int(scene.duration / (1 / self.camera.frame_rate))  # Manim's own rounding
        (piece,) = self._cutter.pieces(frames, divisible=False)
        opener = self._segments.opener
        self._enter(piece, opener.of_wait(scene) if opener else None)
        if self._segments.draws:
            self.save_static_frame_data(scene, scene.static_mobjects)
            self.update_frame(scene, mobjects=scene.moving_mobjects)
            with self._looking():
                self.freeze_current_frame(scene.duration)
        else:
            self._pass(frames)

    def _play_its_own_way(self, scene: Scene) -> None:
        """The reader's class steps through its plays itself."""
        frames = len(self._times(scene))
        (piece,) = self._cutter.pieces(frames, divisible=False)
        self._enter(piece, None)
        if self._segments.draws:
            self.save_static_frame_data(scene, scene.static_mobjects)
        scene.play_internal()

    def _step(self, scene: Scene, opening: Opening | None) -> None:
        """`Scene.play_internal`, with what is not drawn left out as far as nobody can tell."""
        times = self._times(scene)
        waits = scene.stop_condition is not None
        jumps = not waits and self._defaults is not None and can_jump(scene)
        visited = moments_to_visit(scene.animations or [], times) if jumps else frozenset()
        pieces = self._cutter.pieces(len(times), divisible=not waits)
        if len(pieces) > 1 and not jumps and not self._segments.draws:
            self.save_static_frame_data(scene, scene.static_mobjects)  # as it is now, for all
            saved = True
        else:
            saved = False
        opener = self._segments.opener
        told = opener.of_play(scene, opening) if jumps and opener and opening else None
        for piece in pieces:
            self._enter(piece, told, inside=jumps and piece.start > 0)
            for index, t in enumerate(times[piece.start : piece.stop], piece.start):
                if self._segments.draws:
                    if not saved:
                        self.save_static_frame_data(scene, scene.static_mobjects)
                        saved = True
                        self._backdrop = self._steady_background() if jumps else None
                    scene.update_to_time(t)
                    self.render(scene, t, scene.moving_mobjects)
                else:
                    if not jumps or index in visited:
                        scene.update_to_time(t)
                    self._pass(1)
                if waits and scene.stop_condition():
                    break
        for animation in scene.animations or []:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)
        self.static_image = self._backdrop = None

    def _steady_background(self) -> np.ndarray | None:
        """The camera's background for a whole play; who knows what a reader's camera does to it."""
        plain = type(self.camera) in (Camera, MovingCamera)
        return self.camera.background.copy() if plain else None

    def save_static_frame_data(
        self, scene: Scene, static_mobjects: Iterable[Mobject]
    ) -> np.ndarray | None:
        """Draw what rests in a play; its address goes into that of each segment drawn over it."""
        self._rest, self._resting = self._segments.new_address(), True
        with self._looking():
            image: np.ndarray | None = super().save_static_frame_data(scene, static_mobjects)
        self._resting = False
        self._over = self._rest.value() if self._rest is not None else None
        return image

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Draw, or only look at what would be drawn."""
        address = self._rest if self._resting else self._segments.address
        if address is not None:
            if kwargs or not include_submobjects:
                address.known = False
            shown = mobjects or list_update(scene.mobjects, scene.foreground_mobjects)
            over = "" if self.static_image is None else self._over
            self._seen = address.drawn(self.camera, shown, over, steady=self._backdrop)
        if self._segments.paints:
            with self._looking():
                super().update_frame(
                    scene, mobjects, include_submobjects, ignore_skipping, **kwargs
                )
        self._seen = None

    def get_frame(self) -> np.ndarray:
        """A copy of the camera's pixels, or these themselves where nobody paints."""
        pixels: np.ndarray = self.camera.pixel_array
        return pixels.copy() if self._segments.paints else pixels

    def as_it_stands(self, scene: Scene) -> np.ndarray:
        """Draw the scene between two plays, whoever draws its film: in a copy of this process."""
        with self._looking():
            return self.last_frame(scene)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """The engine itself reads the camera's pixels."""
        segments = self._segments
        looked, segments.looks = segments.looks, True
        try:
            yield
        finally:
            segments.looks = looked

    def _times(self, scene: Scene) -> np.ndarray:
        scene.duration = scene.get_run_time(scene.animations)
        times: np.ndarray = np.arange(0, scene.duration, 1 / config["frame_rate"])
        return times

    def _enter(self, piece: Piece, opening: str | None, *, inside: bool = False) -> None:
        """Begin a segment, or go on in the open one; `opening` is that of the whole play.

        `inside` of a play that is entered by jumping, the scene stands wherever it was left.
        """
        self._segments.state = None if inside else self._stands
        of_piece = f"{opening}-{piece.start}-{piece.stop}" if opening else None
        if not piece.opens:
            self._segments.goes_on(of_piece)
            return
        self._segments = self._segments.begin(piece.segment, of_piece, fills=piece.fills)
        if self._segments.is_worker:
            self._observer = Nobody()

    def _pass(self, frames: int) -> None:
        self.time += frames * (1 / self.camera.frame_rate)
        self._frames_of_play += frames
        self._segments.passed(frames)

    def render(
        self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None
    ) -> None:
        """Draw a frame, or count it."""
        if self._undrawn or self._observer.sees_frames:
            super().render(scene, time, moving_mobjects)
        elif self._segments.draws:
            self.update_frame(scene, moving_mobjects)
            with self._looking():
                pixels = self.camera.pixel_array
            self.add_frame(pixels)  # encoded before anything else is drawn
        else:
            self._pass(1)

    def add_frame(self, frame: np.ndarray, num_frames: int = 1) -> None:
        """Hand a frame over, or count it."""
        if self._segments.draws or self.skip_animations or not self._plays:
            super().add_frame(frame, num_frames)
        else:
            self._pass(num_frames)

    def _encode(self, pixels: np.ndarray, repeat: int) -> None:
        rows = self.changed_rows()
        if self._segments.makes_straight:
            pixels = self._straight.frame(pixels, self.camera.background, rows)
        else:
            self._straight = StraightFrames()
        self._segments.frame(pixels, repeat, rows)
