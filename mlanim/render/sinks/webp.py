"""Animated WebP: flat art lossless in a computed palette, photographs and gradients lossy."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from mlanim.render.sinks.fit import Rung
from mlanim.render.sinks.palette import Palette
from mlanim.render.sinks.spooled import Spooled

__all__ = ["WebP"]

_MILLISECOND = Fraction(1, 1000)
_LOSSLESS = {"lossless": "1", "compression_level": "3", "quality": "60"}
_LOSSY = ("75", "55", "35")  # quality, by coarseness
_FRAME_CHUNK = b"ANMF"  # x, y, width, height, then milliseconds, three bytes each


class WebP(Spooled):
    """FFmpeg's libwebp stores only what changed, and keeps the coded pictures in memory."""

    def _write(
        self,
        path: Path,
        rung: Rung,
        check: Callable[[int], None],
        on_progress: Callable[[float], None],
    ) -> int:
        film, palette = self._film, self._palette(rung)
        lossy = bool(palette.dither)
        lossy_options = {"compression_level": "2", "quality": _LOSSY[rung.coarse]}
        with av.open(str(path), "w", format="webp", options={"loop": str(film.plays)}) as output:
            stream: Any = output.add_stream(
                "libwebp_anim", rate=1000, options=lossy_options if lossy else _LOSSLESS
            )
            stream.width, stream.height = rung.size(film.width, film.height)
            stream.pix_fmt = "bgra"
            stream.codec_context.time_base = _MILLISECOND
            begins = 0
            for shown in self._pictures(rung, on_progress):
                pixels = shown.pixels if lossy else _flat(shown.pixels, palette)
                picture = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format="bgra")
                begins = round(self._seconds(shown.begins) * 1000)
                picture.pts, picture.time_base = begins, _MILLISECOND
                output.mux(stream.encode(picture))
            output.mux(stream.encode())
        ends = round((self._seconds(self._spool.frames) + Fraction(film.hold)) * 1000)
        _set_end(path, ends)
        check(path.stat().st_size)
        return 0 if lossy else len(palette.rgb)


def _flat(rgba: np.ndarray, palette: Palette) -> np.ndarray:
    """The frame in the palette's colours, its alpha as it was."""
    indices = palette.indices(rgba)
    flat = rgba.copy()
    seen = indices != palette.transparent
    flat[seen, :3] = palette.rgb[indices[seen]]
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
