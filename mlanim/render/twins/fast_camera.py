"""Manim's Cairo camera, with its frames bit for bit and without a Python call per curve.

    with fast_drawing():
        scene.render()

Inside the block every Cairo camera of Manim (moving, zoomed, multi, 3-D, and those that a scene
makes itself) draws its vector mobjects from whole paths. Whatever is not exactly Manim's own (a
camera that overrides how it draws, a mobject that overrides how its path is split, odd arrays)
takes Manim's own way, mobject by mobject, so that the pixels are the same in every case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, wraps
from typing import Any

import cairo
import numpy as np
from manim import Camera, Mobject, PMobject, VMobject
from manim.camera import camera as manim_camera
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils import family as manim_family

from mlanim.render.twins.cairo_paths import PathBatch, whole_paths_work
from mlanim.render.twins.family_walk import family_members
from mlanim.render.twins.image_drawing import display_for_straight_alpha, display_image
from mlanim.render.twins.patching import Unaltered, patched, remembered

# What a camera or a mobject must not override for the fast way to be Manim's way.
_draws = Unaltered(
    Camera,
    (
        "display_vectorized",
        "set_cairo_context_path",
        "set_cairo_context_color",
        "apply_fill",
        "apply_stroke",
    ),
)
_looks_straight = Unaltered(Camera, ("transform_points_pre_display",))
_plain_paths = Unaltered(
    VMobject, ("get_subpath_split_indices_from_points", "consider_points_equals_2d")
)
_plain_style = Unaltered(VMobject, ("get_fill_rgbas", "get_stroke_rgbas", "get_stroke_width"))
_ROW = (1, 4)
PAINTED = "_times_painted"
_FLOAT = np.dtype(np.float64)


@contextmanager
def fast_drawing(*, straight: bool = False) -> Iterator[None]:
    """Let all of Manim's Cairo cameras draw fast until the block ends; the same pixels.

    But for half transparent images on a transparent ground, if alpha will be made `straight`.
    """
    if not whole_paths_work():
        yield
        return
    walk = manim_family.extract_mobject_family_members
    with (
        patched(Camera, "display_multiple_non_background_colored_vmobjects", _display_vmobjects),
        images_drawn(straight=straight),
        patched(Camera, "type_or_raise", _typer(Camera.type_or_raise)),
        patched(Camera, "set_pixel_array", _counted(Camera.set_pixel_array)),
        patched(Camera, "capture_mobjects", _counted(Camera.capture_mobjects)),
        patched(manim_camera, walk.__name__, family_members),
    ):
        yield


def images_drawn(*, straight: bool) -> AbstractContextManager[None]:
    """The part of ``fast_drawing`` that asks what alpha will be made of."""
    way = display_for_straight_alpha if straight else display_image
    return patched(Camera, "display_image_mobject", way)


def drawing_is_fast() -> bool:
    """Whether this runs inside of a ``fast_drawing()`` that has taken effect."""
    return Camera.display_multiple_non_background_colored_vmobjects is _display_vmobjects


def _display_vmobjects(
    camera: Camera, vmobjects: Iterable[VMobject], pixel_array: np.ndarray
) -> None:
    """Camera.display_multiple_non_background_colored_vmobjects, a batch at a time."""
    draw_vmobjects(camera, list(vmobjects), camera.get_cairo_context(pixel_array))


def times_painted(camera: Camera) -> int:
    """How often anybody has painted a camera's pixel array inside of ``fast_drawing``."""
    return camera.__dict__.get(PAINTED, 0)


def _counted(paints: Callable) -> Callable:
    """A method of Camera that paints, and leaves word of it."""

    @wraps(paints)
    def counting(camera: Camera, *args: Any, **kwargs: Any) -> Any:
        camera.__dict__[PAINTED] = times_painted(camera) + 1
        return paints(camera, *args, **kwargs)

    return counting


def _typer(manims: Callable) -> Callable:
    """``Camera.type_or_raise``, once per class instead of once per mobject and frame."""

    @remembered
    def drawn_as(kind: type[Mobject]) -> type[Mobject] | None:
        kinds = (VMobject, PMobject, AbstractImageMobject, Mobject)
        return next((base for base in kinds if issubclass(kind, base)), None)

    def type_or_raise(camera: Camera, mobject: Mobject) -> type[Mobject]:
        table = camera.__dict__.get("display_funcs")
        kind = drawn_as(type(mobject))
        if table is None or kind is None or table[VMobject].__self__ is not camera:
            return manims(camera, mobject)
        return kind

    return type_or_raise


