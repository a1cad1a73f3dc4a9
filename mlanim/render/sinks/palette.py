"""A palette computed from the colours that frames really have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

__all__ = ["TRANSPARENT", "ColourCount", "Palette"]

TRANSPARENT = 255  # this index is kept for "nothing here" and "as before"
_COLOURS = 255
_BITS = 6  # a channel's levels are counted in 64 bins: 4 levels apart look the same
_SAMPLE_PIXELS = 1 << 16


@dataclass(frozen=True)
class Palette:
    """argb (256, 4) uint8, the last entry transparent; nearest (2**18,) uint8 index of each bin."""

    argb: np.ndarray
    nearest: np.ndarray

    def indices(self, rgb: np.ndarray) -> np.ndarray:
        """The palette index of each pixel of rgb (height, width, 3) uint8."""
        return self.nearest[_bins(rgb)]


class ColourCount:
    """Counts the colours of frames in 64 x 64 x 64 bins and remembers each bin's commonest one.

    >>> flat = np.zeros((4, 4, 4), np.uint8); flat[..., 0] = 200; flat[..., 3] = 255
    >>> colours = ColourCount(); colours.add(flat)
    >>> palette = colours.palette()
    >>> palette.argb[palette.indices(flat[..., :3])[0, 0]].tolist()
    [255, 200, 0, 0]
    """

    def __init__(self) -> None:
        self._pixels = np.zeros(1 << 3 * _BITS, np.int64)
        self._sums = np.zeros((1 << 3 * _BITS, 3), np.int64)

    def add(self, rgba: np.ndarray) -> None:
        """Count the visible pixels of a frame (height, width, 4) uint8."""
        rgb = rgba[..., :3][rgba[..., 3] >= 128]
        bins = _bins(rgb)
        self._pixels += np.bincount(bins, minlength=len(self._pixels))
        for channel in range(3):
            weights = np.bincount(bins, weights=rgb[:, channel], minlength=len(self._pixels))
            self._sums[:, channel] += weights.astype(np.int64)

    def palette(self) -> Palette:
        """At most 255 colours for all that was counted: exact ones when they suffice."""
        used = np.flatnonzero(self._pixels)
        if not len(used):
            used = np.array([0])
        pixels = np.maximum(self._pixels[used], 1)
        colours = np.rint(self._sums[used] / pixels[:, None]).astype(np.uint8)
        chosen = colours if len(colours) <= _COLOURS else _quantised(colours, pixels)
        argb = np.zeros((256, 4), np.uint8)
        argb[: len(chosen), 0] = 255
        argb[: len(chosen), 1:] = chosen
        argb[len(chosen) : TRANSPARENT, 0] = 255
        nearest = np.zeros(len(self._pixels), np.uint8)
        nearest[used] = _nearest(colours, chosen)
        return Palette(argb, nearest)


def _bins(rgb: np.ndarray) -> np.ndarray:
    levels = (rgb >> (8 - _BITS)).astype(np.int32)
    return (levels[..., 0] << 2 * _BITS) | (levels[..., 1] << _BITS) | levels[..., 2]


def _quantised(colours: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """Median cut over a sample in which large areas weigh more, but small ones still count."""
    weight = np.sqrt(pixels)
    copies = np.maximum(1, weight / weight.sum() * _SAMPLE_PIXELS).astype(int)
    sample = np.repeat(colours, copies, axis=0)
    image = Image.fromarray(sample[None], "RGB")
    quantised = image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=1)
    flat = np.array(quantised.getpalette(), np.uint8).reshape(-1, 3)
    common = colours[np.argsort(pixels)[-16:]]  # surfaces and inks exactly as they were chosen
    return np.concatenate([common, flat])[:_COLOURS]


def _nearest(colours: np.ndarray, palette: np.ndarray) -> np.ndarray:
    """The index of the palette's nearest colour for each colour (n, 3)."""
    wanted = palette.astype(np.int32)
    nearest = np.empty(len(colours), np.uint8)
    for i in range(0, len(colours), 4096):
        block = colours[i : i + 4096].astype(np.int32)
        distance = ((block[:, None] - wanted[None]) ** 2).sum(-1)
        nearest[i : i + 4096] = distance.argmin(1)
    return nearest
