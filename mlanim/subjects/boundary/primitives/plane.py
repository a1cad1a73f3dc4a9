"""A plane with points of some classes, the region of each, and the lines between them."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from contourpy import contour_generator
from manim import Group, ImageMobject, Mobject, Rectangle, VMobject
from manim.constants import RESAMPLING_ALGORITHMS
from numpy.typing import NDArray

from mlanim.colour import from_hex
from mlanim.models.boundary_data import grid_points
from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import (
    CLASS_ROLES,
    ClassMarks,
    mark_outline,
    mark_radius,
)
from mlanim.primitives.plane_view import PlaneView
from mlanim.primitives.seen import Seen
from mlanim.subjects.boundary.models.fit import CELLS
from mlanim.theme import LIGHT, Theme

__all__ = ["BoundaryPlane", "lead"]

M = TypeVar("M", bound=Mobject)
_DASH, _SPACE = 0.15, 0.1
_BANDS = 5  # shades from undecided to certain
_FULL, _FAINT = 0.26, 0.05  # ink in the tint of a certain and of an undecided place
_PLAIN = 0.17  # where the scores are no probabilities


class BoundaryPlane(Group):
    """A view (left, right, bottom, top) of the plane as a square in an area.

    Scores are those of a fit at the middles of the view's cells, (CELLS², k), lowest row first.

    Parts: `.frame`. Made on demand, in their place: `.regions(scores)` (one image),
    `.solid(scores)` and `.dashed(values)` (lines), `.marks(points, kinds)`, `.rings(points)`.

    >>> plane = BoundaryPlane((0, 1, 0, 1), area=Area(0, 0, 4, 4))
    >>> line = plane.path(plane.contours(plane.values(lambda points: points[:, 0] - 0.5)))
    >>> bool(np.allclose(line.points[:, 0], 2.0, atol=0.02))
    True
    """

    def __init__(
        self,
        view: tuple[float, float, float, float],
        *,
        area: Area,
        classes: int = 2,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.view, self.theme, self.classes = view, theme, classes
        side = min(area.width, area.height)
        self.frame = Rectangle(width=side, height=side).move_to(area.center)
        self.frame.set_stroke(theme.muted, theme.stroke.thin)
        self.side = side
        self._on_page = PlaneView(view, self.frame.get_corner([-1, -1, 0]), side)
        self.heft = float(np.clip(side / 4, 0.5, 1))  # of lines and marks, on a small plane less
        self.grid, self._axes = grid_points(view, CELLS)
        surface = from_hex(theme.surface)
        inks = [from_hex(theme.role(role).ink) for role in CLASS_ROLES[:classes]]
        self._inks, self._surface = np.array(inks), surface
        self.add(self.frame)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        left, right, bottom, top = self.view
        return Seen("plane", f"x from {left:g} to {right:g}, y from {bottom:g} to {top:g}")

    @property
    def area(self) -> Area:
        """The square that it fills."""
        return Area.around(self.frame)

    def place(self, points: NDArray) -> NDArray:
        """Where points (n, 2) of the data stand on the page, (n, 3)."""
        return self._on_page.page(points)

    def holds(self, mobject: M) -> M:
        """Note of something on the plane that its points are the data's."""
        noted: Any = mobject
        noted.plane_view = self._on_page
        return mobject

    def sees(self, points: NDArray, inset: float = 0.0) -> NDArray:
        """Which points (n, 2) of the data lie in view, so many units inside the frame; (n,)."""
        away = np.abs(self.place(points) - self.frame.get_center())
        return away.max(axis=1) < self.side / 2 - inset

    def values(self, decide: Any) -> NDArray:
        """A function of points (n, 2) on the grid, (CELLS, CELLS), lowest row first."""
        return np.asarray(decide(self.grid), float).reshape(CELLS, CELLS)

    def tint(self, scores: NDArray, *, graded: bool) -> NDArray:
        """Colours (CELLS, CELLS, 3), 0 to 1: the highest class, shaded by how far it leads."""
        best = scores.argmax(axis=1)
        if not graded:
            shades = np.array([_PLAIN])
            step = np.zeros(len(scores), int)
        else:
            shades = np.linspace(_FAINT, _FULL, _BANDS)
            columns = scores.T if scores.shape[1] == 2 else np.partition(scores, -2, axis=1).T
            ahead = np.abs(columns[-1] - columns[-2])
            step = np.clip((ahead * _BANDS).astype(np.intp), 0, _BANDS - 1)
        colours = self._surface + (self._inks[:, None] - self._surface) * shades[:, None]
        return np.asarray(colours[best, step].reshape(CELLS, CELLS, 3))

    def image(self, colours: NDArray) -> ImageMobject:
        """A picture of colours (CELLS, CELLS, 3), lowest row first, behind everything."""
        picture = ImageMobject(pixels_of(colours))
        picture.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        picture.stretch_to_fit_width(self.side).stretch_to_fit_height(self.side)
        return picture.move_to(self.frame).set_z_index(-1)

    def regions(self, scores: NDArray, *, graded: bool = True) -> ImageMobject:
        """The picture of the classes' regions."""
        picture: Any = self.image(self.tint(scores, graded=graded))
        winner = scores.argmax(axis=1).reshape(CELLS, CELLS)
        picture.drawn_data = {"regions": winner.astype(np.uint8)}
        return self.holds(picture)

    def contours(self, values: NDArray, level: float = 0.0) -> list[NDArray]:
        """Paths (n, 3) on the page where values on the grid (CELLS, CELLS) cross a level."""
        xs, ys = self._axes
        lines = contour_generator(xs, ys, values.reshape(CELLS, CELLS)).lines(level)
        paths = [np.asarray(line, float) for line in lines]
        return [self.place(path) for path in paths if len(path) > 1]

    def between(self, scores: NDArray) -> list[NDArray]:
        """Paths on the page where another class takes the lead."""
        kinds = range(1, 2) if scores.shape[1] == 2 else range(scores.shape[1] - 1)
        return [path for kind in kinds for path in self.contours(lead(scores, kind))]

    def path(self, paths: list[NDArray], *, width: float | None = None, ink: str = "") -> VMobject:
        """One line of several paths (n, 3)."""
        width = self.heft * self.theme.stroke.bold if width is None else width
        line = VMobject(stroke_color=ink or self.theme.ink, stroke_width=width)
        line.points = corners_of(paths)
        return self.holds(line)

    def solid(self, scores: NDArray) -> VMobject:
        """The learned line."""
        line = self.path(self.between(scores))
        line.name = "learned boundary"
        return line

    def dashed(self, values: NDArray) -> VMobject:
        """The line where values on the grid are 0: of a boundary that is known, not learned."""
        line = self.path(self.dashes(values), width=self.heft * self.theme.stroke.normal)
        line.name = "best rule"
        return line.set_z_index(1)

    def dashes(self, values: NDArray) -> list[NDArray]:
        """The paths of that line, each a dash long."""
        return [dash for line in self.contours(values) for dash in _dashes(line, self.heft)]

    def marks(self, points: NDArray, kinds: NDArray, **style: Any) -> ClassMarks:
        """Marks of those points that are in view."""
        seen = self.sees(points, 0.05)
        size = {"radius": self.radius(len(points))}
        style = {"classes": self.classes, "theme": self.theme, **size, **style}
        marks = ClassMarks(self.place(points[seen]), np.asarray(kinds)[seen], **style)
        return self.holds(marks)

    def ellipses(self, mean: NDArray, covariance: NDArray, *, role: str) -> list[VMobject]:
        """Where a normal distribution is one and two standard deviations from its mean."""
        turn = np.linspace(0, 2 * np.pi, 97)
        circle = np.stack([np.cos(turn), np.sin(turn)], axis=1) @ _root(covariance).T
        ink, width = self.theme.role(role).ink, self.theme.stroke.bold
        return [
            self.path([self.place(self.within(mean + far * circle))], width=width / far, ink=ink)
            for far in (1, 2)
        ]

    def within(self, points: NDArray) -> NDArray:
        """Points (n, 2) of the data, moved onto the frame where they lie beyond it."""
        left, right, bottom, top = self.view
        return np.clip(points, (left, bottom), (right, top))

    def radius(self, count: int) -> float:
        """The radius of a mark among so many."""
        return (0.3 + 0.7 * self.heft) * mark_radius(count)

    def rings(self, points: NDArray, *, radius: float = 0.12, ink: str = "") -> VMobject:
        """A ring around each point (n, 2) in view, such as a support vector."""
        places = self.place(points[self.sees(points, 0.05)])
        rings = VMobject(
            stroke_color=ink or self.theme.ink, stroke_width=1.3 * self.theme.stroke.thin
        )
        noted: Any = self.holds(rings)
        noted.drawn_data = {"ringed points": points[self.sees(points, 0.05)]}
        rings.points = (places[:, None] + radius * mark_outline(0)).reshape(-1, 3)
        return rings


