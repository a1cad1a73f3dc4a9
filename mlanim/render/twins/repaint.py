"""Redrawing only what changed from frame to frame, exactly.

A pixel's colour depends on the mobjects whose ink reaches it, in order, and on nothing else. So
the frame is cut into tiles; the tiles that the changed mobjects touch, as they were and as they
are, are set back to the background, and every mobject that reaches into them is drawn again,
whole and unclipped (a clip would make Cairo round the edges that it cuts), on a spare canvas
from which only those tiles are taken. Where there are pictures among the mobjects, all is drawn
anew as soon as anything changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cairo
import numpy as np
from manim import Camera, ImageMobject, Mobject, MovingCamera, VMobject
from numpy.typing import NDArray

from mlanim.render.twins.fast_camera import draw_vmobjects, drawing_is_fast, times_painted
from mlanim.render.twins.frame_changes import Rectangle, Tiles, around_both, same_pixels
from mlanim.render.twins.ink import ink_around
from mlanim.render.twins.patching import Unaltered
from mlanim.render.twins.shown import LOOKS, NotComparable, Shown
from mlanim.render.twins.whole_frame import Pictured, WholeFrame

_WORTH_IT = 0.6  # of the frame or of the mobjects: above that, all is drawn anew
_FEW = 16  # mobjects: so few are drawn sooner than sorted out
_LONGEST_REST = 15  # frames
_captures = Unaltered(
    Camera,
    (
        "get_mobjects_to_display",
        "type_or_raise",
        "display_multiple_vectorized_mobjects",
        "display_multiple_non_background_colored_vmobjects",
        "display_vectorized",
        "set_cairo_context_path",
        "set_cairo_context_color",
        "apply_fill",
        "apply_stroke",
        "get_fill_rgbas",
        "get_stroke_rgbas",
        "transform_points_pre_display",
        "reset",
        "set_frame_to_background",
        "set_pixel_array",
    ),
)
_films = Unaltered(Camera, ("capture_mobjects",)), Unaltered(MovingCamera, ("capture_mobjects",))


class Repainter:
    """Paints a camera's frames one after the other, each with as little drawing as is exact.

    Use it inside ``fast_drawing()`` (elsewhere it does as Manim does), in place of what
    ``CairoRenderer.update_frame`` does::

        changed = repainter.paint(mobjects, static_image)

    The frame is then in ``camera.pixel_array``, as Manim would have drawn it.
    """

    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.partly = False  # whether the last frame was made from the one before
        self._shown: Shown | None = None
        self._setting: tuple = ()
        self._inked: Rectangle | None = None  # outside of it there is background; None: anywhere
        self._background: NDArray | None = None
        self._spare: NDArray | None = None
        self._play: NDArray | None = None
        self._rest = self._resting = 0
        self._pictured: WholeFrame | None = None

    def paint(
        self,
        mobjects: Iterable[Mobject],
        static_image: NDArray | None,
        seen: Shown | Pictured | None = None,
    ) -> Rectangle | None:
        """Draw mobjects over a static image (None: the camera's background) into the pixel array.

        `seen` is what they are just now, if somebody has looked at them already.
        Returns a rectangle outside of which nothing changed since the last call, or None.
        """
        mobjects = list(mobjects)
        # forgotten if anything goes wrong from here on
        before, self._shown, inked, self._inked = self._shown, None, self._inked, None
        pictured, self._pictured = self._pictured, None
        if not (drawing_is_fast() and _is_plain(self.camera)):
            return self._paint_all(mobjects, static_image)
        looks = not self._is_resting(static_image)
        if not looks and static_image is None:  # what lies below would have to be compared
            return self._paint_all(mobjects, static_image)
        to_draw = seen.mobjects if seen else self.camera.get_mobjects_to_display(mobjects)
        context = self.camera.get_cairo_context(self.camera.pixel_array)
        matrix = context.get_matrix()
        kinds = {type(mobject) for mobject in to_draw}
        if looks and any(issubclass(kind, ImageMobject) for kind in kinds):
            told = seen if isinstance(seen, Pictured) else None
            frame = WholeFrame(self.camera, to_draw, static_image, told)
            return self._paint_if_changed(mobjects, frame, pictured)
        try:
            if not all(map(_looks_plain, kinds)):
                raise NotComparable
            held = [mobject.__dict__ for mobject in to_draw]
            if any(own.get("background_image") for own in held):
                raise NotComparable
            if not LOOKS.none_have(to_draw):
                raise NotComparable
            known = seen if isinstance(seen, Shown) else None
            shown = (known or Shown(to_draw)) if looks else None
        except NotComparable:
            return self._paint_all(mobjects, static_image)
        if self._setting != self._setting_now() or not self._same_background(static_image):
            before = inked = None
        tiles = None
        if before is not None and shown is not None:
            try:
                tiles = self._tiles(shown, before, matrix)
            except NotComparable:
                return self._paint_all(mobjects, static_image)
        if tiles is None:
            # the camera's own background is an array that a scene may write into: keep what it was
            backdrop = self.camera.background.copy() if static_image is None else static_image
            self._background = backdrop
            area: Rectangle | None = self._draw_anew(to_draw, backdrop, context, inked)
        else:
            assert shown is not None
            self._repaint(shown, tiles, context, matrix)
            area = tiles.bounds()
            self._inked = around_both(inked, area) if inked and area else inked
        self.partly = tiles is not None
        if before is not None:
            self._rest = 0 if self.partly else min(_LONGEST_REST, 2 * self._rest + 1)
            self._resting = self._rest
        self._shown = shown
        self._setting = self._setting_now()
        return area

    def _paint_if_changed(
        self, mobjects: list[Mobject], frame: WholeFrame, before: WholeFrame | None
    ) -> Rectangle | None:
        """Draw all, or nothing where all pictures and vectors are what they were."""
        if before is not None and before.shows(frame, self._setting_now()):
            self._pictured, self.partly = before, True
            return None
        area = self._paint_all(mobjects, frame.over)
        self._pictured = frame.drawn(self._setting_now())
        return area

    def _setting_now(self) -> tuple[Any, ...]:
        """Into which pixels it is drawn, and from where it is seen; who else has painted there."""
        pixels = self.camera.pixel_array
        matrix = self.camera.get_cairo_context(pixels).get_matrix()
        return id(pixels), pixels.shape, tuple(matrix), times_painted(self.camera)

    def _draw_anew(
        self,
        mobjects: list[VMobject],
        background: NDArray,
        context: cairo.Context,
        inked: Rectangle | None,
    ) -> Rectangle:
        """Draw all, over a background that lies there already outside of what was `inked`."""
        if inked is None:
            self.camera.set_pixel_array(background)
        else:
            x, y, width, height = inked
            part = slice(y, y + height), slice(x, x + width)
            self.camera.pixel_array[part] = background[part]
        paths = draw_vmobjects(self.camera, mobjects, context)
        _, _, *size = self._whole()
        if paths is not None:
            unit = self.camera.cairo_line_width_multiple
            self._inked = ink_around(paths, mobjects, context, unit, (size[0], size[1]))
        return around_both(inked, self._inked) if inked and self._inked else self._whole()

    def _is_resting(self, static_image: NDArray | None) -> bool:
        """Whether to draw without looking, after frames in which everything changed."""
        if static_image is not self._play:
            self._play, self._rest, self._resting = static_image, 0, 0
        self._resting -= 1
        return self._resting >= 0

    def _tiles(self, shown: Shown, before: Shown, matrix: cairo.Matrix) -> Tiles | None:
        """The tiles to draw anew, None for all of them."""
        changes = shown.changed_since(before)
        if changes is None:
            return None
        now, then = changes
        tiles = Tiles(self.camera.pixel_width, self.camera.pixel_height)
        if not (now.any() or then.any()):
            return tiles
        if len(now) < _FEW or now.sum() > _WORTH_IT * len(now):
            return None
        for frame, changed in ((shown, now), (before, then)):
            frame.measure(matrix, self.camera.cairo_line_width_multiple)
            thin = frame.thin() & changed
            broad = changed & ~thin
            tiles.mark(tiles.boxes(frame.low[broad], frame.high[broad]))
            if thin.any():
                tiles.mark(tiles.boxes(*frame.pieces(thin, matrix)[1:]))
        return tiles if tiles.share() <= _WORTH_IT else None

    def _repaint(
        self, shown: Shown, tiles: Tiles, context: cairo.Context, matrix: cairo.Matrix
    ) -> None:
        if self._background is None or not tiles.marked.any():
            return
        canvas = self.camera.pixel_array
        boxes = tiles.boxes(shown.low, shown.high)
        hits = tiles.counts(boxes)
        within = hits == (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        doubtful = (hits > 0) & ~within & shown.thin()
        if doubtful.any():
            owners, low, high = shown.pieces(doubtful, matrix)
            touched = tiles.counts(tiles.boxes(low, high)) > 0
            hits[doubtful] = 0
            hits[owners[touched]] = 1
        reached = np.flatnonzero(hits)
        vmobjects = [shown.mobjects[i] for i in reached.tolist()]
        if within[reached].all():
            tiles.copy(self._background, canvas)
            draw_vmobjects(self.camera, vmobjects, context)
            return
        if self._spare is None or self._spare.shape != canvas.shape:
            self._spare = np.empty_like(canvas)
        tiles.copy(self._background, self._spare)
        surface = cairo.ImageSurface.create_for_data(
            self._spare.data, cairo.FORMAT_ARGB32, canvas.shape[1], canvas.shape[0]
        )
        elsewhere = cairo.Context(surface)
        elsewhere.set_matrix(matrix)
        draw_vmobjects(self.camera, vmobjects, elsewhere)
        surface.finish()
        tiles.copy(self._spare, canvas)

    def _paint_all(self, mobjects: list[Mobject], static_image: NDArray | None) -> Rectangle:
        """Manim's own way."""
        self.partly = False
        self._background = None
        if static_image is None:
            self.camera.reset()
        else:
            self.camera.set_frame_to_background(static_image)
        self.camera.capture_mobjects(mobjects)
        return self._whole()

    def _whole(self) -> Rectangle:
        return Rectangle(0, 0, self.camera.pixel_width, self.camera.pixel_height)

    def _same_background(self, static_image: NDArray | None) -> bool:
        if static_image is not None:
            return self._background is static_image
        known = self._background
        return known is not None and same_pixels(known, self.camera.background)


def _is_plain(camera: Camera) -> bool:
    return _captures.of(camera) and any(films.of(camera) for films in _films)


def _looks_plain(kind: type[Mobject]) -> bool:
    return issubclass(kind, VMobject) and LOOKS(kind)
