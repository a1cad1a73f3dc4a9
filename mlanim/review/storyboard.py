"""The storyboard's pictures: each step of a scene by its last frame, and more if asked for."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from manim import Mobject, Scene
from PIL import Image

from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.observer import Observer, Observers
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import frames_every, look_at_end, look_at_frames
from mlanim.render.stills.seeking import Glimpse
from mlanim.review.moment import BETWEEN, Moment, moment_of
from mlanim.review.sheet import Panel

__all__ = ["panels_of"]

_CLEARED = 0.75  # of what was drawn, in pixels and in parts: below it, a step has cleared up


def panels_of(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    every: float | None = None,
    progress: Observer | None = None,
) -> list[Panel]:
    """A panel for the end of each step that is shown (before it clears up), in the spec's size.

    A plain Manim scene gives one for the end of each section, or of each play where it has none.
    All plays are fast-forwarded and only their ends are drawn, unless pictures through each step
    are wanted too: then `every` is the seconds from one to the next.

    Raises:
        UsageError: `every` is not above 0.
        MlanimError: the scene failed, or shows nothing.
    """
    if every is not None and not 0 < every < math.inf:
        raise UsageError(f"--every {every:g}", "give the seconds between two pictures, above 0")
    watcher = _Watcher(every)
    looks = Observers([progress, watcher])
    spec = spec.seeded()
    with configured(spec):
        if every is None:
            look_at_end(scene_class, spec, watcher.glimpse, observer=looks)
        else:
            frames = frames_every(every, spec.fps)
            look_at_frames(scene_class, spec, frames, watcher.glimpse, observer=looks)
    if not watcher.panels:
        raise MlanimError(f"{scene_class.__name__} shows nothing", "let it play something")
    return watcher.panels


class _Watcher(Observer):
    """Collects panels: at the end of each step, and `every` so many seconds of what is drawn.

    A step that clears up behind itself, so that much goes and nothing comes, is shown as it was
    before; and an outer step that only clears up after an inner one, or a wait after the last, is
    not shown at all.
    """

    def __init__(self, every: float | None) -> None:
        self.panels: list[Panel] = []
        self._every = every
        self._moment = Moment(-1, "the only picture")
        self._open: int | None = None  # the step whose last panel a later end may replace
        self._known: set[int] = set()
        self._inked = 0
        self._there: set[Mobject] = set()  # what the step's panel shows
        self._seconds = 0.0

    def play_started(self, scene: Scene) -> None:
        """Remember in which step the frames to come lie."""
        self._moment = moment_of(scene)

    def glimpse(self, glimpse: Glimpse) -> None:
        """Take a frame whose time has come; of the end only the one of a scene without plays."""
        if self._every is not None or not self.panels:
            self._add(glimpse.pixels, glimpse.time)

    def play_finished(self, scene: Scene, time: float) -> None:
        """Take the end of a play that was drawn."""
        self._end(scene, time)

    def play_skipped(self, scene: Scene) -> None:
        """Take the end of a play that was fast-forwarded, if it belongs to what was asked for."""
        self._moment = moment_of(scene)
        if self._every is None and self._moment.shown:
            self._end(scene, self._seconds + scene.duration)

    def _end(self, scene: Scene, time: float) -> None:
        """Show how a play ended: in a new panel, in the place of the step's last one, or not."""
        camera, moment = scene.camera, self._moment
        camera.reset()
        camera.capture_mobjects([*scene.mobjects, *scene.foreground_mobjects])
        pixels = camera.pixel_array
        inked, there = _inked(pixels), _things(scene)
        if self._open == moment.key:
            last = self.panels[-1]
            # A picture may become darker with all that it shows, and a table lose its columns.
            stays = inked >= _CLEARED * self._inked or len(there) >= _CLEARED * len(self._there)
            if stays or not there <= self._there:
                self.panels.pop()
                self._add(pixels, time, since=last.start)
                self._there = there
            else:
                self.panels[-1] = replace(last, end=time)
        elif inked > self._inked or not (moment.key in self._known or moment.step == BETWEEN):
            self._add(pixels, time, since=self._seconds)
            self._open, self._there = moment.key, there
        self._known.add(moment.key)
        self._seconds = time

    def _add(self, pixels: np.ndarray, time: float, *, since: float | None = None) -> None:
        image = Image.fromarray(pixels[..., :3].copy())
        start = time if since is None else since
        self.panels.append(Panel(image, self._moment.step, start, time, self._moment.say))
        self._inked = _inked(pixels)
        self._open = None if since is None else self._open


def _things(scene: Scene) -> set[Mobject]:
    """The mobjects on the screen that draw something."""
    return {m for top in scene.mobjects for m in top.get_family() if m.has_points()}


def _inked(pixels: np.ndarray) -> int:
    """How many pixels have another colour than the corner, which shows the background."""
    away = np.abs(pixels[..., :3].astype(np.int16) - pixels[0, 0, :3])
    return int((away > 8).any(axis=-1).sum())
