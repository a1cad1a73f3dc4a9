"""Timeline: from the scene's own clock and its plays to times in the output.

They differ where plays are fast-forwarded: the scene's clock runs on, the output does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mlanim.render.sinks.result import StepTime

__all__ = ["PlayRecord", "Timeline"]


@dataclass(frozen=True, slots=True)
class PlayRecord:
    """One play or wait: its seconds on the scene's clock and its frames in the output."""

    scene_start: float
    scene_end: float
    frames: int
    shown: bool


class _Step(Protocol):
    name: str
    path: str
    say: str
    title: str
    depth: int
    first_play: int
    last_play: int | None


class Timeline:
    """The plays so far, in order.

    Args:
        fps: frames a second of the output.
        speed: seconds on the scene's clock in one of the output.

    >>> line = Timeline(fps=10)
    >>> line.add(PlayRecord(0.0, 1.0, frames=0, shown=False))
    >>> line.add(PlayRecord(1.0, 2.0, frames=10, shown=True))
    >>> line.seconds, line.output_time(0.5), line.output_time(1.5)
    (1.0, 0.0, 0.5)
    """

    def __init__(self, fps: float, speed: float = 1.0) -> None:
        self._fps, self._speed = fps, speed
        self._plays: list[PlayRecord] = []
        self._frames_before = [0]

    def add(self, play: PlayRecord) -> None:
        """Append a play that has ended."""
        self._plays.append(play)
        self._frames_before.append(self._frames_before[-1] + play.frames)

    @property
    def frames(self) -> int:
        """Frames of the output so far."""
        return self._frames_before[-1]

    def time_of(self, frame: int) -> float:
        """Output seconds at which a frame of the output is shown."""
        return frame / self._fps

    @property
    def seconds(self) -> float:
        """Length of the output so far."""
        return self.frames / self._fps

    def start_of_play(self, index: int) -> float:
        """Output seconds at which play `index` starts; past the last one, the end."""
        return self._frames_before[min(index, len(self._plays))] / self._fps

    def output_time(self, scene_time: float) -> float:
        """Output seconds of a moment on the scene's clock."""
        for play, frames_before in zip(self._plays, self._frames_before, strict=False):
            if scene_time < play.scene_end:
                since = max(0.0, scene_time - play.scene_start) if play.shown else 0.0
                return frames_before / self._fps + since / self._speed
        return self.seconds

    def shown_between(self, scene_start: float, scene_end: float) -> bool:
        """Whether any of a span of the scene's clock is in the output."""
        return any(
            play.shown and play.scene_start < scene_end and scene_start < play.scene_end
            for play in self._plays
        )

    def steps(self, steps: Iterable[_Step], *, depth: int | None = None) -> tuple[StepTime, ...]:
        """The steps that take time in the output; `depth` 0 gives the outermost alone."""
        found = []
        for step in steps:
            end_play = len(self._plays) if step.last_play is None else step.last_play
            start, end = self.start_of_play(step.first_play), self.start_of_play(end_play)
            if end > start and depth in (None, step.depth):
                found.append(StepTime(step.name, step.path, start, end, step.say, step.title))
        return tuple(found)
