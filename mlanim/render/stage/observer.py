"""Observer: what may look on while a scene is rendered (progress, storyboard, check)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from manim import Scene

__all__ = ["Nobody", "Observer", "Observers"]


class Observer:
    """Hooks that do nothing; override those you need. All times are seconds of the output.

    An observer looks and must not touch: what it changes in the scene would be drawn.

    Attributes:
        sees_frames: whether it wants frames, each while the scene stands as it is drawn. All is
            then drawn in one process; otherwise workers draw, and `frames_made` counts instead.
    """

    sees_frames = True

    def play_started(self, scene: Scene) -> None:
        """A play or wait that is shown has begun; `scene.animations` have started."""

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """A frame was drawn: RGBA (height, width, 4) uint8, read only, shown `repeat` times."""

    def frames_made(self, frames: int, seconds: float) -> None:
        """So much more of the film is done, in whatever order."""

    def segment_made(self, file: Path) -> None:
        """A worker has finished a segment; files are numbered in the order of the film."""

    def play_finished(self, scene: Scene, time: float) -> None:
        """A play or wait that is shown has ended, at `time`."""

    def play_skipped(self, scene: Scene) -> None:
        """A play or wait was fast-forwarded: it is not in the output."""

    def writing(self, share: float) -> None:
        """All is drawn; that much of the file is written, 0 to 1, where it takes a while."""

    def noted(self, line: str) -> None:
        """Something that a reader may want to know, though nothing is wrong with the output."""

    def working(self, what: str, share: float) -> None:
        """The scene computes before it plays, and is so far, 0 to 1."""


class Nobody(Observer):
    """Looks at nothing: frames go to the encoder without being copied."""

    sees_frames = False


class Observers(Observer):
    """Several observers as one.

    >>> Observers([Observer(), None]).play_skipped(None)
    """

    def __init__(self, observers: Iterable[Observer | None]) -> None:
        self._observers = [observer for observer in observers if observer is not None]
        self.sees_frames = any(observer.sees_frames for observer in self._observers)

    def play_started(self, scene: Any) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.play_started(scene)

    def frame(self, pixels: Any, time: float, repeat: int) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.frame(pixels, time, repeat)

    def frames_made(self, frames: int, seconds: float) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.frames_made(frames, seconds)

    def segment_made(self, file: Path) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.segment_made(file)

    def play_finished(self, scene: Any, time: float) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.play_finished(scene, time)

    def play_skipped(self, scene: Any) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.play_skipped(scene)

    def writing(self, share: float) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.writing(share)

    def noted(self, line: str) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.noted(line)

    def working(self, what: str, share: float) -> None:
        """Tell all."""
        for observer in self._observers:
            observer.working(what, share)
