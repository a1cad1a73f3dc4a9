"""Images pasted where they are, not through three copies of the whole frame.

``Camera.display_image_mobject`` makes a frame of eight bytes a pixel for every image, pastes
into it and composites all of it. Beyond the image's rectangle that composites nothing, so only
the rectangle is done; within it what is opaque needs no compositing; and where an image stays in
its place, frame after frame, the pixel that each of the frame's shows is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from manim import Camera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils.space_ops import cross2d
from PIL import Image

from mlanim.render.twins.patching import Unaltered

_pastes = Unaltered(Camera, ("overlay_PIL_image", "get_image"))
_manims = Camera.display_image_mobject
_PLACES = 40  # as many images as a page has: one fewer, and each would be looked up anew each frame
_THINNEST = 0.5  # pixels: below that Manim draws nothing, and the perspective could not be solved


def display_image(camera: Camera, mobject: AbstractImageMobject, pixel_array: np.ndarray) -> None:
    """``Camera.display_image_mobject``: the same transform, composited in place."""
    _display(camera, mobject, pixel_array, _composite)


def display_for_straight_alpha(
    camera: Camera, mobject: AbstractImageMobject, pixel_array: np.ndarray
) -> None:
    """The same where a frame's alpha will be made straight (`sinks/alpha.py`).

    Over what can be seen through, Manim writes an image's plain colours among Cairo's, which are
    multiplied by their alpha, and nobody could tell later which pixels have which. So here the
    pixels of half transparent images are not Manim's.
    """
    _display(camera, mobject, pixel_array, _lay_over)


def _display(
    camera: Camera,
    mobject: AbstractImageMobject,
    pixel_array: np.ndarray,
    put: Callable[[np.ndarray, np.ndarray], None],
) -> None:
    content = mobject.get_pixel_array()
    plain = content.dtype == pixel_array.dtype == np.uint8 and content.shape[2:] == (4,)
    if not (plain and _pastes.of(camera)):
        _manims(camera, mobject, pixel_array)
        return
    height, width = content.shape[:2]
    corners = camera.points_to_subpixel_coords(mobject, mobject.points)
    place = _place(corners.astype(np.float64).tobytes(), (width, height))
    if place is None:
        return
    x, y = place.corner
    columns, rows = place.size
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + columns, camera.pixel_width), min(y + rows, camera.pixel_height)
    if left >= right or top >= bottom:
        return
    shown, covered = place.transformed(content, mobject.resampling_algorithm)
    part = slice(top - y, bottom - y), slice(left - x, right - x)
    canvas = pixel_array[top:bottom, left:right]
    if covered is not None and (content[..., 3] == 255).all():
        np.copyto(canvas.view(np.uint32), shown[part].view(np.uint32), where=covered[part])
    else:
        put(shown[part], canvas)


def _composite(seen: np.ndarray, canvas: np.ndarray) -> None:
    """Put pixels over others, in place."""
    if (seen[..., 3] == 255).all():
        canvas[...] = seen
        return
    under = Image.fromarray(np.ascontiguousarray(canvas))
    over = Image.fromarray(np.ascontiguousarray(seen))
    canvas[...] = np.asarray(Image.alpha_composite(under, over))


def _lay_over(seen: np.ndarray, canvas: np.ndarray) -> None:
    """The same, also where the canvas can be seen through: its colours are multiplied by alpha."""
    if (canvas[..., 3] == 255).all():
        _composite(seen, canvas)
        return
    cover = seen[..., 3:].astype(np.uint16)
    mixed = canvas * (255 - cover) + np.dstack([seen[..., :3], np.full_like(cover, 255)]) * cover
    canvas[...] = (mixed + 127) // 255


@dataclass
class _Place:
    """Where an image of some size stands: what Pillow calls a perspective transform."""

    coefficients: tuple[float, ...]
    corner: tuple[int, int]  # left and top
    size: tuple[int, int]
    of: tuple[int, int]
    times: int = 0
    sources: np.ndarray | None = None  # for each pixel of the place, one of the image's, or 0
    covered: np.ndarray | None = None  # the pixels that are one of the image's

    def transformed(
        self, content: np.ndarray, resampling: int
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """The image as it is seen there, (rows, columns, 4).

        And where it is, (rows, columns, 1), if beyond that it has nothing to blend.
        """
        self.times += 1
        if resampling != Image.Resampling.NEAREST or self.times < 2:  # else it may well be moving
            return np.asarray(self._transform(Image.fromarray(content), resampling)), None
        if self.sources is None:
            width, height = self.of
            numbers = np.arange(1, width * height + 1, dtype=np.int32).reshape(height, width)
            self.sources = np.asarray(self._transform(Image.fromarray(numbers), resampling))
            self.covered = self.sources[..., None] > 0
        pixels = np.zeros(content.size // 4 + 1, np.uint32)
        pixels[1:] = np.ascontiguousarray(content).view(np.uint32).reshape(-1)
        shown = pixels[self.sources].view(np.uint8).reshape(*self.sources.shape, 4)
        return shown, self.covered

    def _transform(self, picture: Image.Image, resampling: int) -> Image.Image:
        how = Image.Transform.PERSPECTIVE
        return picture.transform(self.size, how, self.coefficients, Image.Resampling(resampling))


@lru_cache(maxsize=_PLACES)
def _place(outline: bytes, of: tuple[int, int]) -> _Place | None:
    """Where the four corners, (4, 2) in pixels, put a picture of so many pixels, if anywhere."""
    corners = np.frombuffer(outline).reshape(4, 2).copy()
    whole = corners.astype(np.int64)
    shift = whole.min(axis=0)
    corners -= shift
    columns, rows = (whole - shift).max(axis=0).tolist()
    if not _has_area(corners):
        return None
    coefficients = _perspective(corners, *of)
    if coefficients is None:
        return None
    left, top = shift.tolist()
    return _Place(tuple(coefficients.tolist()), (left, top), (columns, rows), of)


def _has_area(corners: np.ndarray) -> bool:
    around = [corners[i] for i in (0, 1, 3, 2)]
    sides = [around[(i + 1) % 4] - around[i] for i in range(4)]
    lengths = np.linalg.norm(sides, axis=1)
    longest = np.argmax(lengths)
    if lengths[longest] == 0:
        return False
    return abs(cross2d(sides[longest], sides[(longest - 1) % 4])) / lengths[longest] >= _THINNEST


def _perspective(corners: np.ndarray, width: int, height: int) -> np.ndarray | None:
    """The eight numbers that take the corners back to the picture's own, None if there are none."""
    own = np.array([[0, 0], [width, 0], [0, height], [width, height]])
    rows = []
    for (x, y), (u, v) in zip(corners, own, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    try:
        return np.linalg.solve(np.array(rows), own.reshape(8).astype(np.float64))
    except np.linalg.LinAlgError:
        return None
