"""A frame as vectors: Manim's own camera draws on a page of paths instead of an array of pixels.

Paths, gradients, strokes, their order and their arithmetic are the camera's. What it does not give
to Cairo but writes into its array (images, point clouds, shapes filled with an image) is drawn on
an empty array first and laid onto the page as an image, at its place in the order.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

import cairo
import numpy as np
from manim import Camera, Mobject

from mlanim.render.stills.seeking import Layer

__all__ = ["draw_page"]

_PIXEL_WRITERS = (
    "display_multiple_image_mobjects",
    "display_multiple_point_cloud_mobjects",
    "display_multiple_background_colored_vmobjects",
)


def draw_page(
    surface: cairo.Surface,
    camera: Camera,
    layers: Iterable[Layer],
    *,
    scale: float = 1.0,
) -> None:
    """Draw the background, then each layer over the one before; pixels have theirs in them.

    Args:
        surface: as large as the camera's frame in pixels times `scale`.
        camera: is left as it is.
        layers: what the camera would be given, as `Glimpse` tells it.
    """
    page = _Page(surface)
    page.look_through(camera, scale)
    page.lay(camera.background)
    easel = _easel(camera, page)
    for layer in layers:
        if isinstance(layer, np.ndarray):
            page.lay(layer)
        else:
            easel.capture_mobjects(layer)


def _easel(camera: Camera, page: _Page) -> Any:
    """The same camera, whose pixel array is the page."""
    easel: Any = copy.copy(camera)
    easel.__dict__.pop("display_funcs", None)  # Manim's table of the methods replaced below
    easel.background_colored_vmobject_displayer = None
    easel.pixel_array_to_cairo_context = {}

    def context_for(pixel_array: np.ndarray) -> cairo.Context:
        if pixel_array is easel.pixel_array:
            return page
        return type(easel).get_cairo_context(easel, pixel_array)

    def laid(write: Callable[..., Any]) -> Callable[..., None]:
        def write_aside(mobjects: Iterable[Mobject], pixel_array: np.ndarray) -> None:
            aside = np.zeros_like(easel.pixel_array)
            write(easel, mobjects, aside)
            page.lay(aside)

        return write_aside

    easel.get_cairo_context = context_for
    for name in _PIXEL_WRITERS:
        setattr(easel, name, laid(getattr(type(easel), name)))
    return easel


class _Page(cairo.Context):
    """A context that gives colours their true names and leaves out what cannot be seen.

    Manim hands Cairo blue for red, because its array has them the other way round.
    """

    def __init__(self, surface: cairo.Surface) -> None:
        self._size, self._scale = (0, 0), 1.0
        self._visible = True
        self._images: list[np.ndarray] = []  # Cairo reads them when the surface is finished

    def look_through(self, camera: Camera, scale: float) -> None:
        """Take the camera's place and zoom."""
        self._size, self._scale = (camera.pixel_width, camera.pixel_height), scale
        view = camera.get_cairo_context(camera.pixel_array).get_matrix()
        self.set_matrix(view.multiply(cairo.Matrix(xx=scale, yy=scale)))

    def set_source_rgba(self, red: float, green: float, blue: float, alpha: float = 1.0) -> None:
        """Set a colour, whose red and blue come in each other's place."""
        self._visible = alpha > 0
        super().set_source_rgba(blue, green, red, alpha)

    def set_source(self, pattern: cairo.Pattern) -> None:
        """Set a gradient."""
        assert isinstance(pattern, cairo.LinearGradient)  # Manim's camera knows no other pattern
        gradient = cairo.LinearGradient(*pattern.get_linear_points())
        stops = pattern.get_color_stops_rgba()
        for offset, red, green, blue, alpha in stops:
            gradient.add_color_stop_rgba(offset, blue, green, red, alpha)
        self._visible = any(alpha > 0 for *_, alpha in stops)
        super().set_source(gradient)

    def fill_preserve(self) -> None:
        """Fill the path, if any of it shows."""
        if self._visible and self._is_on_page(self.fill_extents()):
            super().fill_preserve()

    def stroke_preserve(self) -> None:
        """Draw along the path, if any of it shows."""
        if self._visible and self._is_on_page(self.stroke_extents()):
            super().stroke_preserve()

    def lay(self, pixels: np.ndarray) -> None:
        """Lay an image (height, width, 4) RGBA over the page: as a colour, or cut to what shows."""
        shown = pixels[..., 3] > 0
        if not shown.any():
            return
        self.save()
        self.identity_matrix()
        self.scale(self._scale, self._scale)
        if (pixels == pixels[0, 0]).all():
            red, green, blue, alpha = (pixels[0, 0] / 255).tolist()
            self.set_source_rgba(blue, green, red, alpha)
        else:
            top, bottom = np.flatnonzero(shown.any(axis=1))[[0, -1]].tolist()
            left, right = np.flatnonzero(shown.any(axis=0))[[0, -1]].tolist()
            image = self._image(pixels[top : bottom + 1, left : right + 1])
            self.set_source_surface(image, left, top)
        self.paint()
        self.restore()

    def _image(self, pixels: np.ndarray) -> cairo.ImageSurface:
        """Cairo's order of colours, each times the opacity."""
        colours, opacity = pixels[..., 2::-1].astype(float), pixels[..., 3:]
        data = np.concatenate([np.rint(colours * (opacity / 255)), opacity], axis=-1)
        data = np.ascontiguousarray(data, dtype=np.uint8)
        self._images.append(data)
        height, width = data.shape[:2]
        return cairo.ImageSurface.create_for_data(data.data, cairo.FORMAT_ARGB32, width, height)

    def _is_on_page(self, extents: tuple[float, float, float, float]) -> bool:
        corners = [self.user_to_device(*extents[:2]), self.user_to_device(*extents[2:])]
        (left, right), (top, bottom) = (sorted(axis) for axis in zip(*corners, strict=True))
        width, height = (side * self._scale for side in self._size)
        return (
            left < right and top < bottom and left < width and top < height and right > 0 < bottom
        )
