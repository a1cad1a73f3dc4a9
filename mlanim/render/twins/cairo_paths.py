"""Whole paths for Cairo: many vector mobjects' curves in one array, appended in one call each.

Manim calls Cairo once per curve from Python. Here NumPy writes the ``cairo_path_data_t``
records of all mobjects of a frame at once, and pycairo's own ``Context.append_path`` reads each
mobject's part of them. The doubles that reach Cairo, and their order, are those of
``Camera.set_cairo_context_path``.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache

import cairo
import numpy as np
from numpy.typing import NDArray

MOVE, CURVE, CLOSE = 0, 2, 3  # cairo_path_data_type_t
_RTOL = 1.0e-5  # of numpy.isclose, which Manim follows
_PATH = np.dtype([("status", "i4"), ("data", "u8"), ("length", "i4")], align=True)  # cairo_path_t


class PathBatch:
    """The paths of several vector mobjects, ready to be appended to a Cairo context.

    points is a float64 array (4 * curves, 2 or more) of all mobjects' points one after the other,
    curves the number of cubic curves of each (at least one), tolerance their
    ``tolerance_for_point_equality``.

        batch = PathBatch(circle.points, [len(circle.points) // 4], 1e-6)
        batch.append(context, 0)
    """

    def __init__(self, points: NDArray, curves: Sequence[int], tolerance: float) -> None:
        quads = np.ascontiguousarray(points[:, :2]).reshape(-1, 4, 2)
        counts = np.asarray(curves)
        first = np.cumsum(counts) - counts
        begins = _subpath_begins(quads, first, tolerance)
        sub_first = np.flatnonzero(begins)
        sub_last = np.append(sub_first[1:], len(quads)) - 1
        closed = _same_point(quads[sub_first, 0], quads[sub_last, 3], tolerance)

        # a curve is a header and three points; a sub-path adds a move (two) and perhaps a close
        before = np.zeros(len(quads), np.intp)
        before[sub_first] = 2
        before[sub_first[1:]] += closed[:-1]
        at = np.cumsum(before) + 4 * np.arange(len(quads))
        size = int(at[-1]) + 4 + int(closed[-1])

        self._records = np.empty((size, 2))
        headers = self._records.view(np.int32)
        headers[at, :2] = CURVE, 4
        for k in (1, 2, 3):
            self._records[at + k] = quads[:, k]
        moves = at[sub_first] - 2
        headers[moves, :2] = MOVE, 2
        self._records[moves + 1] = quads[sub_first, 0]
        headers[at[sub_last[closed]] + 4, :2] = CLOSE, 1

        starts = at[first] - 2
        self._paths = np.zeros(len(counts), _PATH)
        self._paths["data"] = self._records.ctypes.data + 16 * starts
        self._paths["length"] = np.diff(starts, append=size)
        self._address = self._paths.ctypes.data
        self._carrier, self._slot = _carrier()
        self._quads = quads

    def hull(self) -> tuple[NDArray, NDArray]:
        """The corners (2,) of the least box that holds all points, and with them all curves."""
        low, high = self._quads.min(axis=0), self._quads.max(axis=0)  # of first points, and so on
        return low.min(axis=0), high.max(axis=0)

    def append(self, context: cairo.Context, index: int) -> None:
        """Append the path of one mobject to the context's current path."""
        self._slot.value = self._address + index * _PATH.itemsize
        context.append_path(self._carrier)


def _subpath_begins(quads: NDArray, first: NDArray, tolerance: float) -> NDArray:
    """Which curves start a sub-path: a mobject's first, and where the pen has to jump."""
    begins = np.empty(len(quads), bool)
    ends, starts = quads[:-1, 3], quads[1:, 0]
    same = ends == starts
    if not same.all():
        # VMobject.get_subpath_split_indices_from_points, word for word
        with np.errstate(invalid="ignore"):
            differences = np.abs(ends - starts)
            close = differences <= tolerance + _RTOL * np.abs(starts)
            finite = np.isfinite(differences)
            if not finite.all():
                close &= finite
                close |= same
        same = close
    np.logical_not(same[:, 0] & same[:, 1], out=begins[1:])
    begins[first] = True
    return begins


def _same_point(begin: NDArray, end: NDArray, tolerance: float) -> NDArray:
    """VMobject.consider_points_equals_2d for rows of points."""
    with np.errstate(invalid="ignore"):
        differences = np.abs(begin - end)
        close = (differences <= tolerance + _RTOL * np.abs(end)) & np.isfinite(differences)
    close |= begin == end
    return close[:, 0] & close[:, 1]


@cache
def _carrier() -> tuple[cairo.Path, ctypes.c_void_p]:
    """A pycairo Path, and the slot in it that points to the cairo_path_t it stands for."""
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
    path = context.copy_path()
    slot = ctypes.c_void_p.from_address(id(path) + object.__basicsize__)
    # immortal: its destructor would hand NumPy's memory to Cairo's free()
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(path))
    return path, slot


@cache
def whole_paths_work() -> bool:
    """Whether this build of pycairo lets a Path be lent our records: tried out on a known path."""
    if object.__basicsize__ + ctypes.sizeof(ctypes.c_void_p) > cairo.Path.__basicsize__:
        return False
    if ctypes.sizeof(ctypes.c_void_p) != 8 or cairo.Path.__basicsize__ > 32:
        return False
    square = np.array(
        [
            [0, 0],
            [1, 0],
            [2, 0],
            [3, 0],
            [3, 0],
            [3, 1],
            [3, 2],
            [0, 0],
            [5, 5],
            [6, 6],
            [7, 5],
            [8, 5.0],
        ]
    )
    ours = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 16, 16))
    theirs = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 16, 16))
    PathBatch(square, [3], 1e-6).append(ours, 0)
    theirs.move_to(0, 0)
    theirs.curve_to(1, 0, 2, 0, 3, 0)
    theirs.curve_to(3, 1, 3, 2, 0, 0)
    theirs.close_path()
    theirs.move_to(5, 5)
    theirs.curve_to(6, 6, 7, 5, 8, 5)
    return list(ours.copy_path()) == list(theirs.copy_path())
