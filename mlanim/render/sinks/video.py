"""How films are encoded: what every browser and QuickTime plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlanim.render.sinks.port import Film

__all__ = ["ENCODED", "Encoding", "encoding_of"]


@dataclass(frozen=True)
class Encoding:
    """A codec with its pixel format and options."""

    codec: str
    pixel_format: str
    options: Mapping[str, str] = field(default_factory=dict)


_VP9 = {"crf": "28", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}
_ENCODINGS = {
    # Measured: see docs/decisions/034-encoder-settings.md.
    "h264": Encoding(
        "libx264",
        "yuv420p",
        {
            "preset": "superfast",
            "tune": "psnr",
            "crf": "30.4",
            "x264-params": "rc-lookahead=0:mbtree=0:bframes=5:b-adapt=0:weightp=0:scenecut=0"
            ":qcomp=0.75:me=umh:merange=24:subme=2:partitions=i4x4,i8x8,p8x8,p4x4,b8x8"
            ":trellis=1:ipratio=4:pbratio=1.1",
        },
    ),
    "vp9": Encoding("libvpx-vp9", "yuv420p", _VP9),
    "av1": Encoding("libsvtav1", "yuv420p", {"preset": "8", "crf": "32"}),
}
_VP9_ALPHA = Encoding("libvpx-vp9", "yuva420p", _VP9 | {"auto-alt-ref": "0"})
_PRORES_4444 = Encoding(
    "prores_ks", "yuva444p10le", {"profile": "4444", "vendor": "apl0", "alpha_bits": "16"}
)
_USUAL = {"mp4": "h264", "mov": "h264", "webm": "vp9"}
ENCODED = frozenset(_USUAL)  # formats that are


def encoding_of(film: Film) -> Encoding:
    """The encoding of a film: what every browser and QuickTime plays, unless a codec was named."""
    if film.transparent:
        return _VP9_ALPHA if film.format == "webm" else _PRORES_4444
    return _ENCODINGS[film.codec or _USUAL[film.format]]