def draw_vmobjects(
    camera: Camera, vmobjects: list[VMobject], context: cairo.Context
) -> PathBatch | None:
    """Draw vector mobjects in order, as ``Camera.display_vectorized`` draws each of them.

    Returns all their paths, or None if some were left to Manim.
    """
    if not _draws.of(camera):
        for vmobject in vmobjects:
            camera.display_vectorized(vmobject, context)
        return None
    batch, places = _batch(camera, vmobjects)
    pen = _Pen(camera, context)
    for vmobject, place in zip(vmobjects, places, strict=True):
        if batch is None or place is None:
            camera.display_vectorized(vmobject, context)
        else:
            context.new_path()
            batch.append(context, place)
            pen.paint(vmobject)
    left = (m for m, place in zip(vmobjects, places, strict=True) if place is None)
    return None if any(len(vmobject.points) for vmobject in left) else batch


def _batch(camera: Camera, vmobjects: list[VMobject]) -> tuple[PathBatch | None, list[int | None]]:
    """All paths at once, and the place in them of each mobject (None: let Manim draw it)."""
    plain = _looks_straight.of(camera)
    kinds = {kind: _plain_paths(kind) for kind in set(map(type, vmobjects))}
    arrays: list[np.ndarray] = []
    curves: list[int] = []
    places: list[int | None] = []
    tolerance = vmobjects[0].tolerance_for_point_equality if vmobjects else 0.0
    for vmobject in vmobjects:
        points = vmobject.points
        if not plain:
            points = camera.transform_points_pre_display(vmobject, points)
        count, rest = divmod(len(points), 4)
        if (
            rest
            or not count
            or points.dtype != _FLOAT
            or points.ndim != 2
            or points.shape[1] != 3
            or vmobject.n_points_per_cubic_curve != 4
            or vmobject.tolerance_for_point_equality != tolerance
            or not kinds[type(vmobject)]
            or not _plain_paths.has_none_in(vmobject.__dict__)
            or not _plain_style.has_none_in(vmobject.__dict__)
        ):
            places.append(None)
            continue
        places.append(len(arrays))
        arrays.append(points)
        curves.append(count)
    if not arrays:
        return None, places
    points = np.concatenate(arrays)
    if plain and not np.isfinite(points).all():
        # Manim replaces such a mobject's points by one point at the origin: its own affair
        return None, [None] * len(vmobjects)
    return PathBatch(points, curves, tolerance), places


class _Pen:
    """Fills and strokes the current path in a mobject's style, as Manim's camera does."""

    def __init__(self, camera: Camera, context: cairo.Context) -> None:
        self._camera = camera
        self._context = context
        self._multiple = camera.cairo_line_width_multiple
        self._zoom = camera.frame_width / camera.frame_width
        self._plain: dict[type, bool] = {}  # whose styles are Manim's

    def paint(self, vmobject: VMobject) -> None:
        camera = self._camera
        plain = self._plain.get(type(vmobject))
        if plain is None:
            plain = self._plain[type(vmobject)] = _plain_style(type(vmobject))
        if not plain:
            camera.apply_stroke(self._context, vmobject, background=True)
            camera.apply_fill(self._context, vmobject)
            camera.apply_stroke(self._context, vmobject)
            return
        width = vmobject.background_stroke_width
        if width > 0:
            self._stroke(vmobject, width, camera.get_stroke_rgbas(vmobject, background=True))
        if self._source(vmobject, camera.get_fill_rgbas(vmobject)):
            self._context.fill_preserve()
        width = vmobject.stroke_width
        if isinstance(width, str):
            width = int(width)
        if width > 0:
            self._stroke(vmobject, width, camera.get_stroke_rgbas(vmobject))

    def _stroke(self, vmobject: VMobject, width: float, rgbas: np.ndarray) -> None:
        if not self._source(vmobject, rgbas):
            return
        context = self._context
        context.set_line_width(width * self._multiple * self._zoom)
        context.set_line_join(LINE_JOIN_MAP[vmobject.joint_type])
        context.set_line_cap(CAP_STYLE_MAP[vmobject.cap_style])
        context.stroke_preserve()

    def _source(self, vmobject: VMobject, rgbas: np.ndarray) -> bool:
        """Set the colour or gradient; False if it is wholly transparent and paints nothing."""
        if rgbas.shape != _ROW:
            self._gradient(vmobject, rgbas)
            return True
        red, green, blue, alpha = rgbas[0].tolist()
        if alpha == 0:
            return False
        self._context.set_source_rgba(blue, green, red, alpha)
        return True

    def _gradient(self, vmobject: VMobject, rgbas: np.ndarray) -> None:
        begin, end = self._camera.transform_points_pre_display(
            vmobject, np.array(vmobject.get_gradient_start_and_end_points())
        )[:2].tolist()
        pattern = cairo.LinearGradient(*begin[:2], *end[:2])
        for offset, (red, green, blue, alpha) in zip(
            _offsets(len(rgbas)), rgbas.tolist(), strict=True
        ):
            pattern.add_color_stop_rgba(offset, blue, green, red, alpha)
        self._context.set_source(pattern)


@cache
def _offsets(count: int) -> list[float]:
    return np.linspace(0, 1, count).tolist()
