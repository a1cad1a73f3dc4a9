"""Several arrays on one page: the arrangement and the cuts that give the largest cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.glyphs import set_line
from mlanim.subjects.arrays.models.printed import printed
from mlanim.subjects.arrays.primitives.array_grid import CAP_SHARE, ArrayGrid
from mlanim.subjects.arrays.primitives.grid_plan import GridPlan
from mlanim.theme import Theme

__all__ = ["Arrangement", "arranged"]

_LABELS = 1.0  # units above and below each array for its name and its shape
_INDEX = 0.5  # units for row numbers, and for column numbers
_SIGN, _APART = 0.95, 0.57  # units across for a sign between two arrays, and where there is none
_FRAME = 0.12  # units by which the frame of one stands out of its cells
_SMALLEST, _LARGEST = 0.5, 1.8  # units that a cell is high
_CUTS = ((10, 14), (8, 10), (7, 8), (6, 7), (6, 6), (5, 5), (4, 4), (3, 4), (3, 3))


@dataclass(frozen=True)
class Arrangement:
    """How arrays stand on a page.

    Attributes:
        plans: what is drawn of each.
        cell: width and height of every cell.
        rows: which arrays stand in each row of the page.
    """

    plans: tuple[GridPlan, ...]
    cell: tuple[float, float]
    rows: tuple[tuple[int, ...], ...]

    def place(self, grids: Sequence[ArrayGrid], area: Area) -> None:
        """Put the grids where they stand; frames of a row are level, whatever is around them."""
        sizes = [(float(grid.width), float(grid.height)) for grid in grids]
        heights = [max(sizes[i][1] for i in row) for row in self.rows]
        free = max(0.0, area.height - sum(heights)) / (len(self.rows) + 1)
        y = area.top
        for row, high in zip(self.rows, heights, strict=True):
            y -= free + high / 2
            wide = sum(sizes[i][0] for i in row)
            gap = min(1.6, max(_APART, (area.width - wide) / (len(row) + 1)))
            x = area.center[0] - (wide + gap * (len(row) - 1)) / 2
            for i in row:
                grids[i].move_to([x + sizes[i][0] / 2, y, 0.0])
                x += sizes[i][0] + gap
            y -= high / 2
            middle = float(np.mean([grids[i].frames.get_y() for i in row]))
            for i in row:
                grids[i].shift([0, middle - grids[i].frames.get_y(), 0])


def arranged(
    arrays: Sequence[NDArray],
    area: Area,
    theme: Theme,
    *,
    upright: Sequence[bool] = (),
    indexed: Sequence[bool] = (),
    rows: Sequence[Sequence[int]] | None = None,
    signs: bool = True,
) -> Arrangement:
    """The arrangement with the largest cells: in a row, below each other, or the last one below.

    Fewer cells are drawn where they would be too small to be read. upright: vectors that stand.
    indexed: arrays with row and column numbers. rows: the arrangement, where it is given.
    signs: whether there are any between them, or at the beginning of a row.
    """
    upright = upright or [False] * len(arrays)
    indexed = indexed or [False] * len(arrays)
    best: Arrangement | None = None
    for most in _CUTS:
        base = [GridPlan(a.shape, most, up) for a, up in zip(arrays, upright, strict=True)]
        ratio = _ratio(arrays, base, theme)
        for down in (False, True):
            plans = tuple(replace(plan, down=down) for plan in base)
            for layout in [rows] if rows else _layouts(len(arrays)):
                high = _height(plans, layout, ratio, area, indexed, signs=signs)
                if best is None or high > best.cell[1] + 1e-6:
                    best = Arrangement(plans, (high * ratio, high), tuple(map(tuple, layout)))
        assert best is not None
        if best.cell[1] >= _SMALLEST:
            break
    assert best is not None
    return best


def _layouts(count: int) -> list[list[list[int]]]:
    numbers = list(range(count))
    found = [[numbers], [[i] for i in numbers]]
    if count > 2:
        found += [[numbers[:-1], numbers[-1:]], [numbers[:1], numbers[1:]]]
    return found


def _ratio(arrays: Sequence[NDArray], plans: Sequence[GridPlan], theme: Theme) -> float:
    """How many times as wide as high a cell is, so that the longest number fits."""
    longest = 1.0
    for array, plan in zip(arrays, plans, strict=True):
        shown = array.ravel()[[place.number for place in plan.places]]
        for text in set(printed(shown)):
            longest = max(longest, set_line(text, theme.fonts.sans, "normal").advance)
    return max(1.0, CAP_SHARE * longest / 0.84)


def _height(
    plans: Sequence[GridPlan],
    layout: Sequence[Sequence[int]],
    ratio: float,
    area: Area,
    indexed: Sequence[bool],
    *,
    signs: bool,
) -> float:
    """How high a cell may be."""
    margin = _INDEX if any(indexed) else 0.1
    margin += _SIGN if signs and len(layout) > 1 else 0.0
    apart = _SIGN if signs else _APART + _FRAME
    across = min(
        (area.width - margin - apart * (len(row) - 1)) / sum(plans[i].width * ratio for i in row)
        for row in layout
    )
    beside = (_LABELS + (_INDEX if any(indexed) else 0.1)) * len(layout)
    down = (area.height - beside) / sum(max(plans[i].height for i in row) for row in layout)
    return float(min(across, down, _LARGEST))
