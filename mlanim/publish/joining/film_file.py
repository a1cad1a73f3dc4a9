"""What a film's file holds: as much as decides whether its packets can stand behind another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from mlanim.errors import UsageError

__all__ = ["FilmFile", "Sound", "check_agreement", "read_film"]


@dataclass(frozen=True)
class Sound:
    """A film's sound: its coding, samples a second, channels, and how its decoder is set up."""

    codec: str
    rate: int
    layout: str
    set_up: bytes


@dataclass(frozen=True)
class FilmFile:
    """A film that is to be joined.

    Attributes:
        format: the container, which is the suffix.
        set_up: what the decoder is told before the first picture; films of one encoder with the
            same settings agree in it.
        frames: all of them, at a steady `rate`.
        chapters: title, start and end in seconds.
    """

    path: Path
    format: str
    width: int
    height: int
    rate: Fraction
    codec: str
    pixels: str
    transparent: bool
    time_base: Fraction
    set_up: bytes
    frames: int
    sound: Sound | None
    chapters: tuple[tuple[str, float, float], ...]

    @property
    def seconds(self) -> Fraction:
        """How long it lasts."""
        return self.frames / self.rate

    @property
    def looks(self) -> Mapping[str, str]:
        """What must be the same in all films, each in words."""
        return {
            "container": self.format,
            "size": f"{self.width}x{self.height}",
            "rate": f"{float(self.rate):g} frames a second",
            "codec": self.codec,
            "pixel format": self.pixels,
            "background": "none" if self.transparent else "opaque",
            "time base": f"{self.time_base}",
        }


def read_film(path: Path, formats: tuple[str, ...]) -> FilmFile:
    """Look into a film, of which no more than the first picture is decoded.

    Raises:
        UsageError: it is no film that can be joined.
    """
    kind = path.suffix[1:].lower()
    if kind not in formats:
        raise UsageError(f"{path} is no {', '.join(formats)}", "join films of one of these kinds")
    if not path.is_file():
        raise UsageError(f"{path}: no such film", "render it first, or correct its name")
    try:
        with av.open(str(path)) as source:
            if not source.streams.video:
                raise UsageError(f"{path} has no pictures", "join films")
            return _film(path, kind, source)
    except av.FFmpegError as error:
        raise UsageError(f"{path} is no film", error.strerror or str(error)) from error


def _film(path: Path, kind: str, source: Any) -> FilmFile:
    stream = source.streams.video[0]
    codec = stream.codec_context
    rate = Fraction(stream.average_rate or 0)
    if not rate:
        raise UsageError(f"{path} has no rate of frames", "render it again")
    transparent = "a" in (codec.pix_fmt or "") or stream.metadata.get("alpha_mode") == "1"
    sound = None
    if source.streams.audio:
        heard = source.streams.audio[0].codec_context
        sound = Sound(heard.name, heard.rate, heard.layout.name, bytes(heard.extradata or b""))
    chapters = tuple(
        (
            str(told["metadata"].get("title", "")),
            float(told["start"] * told["time_base"]),
            float(told["end"] * told["time_base"]),
        )
        for told in source.chapters()
    )
    return FilmFile(
        path,
        kind,
        stream.width,
        stream.height,
        rate,
        codec.name.removeprefix("lib").replace("dav1d", "av1").replace("vpx-vp9", "vp9"),
        codec.pix_fmt or "unknown",
        transparent,
        Fraction(stream.time_base),
        bytes(codec.extradata or b""),
        _steady_frames(path, source, stream, rate),
        sound,
        chapters,
    )


def _steady_frames(path: Path, source: Any, stream: Any, rate: Fraction) -> int:
    """Count the frames, each of which must stand as long as the others."""
    shown = sorted(packet.pts for packet in source.demux(stream) if packet.pts is not None)
    places = [round(pts * stream.time_base * rate) for pts in shown]
    if not places or places != list(range(len(places))):
        raise UsageError(
            f"{path} has no steady {float(rate):g} frames a second",
            "render it again: only films whose frames all stand as long can be joined",
        )
    return len(places)


def check_agreement(first: FilmFile, other: FilmFile) -> None:
    """Refuse a film whose packets cannot follow those of the first.

    Raises:
        UsageError: with the first thing in which they differ.
    """
    for name, wanted in first.looks.items():
        if (has := other.looks[name]) != wanted:
            raise UsageError(
                f"{other.path} cannot be joined to {first.path}",
                f"its {name} is {has}, not {wanted}",
                "render both with the same -q, --aspect, --fps, --format and --codec",
            )
    if first.set_up != other.set_up:
        raise UsageError(
            f"{other.path} cannot be joined to {first.path}",
            f"its {other.codec} encoder was set up in another way",
            "render both with this version of mlanim",
        )
    if first.sound and other.sound and first.sound != other.sound:
        raise UsageError(
            f"{other.path} cannot be joined to {first.path}",
            f"its sound is {_heard(other.sound)}, not {_heard(first.sound)}",
            "render both with mlanim",
        )


def _heard(sound: Sound) -> str:
    return f"{sound.codec}, {sound.rate} Hz, {sound.layout}"
