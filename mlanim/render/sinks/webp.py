"""Animated WebP: flat art lossless in a computed palette, photographs and gradients lossy."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from mlanim.render.sinks.colours import bins, channels
from mlanim.render.sinks.loop import Version
from mlanim.render.sinks.palette import Palette

__all__ = ["write_webp"]

_MILLISECOND = Fraction(1, 1000)
_LOSSLESS = {"lossless": "1", "compression_level": "3", "quality": "60"}
_LOSSY = ("75", "55", "35")  # quality, by coarseness
_FRAME_CHUNK = b"ANMF"  # x, y, width, height, then milliseconds, three bytes each


def write_webp(path: Path, version: Version, check: Callable[[int], None]) -> int:
    """Write a version; `check` hears its bytes. Returns its colours, 0 where they are not counted.

    FFmpeg's libwebp stores only what changed, and keeps the coded pictures in memory.
    """
    film, palette = version.film, version.palette
    width, height = version.size
    lossy = bool(palette.dither)
    lossy_options = {"compression_level": "2", "quality": _LOSSY[version.rung.coarse]}
    flat = np.zeros(width * height, np.uint32)
    with av.open(str(path), "w", format="webp", options={"loop": str(film.plays)}) as output:
        stream: Any = output.add_stream(
            "libwebp_anim", rate=1000, options=lossy_options if lossy else _LOSSLESS
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "bgra"
        stream.codec_context.time_base = _MILLISECOND
        for shown in version.pictures():
            new = shown.pixels[shown.changed]
            flat[shown.changed] = new if lossy else _in_colours_of(palette, new)
            rgba = channels(flat).reshape(height, width, 4)
            picture = av.VideoFrame.from_ndarray(rgba, format="rgba").reformat(format="bgra")
            picture.pts = round(version.seconds(shown.begins) * 1000)
            picture.time_base = _MILLISECOND
            output.mux(stream.encode(picture))
        output.mux(stream.encode())
    _set_end(path, round((version.seconds(version.frames) + Fraction(film.hold)) * 1000))
    check(path.stat().st_size)
    return 0 if lossy else len(palette.rgb)


def _in_colours_of(palette: Palette, pixels: np.ndarray) -> np.ndarray:
    """Packed pixels (n,) in the palette's colours, where they are seen; their alpha as it was."""
    indices = palette.nearest[bins(pixels)]
    seen = indices != palette.transparent
    flat = pixels.copy()
    channels(flat)[seen, :3] = palette.rgb[indices[seen]]
    return flat


def _set_end(path: Path, ends: int) -> None:
    """Let the last picture stay until `ends`, in milliseconds; libwebp only guesses how long."""
    with path.open("r+b") as file:
        file.seek(12)  # past "RIFF", its size and "WEBP"
        total, last, at = 0, 0, None
        while len(head := file.read(8)) == 8:
            size = int.from_bytes(head[4:], "little")
            if head[:4] == _FRAME_CHUNK:
                at = file.tell() + 12
                last = int.from_bytes(file.read(15)[12:], "little")
                total += last
                file.seek(at - 12)
            file.seek(size + size % 2, 1)
        if at is not None:
            file.seek(at)
            file.write(min(max(1, ends - total + last), (1 << 24) - 1).to_bytes(3, "little"))
