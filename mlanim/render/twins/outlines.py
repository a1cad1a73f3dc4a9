"""Outlines of SVG files, read once per shape and moved as arrays.

A glyph that occurs a hundred times in a text is a hundred times the same path at another place.
svgelements reads it a hundred times, one number at a time, and moves each of its points alone.
An `OutlinePath` is such a path whose segments nobody has asked for yet: it knows its text and
where it was moved, gives Manim its points as one array, and becomes a plain path of segments as
soon as somebody looks at them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import svgelements as se  # type: ignore[import-untyped]
from svgelements.svgelements import (  # type: ignore[import-untyped]
    GraphicObject,
    SVGLexicalParser,
    Transformable,
)

_TOO_FAR_TO_CLOSE = 0.0001  # Manim's: a path that ends further from its start gets a line
_UNDECIDED = 1e-8
_HUGE = 1e100


class Outlines:
    """The outlines that were read so far, by the text of their ``d`` attribute."""

    def __init__(self) -> None:
        self._known: dict[str, Outline | None] = {}

    def read(self, path: se.Path, text: Any) -> None:
        """``svgelements.Path.parse``, with the segments left until they are needed."""
        if type(path) is not se.Path or path._segments or type(text) is not str:
            SVGLexicalParser().parse(path, text)
            return
        if text not in self._known:
            SVGLexicalParser().parse(path, text)  # what raises here is not remembered
            self._known[text] = _outline(text, path._segments)
        outline = self._known[text]
        if outline is None:
            if not path._segments:
                SVGLexicalParser().parse(path, text)
            return
        path.__class__ = OutlinePath
        path.__dict__.pop("_segments")
        path.outline, path.moves = outline, ()


class OutlinePath(se.Path):
    """A path whose segments are made when they are asked for."""

    outline: Outline
    moves: tuple[tuple[float, ...], ...]  # the matrices (a, b, c, d, e, f) it was moved by

    def __getattr__(self, name: str) -> Any:
        if name != "_segments" or "outline" not in self.__dict__:
            raise AttributeError(name)
        plain = se.Path()
        SVGLexicalParser().parse(plain, self.__dict__.pop("outline").text)
        moves = self.__dict__.pop("moves")
        self.__class__ = se.Path
        self._segments = plain._segments
        for move in moves:
            for segment in self._segments:
                segment *= se.Matrix(*move)
        return self._segments

    def reify(self) -> se.Path:
        """Move the path by its own matrix, as svgelements does with each segment."""
        m = self.transform
        move = (m.a, m.b, m.c, m.d, m.e, m.f)
        if not all(type(entry) in (int, float) and abs(entry) < _HUGE for entry in move):
            self._segments  # noqa: B018  (from now on a plain path)
            return self.reify()
        GraphicObject.reify(self)
        Transformable.reify(self)
        self.moves = (*self.moves, tuple(map(float, move)))
        m.reset()
        return self

    def approximate_arcs_with_quads(self, error: float = 0.1) -> None:
        """Outlines have no arcs."""

    def points(self) -> np.ndarray:
        """Manim's cubic curves of this path, (n, 3)."""
        return self.outline.points(self.moves)


class Outline:
    """The points of a path, and which of them make its curves.

    ``xy`` (k, 2) are the path's end and control points. Each point of a curve is one of them, or
    a third of the sum of three: that is how Manim writes lines and quadratic curves as cubics.
    """

    def __init__(
        self, text: str, xy: list, curves: list[tuple | int], closings: list[tuple[int, int]]
    ) -> None:
        self.text = text
        self._xy = np.array(xy, dtype=float).reshape(-1, 2)
        self._curves = curves  # four triples of indices a curve; a number stands for a closing
        self._ends = np.array([end for end, _ in closings], dtype=int)
        self._starts = np.array([start for _, start in closings], dtype=int)
        self._layouts: dict[tuple[bool, ...], tuple[np.ndarray, np.ndarray]] = {}

    def points(self, moves: tuple[tuple[float, ...], ...]) -> np.ndarray:
        """The curves (n, 3) after the moves, open subpaths closed by a line."""
        x, y = self._xy[:, 0], self._xy[:, 1]
        for a, b, c, d, e, f in moves:
            # in this order: a different one rounds differently
            x, y = x * a + y * c + e, x * b + y * d + f
        moved = np.zeros((len(x), 3))
        moved[:, 0], moved[:, 1] = x, y
        triples, thirds = self._layout(self._open_ends(moved))
        result = moved[triples[:, 0]]
        between = triples[thirds]
        result[thirds] = (moved[between[:, 0]] + moved[between[:, 1]] + moved[between[:, 2]]) / 3
        return result

    def _open_ends(self, moved: np.ndarray) -> tuple[bool, ...]:
        """Which subpaths need a line to their start."""
        gaps = moved[self._ends] - moved[self._starts]
        lengths = np.sqrt((gaps * gaps).sum(axis=1))
        for i in np.flatnonzero(abs(lengths - _TOO_FAR_TO_CLOSE) < _UNDECIDED):
            lengths[i] = np.linalg.norm(gaps[i])
        return tuple((lengths > _TOO_FAR_TO_CLOSE).tolist())

    def _layout(self, needs_line: tuple[bool, ...]) -> tuple[np.ndarray, np.ndarray]:
        if needs_line not in self._layouts:
            triples: list[tuple[int, int, int]] = []
            for curve in self._curves:
                if not isinstance(curve, int):
                    triples += curve
                elif needs_line[curve]:
                    triples += _line(int(self._ends[curve]), int(self._starts[curve]))
            array = np.array(triples, dtype=int).reshape(-1, 3)
            self._layouts[needs_line] = array, np.flatnonzero(array[:, 0] != array[:, 2])
        return self._layouts[needs_line]


def _outline(text: str, segments: list) -> Outline | None:
    """The outline of a path as svgelements read it; None for what is not a font's way."""
    xy: list[tuple[float, float]] = []
    curves: list[tuple | int] = []
    closings: list[tuple[int, int]] = []
    last = start = None  # indices of the pen's place and of the last move
    closed = False

    def place(point: Any) -> int:
        xy.append((point.x, point.y))
        return len(xy) - 1

    for segment in segments:
        kind = type(segment)
        if kind is se.Move and _are_plain(segment.end):
            last = start = place(segment.end)
            closed = False
            continue
        if last is None or start is None or closed:
            return None  # drawn without a move: where it starts depends on what was closed
        if kind is se.Close:
            curves.append(len(closings))
            closings.append((last, start))
            closed = True
        elif kind is se.Line and _are_plain(segment.end):
            end = place(segment.end)
            curves.append(_line(last, end))
            last = end
        elif kind is se.QuadraticBezier and _are_plain(segment.control, segment.end):
            control, end = place(segment.control), place(segment.end)
            curves.append((_at(last), (last, control, control), (control, control, end), _at(end)))
            last = end
        elif kind is se.CubicBezier and _are_plain(segment.control1, segment.control2, segment.end):
            first, second = place(segment.control1), place(segment.control2)
            end = place(segment.end)
            curves.append((_at(last), _at(first), _at(second), _at(end)))
            last = end
        else:
            return None
    return Outline(text, xy, curves, closings)


def _are_plain(*points: Any) -> bool:
    return all(
        type(point) is se.Point
        and type(point.x) is float
        and type(point.y) is float
        and abs(point.x) < _HUGE
        and abs(point.y) < _HUGE
        for point in points
    )


def _at(i: int) -> tuple[int, int, int]:
    return i, i, i


def _line(start: int, end: int) -> tuple:
    return _at(start), (start, start, end), (start, end, end), _at(end)
