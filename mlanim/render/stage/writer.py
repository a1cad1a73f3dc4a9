"""FrameWriter: stands where Manim's SceneFileWriter stands and passes frames on, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manim.scene.scene_file_writer import AudioSegment, SceneFileWriter

from mlanim.render.plays.timeline import Timeline

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FrameWriter"]


@dataclass(frozen=True)
class _Sound:
    segment: AudioSegment
    scene_time: float
    gain_to_background: float | None


class FrameWriter(SceneFileWriter):
    """Keeps Manim's sections, subcaptions and sounds; writes no file, opens no encoder.

    Manim's manager, scene and renderer call what is overridden here.

    Attributes:
        hears: whether sounds are wanted; their files are not even looked for otherwise.
    """

    def __init__(
        self,
        settings: Any,
        on_frame: Callable[[np.ndarray, int], None],
        on_section: Callable[[bool], None],
        on_name: Callable[[str, bool], bool],
    ) -> None:
        self._on_frame, self._on_section, self._on_name = on_frame, on_section, on_name
        self.hears = True
        self._sounds: list[_Sound] = []
        super().__init__(settings)

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Begin a section; a sound before its first play must know whether it is skipped."""
        skip_animations = self._on_name(name, skip_animations)
        super().next_section(name, type_, skip_animations)
        self._on_section(skip_animations)

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        """Tell the section that it is not empty."""
        self.sections[-1].partial_movie_files.append(None)

    def begin_animation(
        self, allow_write: bool = False, *, animation_index: int, file_path: Any = None
    ) -> None:
        """Nothing to open: the sink takes the whole film."""

    def end_animation(self, allow_write: bool = False) -> None:
        """Nothing to close."""

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        """Pass a frame on."""
        self._on_frame(pixels, repeat)

    def save_image(self, pixels: np.ndarray) -> None:
        """Pass the only frame on."""
        self._on_frame(pixels, 1)

    def finish(self) -> None:
        """Nothing to join: the engine finishes the sink."""

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Nothing to abort: the engine aborts the sink."""

    def is_already_cached(self, hash_invocation: str) -> bool:
        """Nothing is cached by Manim's own addresses."""
        return False

    def add_sound(self, *args: Any, **kwargs: Any) -> None:
        """Read a sound's file, unless somebody else sees to it."""
        if self.hears:
            super().add_sound(*args, **kwargs)

    def add_audio_segment(
        self,
        new_segment: AudioSegment,
        time: float | None = None,
        gain_to_background: float | None = None,
    ) -> None:
        """Keep a sound with its time on the scene's clock, which the output's may differ from."""
        if time is None or time < 0:
            raise ValueError("a sound cannot start before the scene does")
        self.includes_sound = True
        self._sounds.append(_Sound(new_segment, time, gain_to_background))

    def sound(self, timeline: Timeline) -> AudioSegment | None:
        """All sounds mixed to the length of the output, 44.1 kHz, or None when there are none."""
        if not self._sounds:
            return None
        mix = AudioSegment.silent(round(timeline.seconds * 1000), frame_rate=44100)
        for sound in self._sounds:
            mix = mix.overlay(
                sound.segment,
                position=round(1000 * timeline.output_time(sound.scene_time)),
                gain_during_overlay=sound.gain_to_background or 0,
            )
        return mix

    @property
    def final_file_path(self) -> Path | None:
        """Manim opens nothing: the command does."""
        return None
