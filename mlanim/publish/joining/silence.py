"""Silence: one packet of it, as the encoder of the other films' sound makes it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import av
import numpy as np

from mlanim.errors import UsageError
from mlanim.publish.joining.film_file import FilmFile, Sound

__all__ = ["Silence", "silence_like"]

_ENCODERS = {"aac": "aac", "opus": "libopus", "libopus": "libopus"}
_PACKETS = 8  # of which the last ones know nothing of how the sound began


@dataclass(frozen=True)
class Silence:
    """A packet that stands for so many samples; None where no such packet could be made."""

    rate: int
    samples: int
    packet: bytes | None

    def check(self, film: FilmFile, sound: Sound) -> None:
        """Refuse a film without sound among others whose silence nobody can make.

        Raises:
            UsageError: naming both.
        """
        if self.packet is None and film.sound is None:
            heard = f"{sound.codec}, {sound.rate} Hz, {sound.layout}"
            raise UsageError(
                f"{film.path} has no sound, and no silence fits the others' ({heard})",
                "render all with mlanim, or all without --narrate",
            )


def silence_like(sound: Sound, format: str) -> Silence:
    """A packet of silence for a stream of that sound."""
    encoder = _ENCODERS.get(sound.codec)
    if encoder is None:
        return Silence(sound.rate, 1024, None)
    kept: list[bytes] = []
    with av.open(io.BytesIO(), "w", format=format) as output:
        stream: Any = output.add_stream(encoder, rate=sound.rate, layout=sound.layout)
        codec = stream.codec_context
        codec.open()
        samples = codec.frame_size
        channels = codec.layout.nb_channels
        planar = codec.format.is_planar
        shape = (channels, samples) if planar else (1, channels * samples)
        kind = np.float32 if "flt" in codec.format.name else np.int16
        for i in range(_PACKETS):
            frame = av.AudioFrame.from_ndarray(
                np.zeros(shape, kind), format=codec.format.name, layout=codec.layout.name
            )
            frame.sample_rate, frame.pts = sound.rate, i * samples
            kept += [bytes(packet) for packet in codec.encode(frame)]
        fits = bytes(codec.extradata or b"") == sound.set_up
    return Silence(sound.rate, samples, kept[-1] if fits and kept else None)