def lead(scores: NDArray, kind: int) -> NDArray:
    """By how much a class's score is above the best other, (n,); finite.

    >>> lead(np.array([[0.2, 0.7, 0.1]]), 1).round(2).tolist()
    [0.5]
    """
    others = np.delete(scores, kind, axis=1).max(axis=1)
    with np.errstate(invalid="ignore"):
        return np.clip(np.nan_to_num(scores[:, kind] - others), -1e6, 1e6)


def _root(covariance: NDArray) -> NDArray:
    """A matrix (2, 2) that times its transpose gives a covariance, which may be flat."""
    try:
        return np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        lengths, directions = np.linalg.eigh(covariance)
        return np.asarray(directions * np.sqrt(np.maximum(lengths, 0)))


def pixels_of(colours: NDArray) -> NDArray:
    """Bytes (rows, columns, 4), highest row first, of colours with the lowest first."""
    pixels = np.full((*colours.shape[:2], 4), 255, np.uint8)
    pixels[..., :3] = np.rint(255 * np.clip(colours[::-1], 0, 1))
    return pixels


def corners_of(paths: list[NDArray]) -> NDArray:
    """Straight cubic curves (4 m, 3) through the corners of each path."""
    pieces = []
    for path in paths:
        start, end = path[:-1], path[1:]
        curves = [start + (end - start) * part for part in (0, 1 / 3, 2 / 3, 1)]
        pieces.append(np.stack(curves, axis=1).reshape(-1, 3))
    return np.concatenate(pieces) if pieces else np.zeros((0, 3))


def _dashes(path: NDArray, heft: float) -> list[NDArray]:
    """Pieces of a path, each a dash long, a space apart."""
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    pieces = []
    for start in np.arange(0, along[-1], heft * (_DASH + _SPACE)):
        at = np.linspace(start, min(start + heft * _DASH, along[-1]), 5)
        pieces.append(np.stack([np.interp(at, along, path[:, i]) for i in range(3)], axis=1))
    return pieces
