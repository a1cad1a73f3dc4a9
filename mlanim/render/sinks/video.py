"""How films are encoded: what every browser and QuickTime plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlanim.render.sinks.port import Film

__all__ = ["Encoding", "encoding_of"]


@dataclass(frozen=True)
class Encoding:
    """A codec with its pixel format and options."""

    codec: str
    pixel_format: str
    options: Mapping[str, str] = field(default_factory=dict)


# Measured: see docs/decisions/032-encoder-settings.md.
_H264 = Encoding(
    "libx264",
    "yuv420p",
    {
        "preset": "superfast",
        "tune": "psnr",
        "crf": "31.8",
        "x264-params": "rc-lookahead=0:mbtree=0:bframes=2:b-adapt=0:weightp=0:scenecut=0"
        ":subme=2:partitions=i4x4,i8x8,p8x8,b8x8:trellis=1:ipratio=4:pbratio=1.1",
    },
)
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
