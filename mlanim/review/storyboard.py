"""The storyboard's pictures: each step of a scene by its last frame, and more if asked for."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from manim import Scene
from PIL import Image, ImageChops

from mlanim.errors import MlanimError, UsageError
from mlanim.render.engine import render
from mlanim.render.observer import Observer, Observers
from mlanim.render.spec import RenderSpec
from mlanim.review.moment import BETWEEN, Moment, moment_of
from mlanim.review.sheet import Panel

__all__ = ["panels_of"]


def panels_of(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    every: float | None = None,
    progress: Observer | None = None,
) -> list[Panel]:
    """A panel for the end of each step that is shown, as large as the spec says.

    A plain Manim scene gives one for the end of each section, or of each play where it has none.
    All plays are fast-forwarded and only their ends are drawn, unless pictures through each step
    are wanted too: then `every` is the seconds from one to the next.

    Raises:
        UsageError: `every` is not above 0.
        MlanimError: the scene failed, or shows nothing.
    """
    if every is not None and not every > 0:
        raise UsageError(f"--every {every:g}", "give the seconds between two pictures, above 0")
    watcher = _Watcher(every)
    with tempfile.TemporaryDirectory(prefix="mlanim-storyboard-") as folder:
        if every is None:
            spec = replace(spec, format="png", output=Path(folder) / "end.png")
        else:
            spec = replace(spec, format="none", output=None)
        render(scene_class, spec, observer=Observers([progress, watcher]))
    if not watcher.panels:
        raise MlanimError(f"{scene_class.__name__} shows nothing", "let it play something")
    return watcher.panels


class _Watcher(Observer):
    """Collects panels: at the end of each step, and `every` so many seconds of what is drawn."""

    def __init__(self, every: float | None) -> None:
        self.panels: list[Panel] = []
        self._every = every
        self._due = every or 0.0
        self._moment = Moment(-1, "the only picture")
        self._open: int | None = None  # the step whose last panel a later end replaces
        self._seconds = 0.0

    def play_started(self, scene: Scene) -> None:
        """Remember in which step the frames to come lie."""
        self._moment = moment_of(scene)

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """Take a frame whose time has come; or the only one, of a scene that plays nothing."""
        if self._every is None:
            if not self.panels:
                self._add(pixels, 0.0)
        elif time >= self._due:
            self._add(pixels, time)
            self._open = None  # this one stays
            self._due = (time // self._every + 1) * self._every

    def play_finished(self, scene: Scene, time: float) -> None:
        """Take the end of a play that was drawn."""
        self._end(scene, time)

    def play_skipped(self, scene: Scene) -> None:
        """Take the end of a play that was fast-forwarded, if it belongs to what was asked for."""
        self._moment = moment_of(scene)
        if self._every is None and self._moment.shown:
            self._end(scene, self._seconds + scene.duration)

    def _end(self, scene: Scene, time: float) -> None:
        camera = scene.camera
        camera.reset()
        camera.capture_mobjects([*scene.mobjects, *scene.foreground_mobjects])
        self._add(camera.pixel_array, time)
        self._open, self._seconds = self._moment.key, time

    def _add(self, pixels: np.ndarray, time: float) -> None:
        """Put a panel behind the others, or in the place of an earlier end of the same step."""
        image = Image.fromarray(pixels[..., :3].copy())
        start = self._seconds
        if self._open == self._moment.key:
            start = self.panels.pop().start
        elif self._moment.step == BETWEEN and self.panels and _same(image, self.panels[-1].image):
            return  # a wait after the last step shows nothing new
        self.panels.append(Panel(image, self._moment.step, start, time, self._moment.say))


def _same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None
