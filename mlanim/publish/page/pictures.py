"""Pictures: what no outline can tell, as pixels, each kept once.

An image is its own pixels, stretched to where it stands. What Manim's camera writes point by point
(clouds, shapes filled with an image) is drawn alone, in the size that was asked for.
"""

from __future__ import annotations

import io
from base64 import b64encode
from hashlib import blake2b
from typing import Any

import numpy as np
from manim import Mobject
from manim.constants import RESAMPLING_ALGORITHMS
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import NDArray
from PIL import Image

from mlanim.publish.page.shapes import Box

__all__ = ["Pictures"]

_NEAREST = RESAMPLING_ALGORITHMS["nearest"]


class Pictures:
    """Images by content.

    Attributes:
        urls: each as a `data:` address.
        sharp: whether its pixels stay squares when it is enlarged.
        drawn: how many were drawn of what is no image.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}
        self._seen: dict[int, tuple[bytes, tuple[int, Box, float] | None]] = {}
        self.urls: list[str] = []
        self.sharp: list[bool] = []
        self.drawn = 0

    def take(self, camera: Any, mobject: Any) -> tuple[int, Box, float] | None:
        """Its number, the box that it fills, and its opacity; None where nothing can be seen."""
        if isinstance(mobject, AbstractImageMobject):
            pixels = np.asarray(mobject.get_pixel_array())
            points = camera.transform_points_pre_display(mobject, mobject.points)[:, :2]
            low, high = points.min(axis=0), points.max(axis=0)
            box = (*((low + high) / 2).tolist(), *(high - low).tolist())
            sharp = getattr(mobject, "resampling_algorithm", None) == _NEAREST
            return self._keep(pixels, box, sharp)
        key = _content(mobject)
        known = self._seen.get(id(mobject))
        if known is None or known[0] != key:
            known = self._seen[id(mobject)] = key, self._draw(camera, mobject)
        return known[1]

    @property
    def kept(self) -> list[tuple[bytes, str, bool]]:
        """All of them, each with its content's digest."""
        return list(zip(self._known, self.urls, self.sharp, strict=True))

    def adopt(self, kept: list[tuple[bytes, str, bool]]) -> list[int]:
        """Take in what another process has kept; their numbers here."""
        for digest, url, sharp in kept:
            if digest not in self._known:
                self._known[digest] = len(self.urls)
                self.urls.append(url)
                self.sharp.append(sharp)
        return [self._known[digest] for digest, _, _ in kept]

    def _draw(self, camera: Any, mobject: Mobject) -> tuple[int, Box, float] | None:
        """Let the camera draw it alone, and cut it out."""
        aside = np.zeros((camera.pixel_height, camera.pixel_width, 4), np.uint8)
        camera.display_funcs[camera.type_or_raise(mobject)]([mobject], aside)
        camera.pixel_array_to_cairo_context.pop(id(aside), None)
        shown = aside[..., 3] > 0
        if not shown.any():
            return None
        top, bottom = np.flatnonzero(shown.any(axis=1))[[0, -1]].tolist()
        left, right = np.flatnonzero(shown.any(axis=0))[[0, -1]].tolist()
        unit = camera.frame_width / camera.pixel_width
        centre = np.asarray(camera.frame_center, float)
        x = centre[0] + ((left + right + 1) / 2 - camera.pixel_width / 2) * unit
        y = centre[1] - ((top + bottom + 1) / 2 - camera.pixel_height / 2) * unit
        box = (float(x), float(y), (right - left + 1) * unit, (bottom - top + 1) * unit)
        self.drawn += 1
        return self._keep(aside[top : bottom + 1, left : right + 1], box, sharp=False)

    def _keep(self, pixels: NDArray, box: Box, sharp: bool) -> tuple[int, Box, float] | None:
        if pixels.ndim == 2:
            pixels = np.dstack([pixels] * 3)
        if pixels.shape[2] == 3:
            pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
        strongest = int(pixels[..., 3].max(initial=0))
        if not strongest:
            return None
        # One that fades is the same image, less and less opaque.
        alpha = np.rint(pixels[..., 3].astype(float) * (255 / strongest)).astype(np.uint8)
        whole = np.dstack([pixels[..., :3] * (alpha > 0)[..., np.newaxis], alpha])
        digest = blake2b(whole.tobytes() + repr((whole.shape, sharp)).encode()).digest()
        number = self._known.get(digest)
        if number is None:
            number = self._known[digest] = len(self.urls)
            file = io.BytesIO()
            Image.fromarray(whole, "RGBA").save(file, format="PNG", optimize=True)
            self.urls.append(f"data:image/png;base64,{b64encode(file.getvalue()).decode()}")
            self.sharp.append(sharp)
        return number, box, strongest / 255


def _content(mobject: Any) -> bytes:
    parts = [np.ascontiguousarray(mobject.points).tobytes()]
    for name in ("rgbas", "fill_rgbas", "stroke_rgbas"):
        if isinstance(values := getattr(mobject, name, None), np.ndarray):
            parts.append(values.tobytes())
    parts.append(repr(getattr(mobject, "stroke_width", 0)).encode())
    return blake2b(b"|".join(parts)).digest()
