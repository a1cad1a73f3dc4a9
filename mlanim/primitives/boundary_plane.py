"""A plane with points of two classes, the region of each, and the lines between them."""

from __future__ import annotations

from typing import Any

import numpy as np
from contourpy import contour_generator
from manim import Circle, Group, ImageMobject, Rectangle, Square, VGroup, VMobject
from numpy.typing import NDArray

from mlanim.colour import from_hex
from mlanim.models.boundary_data import grid_points
from mlanim.primitives.area import Area
from mlanim.theme import LIGHT, Theme

__all__ = ["BoundaryPlane"]

_CELLS = 200  # a side, of regions and contours
_DOT = 0.055  # units
_DASH, _SPACE = 0.16, 0.11
_SHARPEST = 4  # pixels a cell, so that no player blurs them


class BoundaryPlane(Group):
    """A view (left, right, bottom, top) of the plane as a square in an area.

    Class 0 is drawn as circles, class 1 as squares: shape says what colour says.

    Parts: `.frame`. Made on demand, in their place: `.regions(decision)` (one image), `.solid` and
    `.dashed` (lines where a function of points is 0), `.dots(points, kinds)`, `.rings(points)`.

    >>> plane = BoundaryPlane((0, 1, 0, 1), area=Area(0, 0, 4, 4))
    >>> line = plane.solid(lambda points: points[:, 0] - 0.5)
    >>> bool(np.allclose(line.points[:, 0], 2.0, atol=0.02))
    True
    """

    def __init__(
        self, view: tuple[float, float, float, float], *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.view, self.theme = view, theme
        side = min(area.width, area.height)
        self.frame = Rectangle(width=side, height=side).move_to(area.center)
        self.frame.set_stroke(theme.muted, theme.stroke.thin)
        self._corner = self.frame.get_corner([-1, -1, 0])
        self._side = side
        self._grid, self._axes = grid_points(view, _CELLS)
        self.add(self.frame)

    def place(self, points: NDArray) -> NDArray:
        """Where points (n, 2) of the data stand on the page, (n, 3)."""
        left, right, bottom, top = self.view
        share = (np.asarray(points) - (left, bottom)) / (right - left, top - bottom)
        flat = np.zeros((len(share), 1))
        return self._corner + np.concatenate([share * self._side, flat], axis=1)

    def values(self, decide: Any) -> NDArray:
        """A function of points (n, 2) on the grid, (cells, cells), lowest row first."""
        return np.asarray(decide(self._grid), float).reshape(_CELLS, _CELLS)

    def regions(self, decide: Any, *, graded: bool = True) -> ImageMobject:
        """Tint by the sign, and where `graded` by the size (from -1 to 1), of a decision."""
        found = self.values(decide)
        strength = np.clip(np.abs(found), 0, 1) if graded else np.full(found.shape, 0.6)
        surface = from_hex(self.theme.surface)
        tints = [from_hex(self.theme.role(name).fill) for name in ("class_a", "class_b")]
        chosen = np.where((found > 0)[..., None], tints[1], tints[0])
        mixed = surface + (chosen - surface) * strength[..., None]
        pixels = np.full((*found.shape, 4), 255, np.uint8)
        pixels[..., :3] = np.rint(255 * np.clip(mixed, 0, 1))
        pixels = pixels[::-1].repeat(_SHARPEST, axis=0).repeat(_SHARPEST, axis=1)
        picture = ImageMobject(pixels)
        picture.stretch_to_fit_width(self._side).stretch_to_fit_height(self._side)
        return picture.move_to(self.frame).set_z_index(-1)

    def solid(self, decide: Any) -> VMobject:
        """The line where a decision changes its sign."""
        return self._line(self._contours(decide), self.theme.ink, self.theme.stroke.bold)

    def dashed(self, decide: Any) -> VMobject:
        """The same, dashed: for a boundary that is known, not learned."""
        dashes = [dash for line in self._contours(decide) for dash in _dashes(line)]
        return self._line(dashes, self.theme.ink, self.theme.stroke.normal)

    def dots(self, points: NDArray, kinds: NDArray) -> VGroup:
        """One mark a point."""
        marks = VGroup()
        for place, kind in zip(self.place(points), kinds, strict=True):
            role = self.theme.role("class_b" if kind else "class_a")
            mark = Square(side_length=1.7 * _DOT) if kind else Circle(radius=_DOT)
            mark.set_fill(role.ink, 1).set_stroke(self.theme.surface, 0.6)
            inside = np.abs(place - self.frame.get_center()).max() < self._side / 2 - _DOT
            if inside:  # what lies out of view is not drawn
                marks.add(mark.move_to(place))
        return marks

    def rings(self, points: NDArray) -> VGroup:
        """A ring around each point, such as a support vector."""
        rings = VGroup()
        for place in self.place(points):
            if np.abs(place - self.frame.get_center()).max() < self._side / 2 - 2 * _DOT:
                ring = Circle(radius=2 * _DOT).set_stroke(self.theme.ink, self.theme.stroke.thin)
                rings.add(ring.move_to(place))
        return rings

    def _contours(self, decide: Any) -> list[NDArray]:
        xs, ys = self._axes
        lines = contour_generator(xs, ys, self.values(decide)).lines(0.0)
        paths = [np.asarray(line, float) for line in lines]
        return [self.place(path) for path in paths if len(path) > 1]

    def _line(self, paths: list[NDArray], colour: str, width: float) -> VMobject:
        line = VMobject(stroke_color=colour, stroke_width=width)
        for path in paths:
            line.start_new_path(path[0])
            line.add_points_as_corners(path[1:])
        return line


def _dashes(path: NDArray) -> list[NDArray]:
    """Pieces of a path, each a dash long, a space apart."""
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    starts = np.arange(0, along[-1], _DASH + _SPACE)
    pieces = []
    for start in starts:
        at = np.linspace(start, min(start + _DASH, along[-1]), 5)
        pieces.append(np.stack([np.interp(at, along, path[:, i]) for i in range(3)], axis=1))
    return pieces
