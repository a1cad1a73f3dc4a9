"""mp4, webm and mov: frames are encoded into a silent segment, then assembled into the film."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from mlanim.render.sinks.alpha import straight_alpha
from mlanim.render.sinks.assemble import assemble
from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    import numpy as np

    from mlanim.render.result import Picture

__all__ = ["Encoding", "Video", "encoding_of"]

_BT709 = 1  # the number of BT.709 among colour primaries, transfer curves and matrices
_LIMITED_RANGE = 1


@dataclass(frozen=True)
class Encoding:
    """A codec with its pixel format and options."""

    codec: str
    pixel_format: str
    options: Mapping[str, str] = field(default_factory=dict)


_H264 = Encoding("libx264", "yuv420p", {"preset": "veryfast", "tune": "animation", "crf": "23"})
_VP9 = {"crf": "28", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}
_PRORES_4444 = {"profile": "4444", "vendor": "apl0", "alpha_bits": "16"}


def encoding_of(film: Film) -> Encoding:
    """The encoding of a container: what every browser and QuickTime plays."""
    if film.format == "webm":
        alpha = {"auto-alt-ref": "0"} if film.transparent else {}
        return Encoding("libvpx-vp9", "yuva420p" if film.transparent else "yuv420p", _VP9 | alpha)
    if film.transparent:
        return Encoding("prores_ks", "yuva444p10le", _PRORES_4444)
    return _H264


class Video:
    """Encodes into `<target>.segment` while frames come; `finish` assembles the target from it."""

    def start(self, target: Path, film: Film) -> None:
        """Open the segment and the encoder."""
        self._target, self._film = target, film
        self._segment = target.with_name(f"{target.name}.segment")
        self._encoding = encoding_of(film)
        self._next_frame = 0
        self._container = av.open(str(self._segment), "w", format=film.format)
        options = dict(self._encoding.options)
        stream: Any = self._container.add_stream(
            self._encoding.codec, rate=film.rate, options=options
        )
        stream.width, stream.height = film.width, film.height
        stream.pix_fmt = self._encoding.pixel_format
        codec = stream.codec_context
        codec.color_primaries = codec.color_trc = codec.colorspace = _BT709
        codec.color_range = _LIMITED_RANGE
        codec.sample_aspect_ratio = 1
        self._stream = stream

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Convert the frame once and encode it `repeat` times."""
        pixels = straight_alpha(rgba) if self._film.transparent else rgba
        frame = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(
            format=self._encoding.pixel_format, dst_colorspace="ITU709"
        )
        for _ in range(repeat):
            frame.pts = self._next_frame
            frame.time_base = 1 / self._film.rate
            self._container.mux(self._stream.encode(frame))
            self._next_frame += 1

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Flush the encoder and assemble the film."""
        self._container.mux(self._stream.encode())
        self._container.close()
        assemble(self._segment, self._target, self._film, ending)
        self._segment.unlink()
        return ()

    def abort(self) -> None:
        """Close and remove the segment."""
        with suppress(OSError):  # closing writes, and the disk may be full
            self._container.close()
        self._segment.unlink(missing_ok=True)
