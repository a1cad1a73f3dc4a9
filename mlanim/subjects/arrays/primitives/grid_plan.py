"""Which cells of an array are drawn, and where, in cells from the upper left: no Manim yet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

__all__ = ["GridPlan", "Place", "drawn_of"]

_BETWEEN = 0.45  # cells between the slabs of an array of three dimensions and more
_TITLE = 0.75  # of a cell's height, for the index above a slab


@dataclass(frozen=True)
class Place:
    """Where a cell is drawn: its number in C order, and the middle of its place, y downwards."""

    number: int
    x: float
    y: float


def drawn_of(length: int, most: int) -> tuple[list[int], int | None]:
    """Which of so many are drawn, and which place among them the dots have: the first, the last.

    >>> drawn_of(4, 4), drawn_of(100, 5)
    (([0, 1, 2, 3], None), ([0, 1, 2, 99], 3))
    """
    if length <= most:
        return list(range(length)), None
    head = max(1, most - 2)
    return [*range(head), length - 1], head


@dataclass(frozen=True)
class GridPlan:
    """An array's shape on a page.

    Attributes:
        most: rows and columns that are drawn at most; of more the first, dots, and the last.
        upright: a vector stands as a column.
        down: the slabs of an array of three dimensions stand below each other.

    >>> plan = GridPlan((2, 100), most=(4, 5))
    >>> [place.number for place in plan.places], plan.width, plan.height
    ([0, 1, 2, 99, 100, 101, 102, 199], 5.0, 2.0)
    """

    shape: tuple[int, ...]
    most: tuple[int, int] = (12, 14)
    upright: bool = False
    down: bool = False

    @property
    def rows(self) -> int:
        """Rows of the array's last two axes."""
        if len(self.shape) < 2:
            return self.shape[0] if self.shape and self.upright else 1
        return self.shape[-2]

    @property
    def columns(self) -> int:
        """Columns of the array's last two axes."""
        if len(self.shape) < 2:
            return self.shape[0] if self.shape and not self.upright else 1
        return self.shape[-1]

    @property
    def slabs(self) -> tuple[int, int]:
        """How many slabs there are, down and across: all axes but the last two."""
        lead = self.shape[:-2]
        if len(lead) < 2:
            count = lead[0] if lead else 1
            return (count, 1) if self.down else (1, count)
        return math.prod(lead[:-1]), lead[-1]

    @cached_property
    def axes(self) -> tuple[tuple[list[int], int | None], ...]:
        """What is drawn of slabs down, slabs across, rows and columns."""
        down, across = self.slabs
        most_slabs = 4 if self.columns * self.rows > 1 else self.most[1]
        return (
            drawn_of(down, most_slabs),
            drawn_of(across, most_slabs),
            drawn_of(self.rows, self.most[0]),
            drawn_of(self.columns, self.most[1]),
        )

    @property
    def is_cut(self) -> bool:
        """Whether not all cells are drawn."""
        return any(gap is not None for _, gap in self.axes)

    @property
    def is_stack(self) -> bool:
        """Whether it has slabs, each with its index above it."""
        return len(self.shape) > 2

    @cached_property
    def slab_size(self) -> tuple[int, int]:
        """Places of a slab across and down, dots included; an empty one has one."""
        _, _, (rows, row_gap), (columns, column_gap) = self.axes
        wide = len(columns) + (column_gap is not None)
        high = len(rows) + (row_gap is not None)
        return max(1, wide), max(1, high)

    @cached_property
    def corners(self) -> list[tuple[tuple[int, int], float, float]]:
        """Of each drawn slab: its place in the stack and its upper left corner."""
        (down, down_gap), (across, across_gap), _, _ = self.axes
        wide, high = self.slab_size
        title = _TITLE if self.is_stack else 0.0
        found = []
        for i, slab_row in enumerate(down):
            for j, slab_column in enumerate(across):
                y = title + _slot(i, down_gap) * (high + _BETWEEN + title)
                found.append(((slab_row, slab_column), _slot(j, across_gap) * (wide + _BETWEEN), y))
        return found

    @cached_property
    def places(self) -> list[Place]:
        """The drawn cells, in C order."""
        _, _, (rows, row_gap), (columns, column_gap) = self.axes
        each = self.rows * self.columns
        found = []
        for (slab_row, slab_column), left, top in self.corners:
            first = (slab_row * self.slabs[1] + slab_column) * each
            for i, row in enumerate(rows):
                for j, column in enumerate(columns):
                    x, y = left + _slot(j, column_gap) + 0.5, top + _slot(i, row_gap) + 0.5
                    found.append(Place(first + row * self.columns + column, x, y))
        return sorted(found, key=lambda place: place.number)

    @property
    def width(self) -> float:
        """Cells across, with what is between slabs."""
        _, (across, gap), _, _ = self.axes
        count = max(1, len(across) + (gap is not None))
        return self.slab_size[0] * count + _BETWEEN * (count - 1)

    @property
    def height(self) -> float:
        """Cells down, with what is above slabs."""
        (down, gap), _, _, _ = self.axes
        count = max(1, len(down) + (gap is not None))
        title = _TITLE if self.is_stack else 0.0
        return (self.slab_size[1] + title) * count + _BETWEEN * (count - 1)

    def index_of(self, slab: tuple[int, int]) -> str:
        """A slab's index, as NumPy writes it."""
        lead = self.shape[:-2]
        flat = slab[0] * self.slabs[1] + slab[1]
        return f"[{', '.join(str(int(i)) for i in np.unravel_index(flat, lead))}]"


def _slot(place: int, gap: int | None) -> int:
    return place if gap is None or place < gap else place + 1
