"""Plates of coloured cells with their numbers: what tensors and attention matrices are made of."""

from __future__ import annotations

from typing import Literal

import numpy as np
from manim import LEFT, RIGHT, UL, RoundedRectangle, VGroup, VMobject

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.text import Number
from mlanim.theme import Theme

__all__ = [
    "CAP_SHARE",
    "PAD",
    "cell_numbers",
    "legible_cell",
    "legible_width",
    "negative_mark",
    "paint",
    "place_number",
    "plate",
    "rgb_of",
]

PAD = 0.035  # between the cells and their frame
_NUMBER_SHARE = 0.82  # of a cell's width that its number may take
CAP_SHARE = 0.5  # of a cell's height that its digits may take


def plate(
    rows: int,
    columns: int,
    size: tuple[float, float],
    *,
    role: str,
    theme: Theme,
    spare: tuple[int, int] = (0, 0),
) -> tuple[RoundedRectangle, VGroup]:
    """A frame and, upon it, touching cells of `size` (width, height), in C order.

    The frame leaves room for `spare` (rows, columns) more after the last.
    """
    width, height = size
    if not (width > 0 and height > 0):
        raise UsageError(f"cells of {width:g} x {height:g} units", "sizes are greater than 0")
    cells = _grid(rows, columns, width, height, theme)
    frame = RoundedRectangle(
        width=(columns + spare[1]) * width + 2 * PAD,
        height=(rows + spare[0]) * height + 2 * PAD,
        corner_radius=min(0.09, 0.3 * min(width, height) + PAD),
        stroke_color=theme.role(role).ink,
        stroke_width=theme.stroke.thin,
        fill_color=theme.surface,
        fill_opacity=1,
    )
    frame.shift(
        np.array([-columns * width / 2 - PAD, rows * height / 2 + PAD, 0]) - frame.get_corner(UL)
    )
    return frame, cells


def _grid(rows: int, columns: int, width: float, height: float, theme: Theme) -> VGroup:
    """Cells around the origin, the first at top left, parted by lines in the surface's colour."""
    line = float(np.clip(5 * min(width, height), 0.4, 1.6))
    first = VMobject(fill_opacity=1, stroke_width=line, stroke_color=theme.surface)
    corners = np.array([[0, 0, 0], [1, 0, 0], [1, -1, 0], [0, -1, 0], [0, 0, 0]])
    middle = np.array([columns * width, -rows * height, 0]) / 2
    first.set_points_as_corners(corners * [width, height, 0] - middle)
    steps = (np.array([j * width, -i * height, 0]) for i in range(rows) for j in range(columns))
    return VGroup(*(_twin(first, step) for step in steps))


def _twin(cell: VMobject, step: np.ndarray) -> VMobject:
    """A cell like another, `step` away; Manim's constructor and deep copy cost far more."""
    twin = VMobject.__new__(VMobject)
    twin.__dict__ = {
        name: value.copy() if type(value) in (np.ndarray, list) else value
        for name, value in vars(cell).items()
    }
    twin.points += step
    return twin


def paint(cells: VGroup, colours: np.ndarray) -> None:
    """Give cell i the RGB colour i of (n, 3); each keeps its opacity."""
    for cell, colour in zip(cells, colours.reshape(-1, 3), strict=True):
        cell.fill_rgbas = np.array([[*colour, cell.fill_rgbas[0, 3]]])


def rgb_of(cell: VMobject) -> np.ndarray:
    """The colour of a cell, RGB from 0 to 1."""
    return cell.fill_rgbas[0, :3]


def cell_numbers(
    values: np.ndarray,
    size: tuple[float, float],
    *,
    limit: float,
    wanted: bool | Literal["auto"],
    decimals: int,
    theme: Theme,
) -> VGroup:
    """A number for each of `values`, of one size, as large as fits cells of that `size`.

    There is room for later values up to `limit`, negative ones too if some are now or all are 0.
    None at all if one would have to be smaller than the smallest text; a UsageError then if they
    were `wanted` by True.
    """
    if wanted is False:
        return VGroup()
    needed = legible_cell(values, theme, limit=limit, decimals=decimals)
    cap = _cap_height(needed, size, theme)
    if cap is None and wanted is True:
        low = theme.sizes.small / CAP_SHARE
        raise NoRoomError(
            f"numbers of {decimals} decimals do not fit cells of "
            f"{size[0]:g} x {size[1]:g} units legibly",
            f"make them {needed:.2f} x {low:.2f} (cell=...), the decimals fewer, or numbers='auto'",
            lacks=""
            if size[0] < needed and size[1] < low
            else "width"
            if size[0] < needed
            else "height",
        )
    if cap is None:
        return VGroup()
    return VGroup(
        *(Number(float(v), decimals=decimals, theme=theme, size=cap) for v in values.flat)
    )


def _cap_height(needed: float, size: tuple[float, float], theme: Theme) -> float | None:
    width, height = size
    smallest = theme.sizes.small
    cap = min(smallest * width / needed, CAP_SHARE * height, theme.sizes.body)
    return cap if cap >= smallest - 1e-6 else None


def legible_cell(values: np.ndarray, theme: Theme, *, limit: float, decimals: int = 2) -> float:
    """The width of the narrowest cells in which `cell_numbers` finds room for numbers."""
    floor = -limit if values.min() < 0 or not values.any() else 0.0
    extremes = {values.min(), values.max(), limit, floor}
    return max(legible_width(float(value), theme, decimals) for value in extremes)


def legible_width(value: float, theme: Theme, decimals: int = 2) -> float:
    """The width of the narrowest cell in which this number is as large as the smallest text."""
    number = Number(value, decimals=decimals, theme=theme, size=theme.sizes.small)
    return number.width / _NUMBER_SHARE


def place_number(number: Number, value: float, cell: VMobject, theme: Theme) -> None:
    """Print the value in the middle of its cell, in the ink that reads best upon its colour."""
    number.set_value(value).stand_around(cell.get_center())
    number.in_ink(theme.on(rgb_of(cell)))


def negative_mark(cell: VMobject, ink: str) -> VMobject:
    """A short dash in a cell: its sign, for pages without colour."""
    half = 0.25 * cell.width
    mark = VMobject(stroke_color=ink, stroke_width=float(np.clip(12 * cell.width, 1, 2.5)))
    mark.set_points_as_corners([cell.get_center() + half * LEFT, cell.get_center() + half * RIGHT])
    return mark.set_stroke(opacity=float(cell.fill_rgbas[0, 3])).set_z_index(cell.z_index)
