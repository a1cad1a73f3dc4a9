"""Assembly: silent segments, sound and chapters become one film, nothing encoded again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    from manim.scene.scene_file_writer import AudioSegment

    from mlanim.render.sinks.result import StepTime

__all__ = ["OPTIONS", "UNSEEN", "assemble", "chapter"]

_MILLISECOND = Fraction(1, 1000)
OPTIONS: Mapping[str, dict[str, str]] = {  # of the containers
    "webm": {"fflags": "+bitexact"},  # else it numbers itself by chance
    "mp4": {"movflags": "+faststart"},  # the index first: browsers start before the end is there
    "mov": {"movflags": "+faststart"},
}
# Else opening a segment would decode its first picture. (PyAV's types speak of words.)
UNSEEN: Any = [{"skip_frame": "all"}]


def assemble(segments: Sequence[Path], target: Path, film: Film, ending: Ending) -> None:
    """Write the film: the segments' packets as they are, chapters, and sound encoded to fit."""
    with av.open(str(target), "w", format=film.format, options=OPTIONS[film.format]) as output:
        output.metadata["comment"] = "Rendered with mlanim"
        output.set_chapters([chapter(i, step) for i, step in enumerate(ending.chapters)])
        with av.open(str(segments[0])) as first:
            video = output.add_stream_from_template(first.streams.video[0], opaque=True)
        audio = _add_audio_stream(output, film) if ending.sound is not None else None
        frames = 0
        for segment in segments:
            frames += _copy_packets(segment, output, video, film.rate, frames)
        if ending.sound is not None:
            _encode_sound(ending.sound, output, audio)


def _copy_packets(path: Path, output: Any, video: Any, rate: Fraction, before: int) -> int:
    """Append a segment's packets behind so many frames; how many frames it has."""
    frames, of_a_frame = 0, 1 / rate
    with av.open(str(path), stream_options=UNSEEN) as source:
        stream: Any = source.streams.video[0]
        ticks, of_frames = (stream.time_base * rate).as_integer_ratio()
        for packet in source.demux(stream):
            if packet.pts is None or packet.dts is None:  # the last one is only a flush
                continue
            # containers round: count in frames
            packet.pts = before + round(packet.pts * ticks / of_frames)
            packet.dts = before + round(packet.dts * ticks / of_frames)
            packet.duration = 1
            packet.time_base = of_a_frame
            packet.stream = video
            output.mux(packet)
            frames += 1
    return frames


def chapter(index: int, step: StepTime) -> Any:
    """A chapter, as PyAV takes it."""
    return {
        "id": index,
        "start": round(step.start * 1000),
        "end": round(step.end * 1000),
        "time_base": _MILLISECOND,
        "metadata": {"title": step.title or step.name},
    }


def _add_audio_stream(output: Any, film: Film) -> Any:
    """AAC, or in webm Opus, which knows 48 kHz only."""
    if film.format == "webm":
        return output.add_stream("libopus", rate=48000, layout="stereo")
    return output.add_stream("aac", rate=44100, layout="stereo")


def _encode_sound(sound: AudioSegment, output: Any, stream: Any) -> None:
    wav = io.BytesIO()
    sound.export(wav, format="wav")
    wav.seek(0)
    with av.open(wav, "r") as source:
        for frame in source.decode(source.streams.audio[0]):
            output.mux(stream.encode(frame))
    output.mux(stream.encode())
