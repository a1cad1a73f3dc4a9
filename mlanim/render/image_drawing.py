"""Images pasted where they are, not through three copies of the whole frame.

``Camera.display_image_mobject`` makes a frame of eight bytes a pixel for every image, pastes
into it and composites all of it. Beyond the image's rectangle that composites nothing, so only
the rectangle is done.
"""

from __future__ import annotations

import numpy as np
from manim import Camera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils.space_ops import cross2d
from PIL import Image

from mlanim.render.patching import overrides_nothing

_PASTING = ("overlay_PIL_image", "get_image")
_manims = Camera.display_image_mobject
_THINNEST = 0.5  # pixels: below that Manim draws nothing, and the perspective could not be solved


def display_image(camera: Camera, mobject: AbstractImageMobject, pixel_array: np.ndarray) -> None:
    """``Camera.display_image_mobject``: the same transform, composited in place."""
    content = mobject.get_pixel_array()
    plain = content.dtype == pixel_array.dtype == np.uint8 and content.shape[2:] == (4,)
    if not (plain and overrides_nothing(type(camera), Camera, _PASTING)):
        _manims(camera, mobject, pixel_array)
        return
    picture = Image.fromarray(content)
    corners = camera.points_to_subpixel_coords(mobject, mobject.points)
    whole = corners.astype(np.int64)
    shift = whole.min(axis=0)
    corners -= shift
    size = tuple((whole - shift).max(axis=0))
    if not _has_area(corners):
        return
    coefficients = _perspective(corners, picture.width, picture.height)
    if coefficients is None:
        return
    picture = picture.transform(
        size=size,
        method=Image.Transform.PERSPECTIVE,
        data=coefficients.tolist(),
        resample=mobject.resampling_algorithm,
    )
    left, top = np.maximum(shift, 0)
    right = min(shift[0] + size[0], camera.pixel_width)
    bottom = min(shift[1] + size[1], camera.pixel_height)
    if left >= right or top >= bottom:
        return
    seen = picture.crop((left - shift[0], top - shift[1], right - shift[0], bottom - shift[1]))
    under = Image.fromarray(np.ascontiguousarray(pixel_array[top:bottom, left:right]))
    pixel_array[top:bottom, left:right] = np.asarray(Image.alpha_composite(under, seen))


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
