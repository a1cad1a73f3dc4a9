"""The port between the engine and the files: start, frame, frame, ..., finish or abort."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from manim.scene.scene_file_writer import AudioSegment

    from mlanim.render.result import Picture, StepTime

__all__ = ["Ending", "Film", "Sink"]


@dataclass(frozen=True)
class Film:
    """What a sink must know before the first frame."""

    width: int
    height: int
    rate: Fraction
    format: str
    transparent: bool


@dataclass(frozen=True)
class Ending:
    """What is known only after the last frame: chapters and sound."""

    chapters: tuple[StepTime, ...] = ()
    sound: AudioSegment | None = None


class Sink(Protocol):
    """Takes RGBA frames (height, width, 4) uint8 in order and makes a file or folder of them.

    `frame` owns the array that it is given. After `finish` the target is complete; after `abort`,
    which may also follow a call that failed, nothing of the sink's is open.
    """

    def start(self, target: Path, film: Film) -> None:
        """Open the target."""

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Append a frame that is shown `repeat` times."""

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Complete the target. A png sequence gives its files, others nothing."""

    def abort(self) -> None:
        """Let go of everything that is open."""
