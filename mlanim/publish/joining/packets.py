"""Copying: packets of several films into one, as they are, only with other times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from mlanim.publish.joining.film_file import FilmFile
from mlanim.publish.joining.silence import Silence, silence_like
from mlanim.render.sinks.assemble import OPTIONS, UNSEEN, chapter
from mlanim.render.sinks.result import StepTime

__all__ = ["write_joined"]


def write_joined(films: Sequence[FilmFile], target: Path, chapters: Sequence[StepTime]) -> None:
    """Write films one behind the other; where some have sound, the others are silent.

    Raises:
        UsageError: a film needs silence that cannot be made to fit the others' sound.
    """
    first = films[0]
    heard = next((film for film in films if film.sound), None)
    sound: _Sound | None = None
    with av.open(str(target), "w", format=first.format, options=OPTIONS[first.format]) as output:
        output.metadata["comment"] = "Rendered with mlanim"
        output.set_chapters([chapter(i, step) for i, step in enumerate(chapters)])
        video = _stream(output, first.path, "video")
        if heard is not None and heard.sound is not None:
            silence = silence_like(heard.sound, first.format)
            for film in films:
                silence.check(film, heard.sound)
            sound = _Sound(_stream(output, heard.path, "audio"), silence)
        frames = 0
        for film in films:
            _copy(film, output, video, sound, frames)
            frames += film.frames
            for packet in sound.until(frames / first.rate) if sound else ():
                output.mux(packet)


def _stream(output: Any, like: Path, kind: str) -> Any:
    """A stream that is declared as the one of a film."""
    with av.open(str(like), stream_options=UNSEEN) as source:
        template = getattr(source.streams, kind)[0]
        return output.add_stream_from_template(template, opaque=True)


class _Sound:
    """The joined sound, as far as it is written; gaps are filled with silence."""

    def __init__(self, stream: Any, silence: Silence) -> None:
        self._stream, self._silence = stream, silence
        self._end: int | None = None  # samples up to where it is written

    def until(self, time: Fraction) -> Iterator[Any]:
        """Silence up to a moment, in seconds of the joined film."""
        silence, at = self._silence, self._end or 0
        end = round(time * silence.rate)
        while silence.packet is not None and at + silence.samples <= end:
            yield self._timed(av.Packet(silence.packet), at, silence.samples)
            at += silence.samples

    def take(self, packet: Any, begins: Fraction) -> Iterator[Any]:
        """A packet of a film that begins then; none where most of it is written already.

        What lies before the first sample, which decoders need, stays at the very beginning.
        """
        rate = self._silence.rate
        at = round((packet.pts * packet.time_base + begins) * rate)
        length = round(packet.duration * packet.time_base * rate) or self._silence.samples
        if self._end is not None and at + length // 2 <= self._end:
            return
        yield from self.until(Fraction(at, rate))
        yield self._timed(packet, at if self._end is None else max(at, self._end), length)

    def _timed(self, packet: Any, at: int, length: int) -> Any:
        packet.pts = packet.dts = at
        packet.duration, packet.time_base = length, Fraction(1, self._silence.rate)
        packet.stream = self._stream
        self._end = at + length
        return packet


def _copy(film: FilmFile, output: Any, video: Any, sound: _Sound | None, before: int) -> None:
    """Append a film's packets behind so many frames."""
    with av.open(str(film.path), stream_options=UNSEEN) as source:
        pictures: Any = source.streams.video[0]
        wanted: list[Any] = [pictures]
        if sound is not None and film.sound is not None:
            wanted.append(source.streams.audio[0])
        of_a_frame = 1 / film.rate
        in_frames = Fraction(pictures.time_base) / of_a_frame
        for packet in source.demux(*wanted):
            if packet.pts is None or packet.dts is None:  # the last one is only a flush
                continue
            if packet.stream is not pictures:
                assert sound is not None
                for heard in sound.take(packet, before / film.rate):
                    output.mux(heard)
                continue
            packet.pts = before + round(packet.pts * in_frames)
            packet.dts = before + round(packet.dts * in_frames)
            packet.duration, packet.time_base = 1, of_a_frame
            packet.stream = video
            output.mux(packet)
