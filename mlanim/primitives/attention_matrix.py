"""Who looks at whom: a matrix of attention weights, one row for each word that looks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, Self

import numpy as np
from manim import LEFT, UP, VGroup, VMobject

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen, weight_array
from mlanim.primitives.axis_labels import axis_labels
from mlanim.primitives.cells import PAD, cell_numbers, paint, place_number, plate
from mlanim.primitives.seen import Seen, words_of_weights
from mlanim.theme import LIGHT, Theme

__all__ = ["AttentionMatrix"]

_STRETCHES = (1.0, 1.5, 2.0, 3.0, 1 / 1.5, 1 / 2.0, 1 / 3.0)  # width to height of a cell


class AttentionMatrix(VGroup):
    """Cells coloured by weight, in a frame; rows appear one by one if `revealed` is less than all.

    Parts: `.cells` in C order, `.numbers` (where they fit), `.row_labels` on the left,
    `.column_labels` on top, `.leaders` to the labels that stand back, `.frame`, and `.rows`, the
    rows on view: each a group of the row's cells, its label and its numbers. Rows that are not
    revealed are no part of the matrix yet.
    With many words, cells 0.28 wide keep the (turned) column labels on one level, and cells 0.14
    high the row labels on two.

    >>> matrix = AttentionMatrix([[0.9, 0.1], [0.2, 0.8]], ["I", "am"], ["je", "suis"], revealed=1)
    >>> row = matrix.reveal_row(1)   # then: self.play(FadeIn(row))
    >>> len(matrix.rows)
    2
    """

    def __init__(
        self,
        weights: Any,
        row_labels: Sequence[str],
        column_labels: Sequence[str],
        *,
        role: str = "score",
        theme: Theme = LIGHT,
        cell: float = 0.5,
        cell_height: float | None = None,
        numbers: bool | Literal["auto"] = "auto",
        decimals: int = 2,
        revealed: int | None = None,
    ) -> None:
        """Raises UsageError for NaN, rows that do not sum to 1, or another count of labels."""
        array = weight_array(weights, "AttentionMatrix", (2,))
        rows, columns = array.shape
        if revealed is not None and not 0 <= revealed <= rows:
            raise UsageError(f"revealed={revealed}", f"this matrix has 0 to {rows} rows to reveal")
        super().__init__()
        self.theme, self.role, self.decimals, self.limit = theme, role, decimals, 1.0
        self.means = "weight"
        height = cell if cell_height is None else cell_height
        self._weights = array
        self.frame, self.cells = plate(rows, columns, (cell, height), role=role, theme=theme)
        paint(self.cells, theme.weight(array, role, self.limit))
        self.row_labels, row_leaders = axis_labels(
            row_labels,
            np.array([c.get_center() + (cell / 2 + PAD) * LEFT for c in self.cells[::columns]]),
            side="left",
            theme=theme,
            name="row_labels",
        )
        self.column_labels, column_leaders = axis_labels(
            column_labels,
            np.array([c.get_center() + (height / 2 + PAD) * UP for c in self.cells[:columns]]),
            side="top",
            theme=theme,
            name="column_labels",
        )
        self.leaders = VGroup(*row_leaders, *column_leaders)
        self.numbers = cell_numbers(
            array,
            (cell, height),
            limit=self.limit,
            wanted=numbers,
            decimals=decimals,
            theme=theme,
        )
        for number, weight, below in zip(self.numbers, array.flat, self.cells, strict=False):
            place_number(number, float(weight), below, theme)
        self._all_rows = [
            VGroup(
                VGroup(*self.cells[i * columns : (i + 1) * columns]),
                VGroup(row_leaders[i], self.row_labels[i]),
                VGroup(*self.numbers[i * columns : (i + 1) * columns]),
            )
            for i in range(rows)
        ]
        self.rows = VGroup(*self._all_rows)
        self.add(self.frame, column_leaders, self.column_labels, self.rows)
        self.center()
        self._drawn_at = (self.frame.width, self.frame.get_center())
        self.rows.submobjects = self._all_rows[: rows if revealed is None else revealed]

    @classmethod
    def largest(
        cls,
        weights: Any,
        row_labels: Sequence[str],
        column_labels: Sequence[str],
        *,
        area: Area,
        largest_cell: float = 0.78,
        revealed: int | None = None,
        **style: Any,
    ) -> Self:
        """The matrix with the largest cells that an area holds, in the middle of it.

        Cells are square where that fits, else up to three times as long as broad: many columns
        need width for their labels, many rows height. Raises UsageError where not even the
        smallest fit.
        """
        array = weight_array(weights, "AttentionMatrix", (2,))
        rows, columns = array.shape

        @cache
        def head(cell: float) -> float:
            """The height of the column labels above cells of a width."""
            one = cls(array[:1], row_labels[:1], column_labels, cell=cell, numbers=False)
            return float(one.height) - cell

        @cache
        def side(height: float) -> float:
            """The width of the row labels beside cells of a height."""
            ones = np.ones((rows, 1))
            one = cls(ones, row_labels, column_labels[:1], cell=height, numbers=False)
            return float(one.width) - height

        sizes = np.arange(largest_cell, 0.13, -0.02).round(2).tolist()
        # Labels beside the largest cells take the least room: what that shuts out is not tried.
        least_side, least_head = side(3 * largest_cell), head(3 * largest_cell)
        for stretch, size in ((k, size) for k in _STRETCHES for size in sizes):
            cell, height = max(1.0, stretch) * size, max(1.0, 1 / stretch) * size
            if columns * cell + least_side > area.width or rows * height + least_head > area.height:
                continue
            if (
                columns * cell + side(height) <= area.width
                and rows * height + head(cell) <= area.height
            ):
                break
        else:
            tiny = sizes[-1]
            least = min(
                columns * max(1.0, k) * tiny + side(max(1.0, 1 / k) * tiny) for k in _STRETCHES
            )
            raise NoRoomError(
                f"{rows} x {columns} weights do not fit {area.width:.1f} x {area.height:.1f} "
                "units legibly",
                "give them more room, or fewer words",
                lacks="width" if least > area.width else "",
            )
        matrix = area.place(
            cls(array, row_labels, column_labels, cell=cell, cell_height=height, **style)
        )
        matrix._drawn_at = (matrix.frame.width, matrix.frame.get_center())
        matrix.rows.submobjects = matrix._all_rows[:revealed]
        return matrix

    @property
    def weights(self) -> np.ndarray:
        """All weights (rows, columns), revealed or not; read-only."""
        return frozen(self._weights)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        rows, columns = self._weights.shape
        onto = [label.text for label in self.column_labels]
        told = [
            f"{label.text}: {words_of_weights(self._weights[row], onto)}"
            for row, label in enumerate(self.row_labels)
            if self.is_revealed(row)
        ]
        return Seen(f"grid of {rows} by {columns} weights", "; ".join(told[:4]))

    def cell_at(self, row: int, column: int) -> VMobject:
        """The cell of `weights[row, column]`."""
        rows, columns = self._weights.shape
        if not (-rows <= row < rows and -columns <= column < columns):
            raise UsageError(
                f"there is no cell at ({row}, {column})",
                f"this matrix has {rows} x {columns} cells",
            )
        return self.cells[row % rows * columns + column % columns]

    def block(self, rows: Sequence[int], columns: Sequence[int]) -> VGroup:
        """The cells where these rows and columns meet, as a group to point at."""
        return VGroup(*(self.cell_at(row, column) for row in rows for column in columns))

    def is_revealed(self, row: int) -> bool:
        """Whether the row is on view."""
        return any(shown is self._all_rows[row] for shown in self.rows)

    def reveal_row(self, row: int) -> VGroup:
        """Make a row part of the matrix and return it, for an animation to bring in.

        The row is already in place; revealing it again changes nothing.
        """
        if not 0 <= row < len(self._all_rows):
            raise UsageError(
                f"there is no row {row} to reveal", f"rows are 0 to {len(self._all_rows) - 1}"
            )
        group = self._all_rows[row]
        if not self.is_revealed(row):
            self._follow_frame(group)
            self.rows.add(group)
        return group

    def _follow_frame(self, group: VGroup) -> None:
        """Bring a row that was no part of the matrix to where the matrix is by now."""
        width, centre = self._drawn_at
        group.scale(self.frame.width / width, about_point=centre)
        group.shift(self.frame.get_center() - centre)
