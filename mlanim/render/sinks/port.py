"""The port between the engine and the files: a film is written in segments, then assembled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from manim.scene.scene_file_writer import AudioSegment

    from mlanim.render.sinks.result import Chosen, StepTime

__all__ = ["AS_DRAWN", "Ending", "Film", "Writer"]

AS_DRAWN = ("digests", "pictures")  # formats that only `verify` asks for: a camera's own pixels
_WITH_ALPHA = ("gif", "webp", "png", "png-sequence")  # formats that always have it


@dataclass(frozen=True)
class Film:
    """What must be known before the first frame.

    `plays`, `hold` (seconds that the last picture stays) and `most_bytes` are for GIF and WebP.
    """

    width: int
    height: int
    rate: Fraction
    format: str
    transparent: bool
    codec: str | None = None
    plays: int = 0
    hold: float = 0.0
    most_bytes: int | None = None

    @property
    def straight(self) -> bool:
        """Whether its frames are to have straight alpha: all that can be seen through."""
        return self.format in _WITH_ALPHA or (self.transparent and self.format not in AS_DRAWN)


@dataclass(frozen=True)
class Ending:
    """What is known only after the last frame: chapters and sound; and who wants to be told.

    `on_progress` hears how much of the file is written, 0 to 1, where that takes a while;
    `on_choice` hears what was chosen to keep to `Film.most_bytes`.
    """

    chapters: tuple[StepTime, ...] = ()
    sound: AudioSegment | None = None
    on_progress: Callable[[float], None] = lambda share: None
    on_choice: Callable[[Chosen], None] = lambda chosen: None


class Writer(Protocol):
    """Takes RGBA frames (height, width, 4) uint8 in order and makes a segment's file of them.

    Their alpha is straight where the film says so.
    """

    path: Path

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None = None) -> None:
        """Append a frame that is shown `repeat` times and not kept.

        Outside of `rows` it is as the last one; None is said where nobody knows.
        """

    def close(self) -> None:
        """Complete the file."""

    def abort(self) -> None:
        """Close and remove the file; also after a call that failed."""
