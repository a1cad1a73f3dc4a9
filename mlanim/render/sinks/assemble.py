"""Assembly: a silent video segment, sound and chapters become one film, nothing encoded again."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    from manim.scene.scene_file_writer import AudioSegment

    from mlanim.render.result import StepTime

__all__ = ["assemble"]

_MILLISECOND = Fraction(1, 1000)
_FASTSTART = {"movflags": "+faststart"}  # the index first: browsers start before the end is there


def assemble(segment: Path, target: Path, film: Film, ending: Ending) -> None:
    """Write the film: the segment's packets as they are, chapters, and sound encoded to fit."""
    options = {} if film.format == "webm" else _FASTSTART
    with av.open(str(target), "w", format=film.format, options=options) as output:
        output.metadata["comment"] = "Rendered with mlanim"
        output.set_chapters([_chapter(i, step) for i, step in enumerate(ending.chapters)])
        with av.open(str(segment)) as first:
            video = output.add_stream_from_template(first.streams.video[0])
        audio = _add_audio_stream(output, film) if ending.sound is not None else None
        _copy_packets(segment, output, video)
        if ending.sound is not None:
            _encode_sound(ending.sound, output, audio)


def _copy_packets(segment: Path, output: Any, video: Any) -> None:
    with av.open(str(segment)) as source:
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:  # the last one is only a flush
                packet.stream = video
                output.mux(packet)


def _chapter(index: int, step: StepTime) -> Any:
    return {
        "id": index,
        "start": round(step.start * 1000),
        "end": round(step.end * 1000),
        "time_base": _MILLISECOND,
        "metadata": {"title": step.name},
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
