"""A vector, matrix or stack of matrices as cells whose colour is their value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

import numpy as np
from manim import Animation, Dot, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.arrays import finite_array, frozen, one_of
from mlanim.primitives.axis_labels import Side, axis_labels, place_beside
from mlanim.primitives.cells import (
    PAD,
    cell_numbers,
    negative_mark,
    paint,
    place_number,
    plate,
    rgb_of,
)
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen, meaning_of, seen_tensor, words_in
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme

__all__ = ["TensorBox"]

_LAYER_OFFSET = 0.45  # of a cell, by which each layer of a stack shows behind the one before
_MAIN_ACTOR = (3.0, 0.4)  # from this length and breadth on, the shape is told unasked


class TensorBox(VGroup):
    """Cells in a frame of the role's colour; colours lie on a scale symmetric around 0.

    `values` has shape (n,), (rows, columns) or (layers, rows, columns); of a stack, layer 0 is in
    front. `limit` is the value of full colour (default: the greatest magnitude).
    `scale="weight"` is for values that are never negative, from 0 to `limit`. `means` tells what a
    box without label and numbers holds. `numbers="auto"` prints them where all fit legibly.
    `shown=k` draws a vector (or each row of a matrix) as k - 1 cells and "⋯"; the shape label tells
    how many there are. Unasked, that label also appears below large boxes.

    Parts: `.cells` in C order, cell i showing `.shown_values[i]`; `.numbers`, number i upon cell i
    (of a stack: those in front); `.frame`, `.layers`, `.label`, `.shape_label`, `.row_labels`,
    `.column_labels`, `.ellipsis` (groups without members where not asked for), and, in the print
    theme, `.marks`: a dash in each negative cell that has no number.

    >>> box = TensorBox([0.5, -1.0, 0.25], orientation="row", cell=0.8)
    >>> [number.text for number in box.numbers]
    ['0.50', '−1.00', '0.25']
    >>> box.set_values([0.0, 1.0, 0.5]).numbers[1].text
    '1.00'
    """

    def __init__(
        self,
        values: Any,
        *,
        role: str = "hidden",
        theme: Theme = LIGHT,
        cell: float = 0.3,
        cell_height: float | None = None,
        orientation: Literal["column", "row"] = "column",
        limit: float | None = None,
        scale: Literal["signed", "weight"] = "signed",
        numbers: bool | Literal["auto"] = "auto",
        decimals: int = 2,
        label: str | None = None,
        label_side: Side = "top",
        shape_label: bool | None = None,
        row_labels: Sequence[str] | None = None,
        column_labels: Sequence[str] | None = None,
        shown: int | None = None,
        means: str = "",
    ) -> None:
        """Raises UsageError for NaN, no numbers, a wrong rank, or another count of labels."""
        array = finite_array(values, "TensorBox", (1, 2, 3))
        one_of("orientation", orientation, ("column", "row"))
        one_of("scale", scale, ("signed", "weight"))
        one_of("label_side", label_side, ("top", "bottom", "left", "right"))
        _refuse_negative(array, scale)
        if limit == 0 and not array.any():
            limit = None  # the greatest of nothing but zeros
        if limit is not None and not limit > 0:
            raise UsageError(f"limit={limit!r}", "the value of full colour is greater than 0")
        super().__init__()
        self.theme, self.role, self.decimals, self.means = theme, role, decimals, means
        # Not `.scale`: that is Manim's method.
        self.colour_scale = scale
        self.limit = float(np.abs(array).max() or 1.0) if limit is None else float(limit)
        self._values, self._drawn = array, _drawn_columns(array, shown)
        self._cell = (cell, cell if cell_height is None else cell_height)
        self._upright = array.ndim == 1 and orientation == "column"
        shape = self.shown_values.shape
        grid = {1: (1, *shape, 1) if self._upright else (1, 1, *shape), 2: (1, *shape), 3: shape}
        layers, rows, columns = grid[array.ndim]
        self._front = rows * columns
        self._mark_inks: list[str] = []

        self._add_layers((layers, rows, columns), cut=self._drawn < array.shape[-1])
        self.numbers = cell_numbers(
            self.shown_values.ravel()[: self._front],
            self._cell,
            limit=self.limit,
            wanted=numbers,
            decimals=decimals,
            theme=theme,
        )
        self.marks = VGroup()
        self.add(self.numbers, self.marks)
        self._add_axes((layers, rows, columns), row_labels, column_labels)
        self._add_labels(label, label_side, shape_label)
        self._show(array)
        self.center()

    @classmethod
    def strip(cls, values: Any, *, width: float, height: float, **style: Any) -> Self:
        """A vector (n,) as a bare row of cells, `width` units in all: colours, no numbers."""
        cell = width / len(values)
        bare: dict[str, Any] = {"orientation": "row", "numbers": False, "shape_label": False}
        return cls(values, cell=cell, cell_height=height, **(bare | style))

    @property
    def values(self) -> np.ndarray:
        """The whole tensor as it is drawn now, read-only."""
        return frozen(self._values)

    @property
    def shown_values(self) -> np.ndarray:
        """The values that have a cell, in the order of `.cells` when flattened; read-only."""
        return frozen(self._values[..., : self._drawn])

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        said = [number.text for number in self.numbers]
        name = words_in(self.label) or ("" if said else meaning_of(self))
        return seen_tensor(self._values, name, said, upright=self._upright)

    def cell_at(self, *index: int) -> VMobject:
        """The cell that shows `values[index]`."""
        shape = self.shown_values.shape
        if len(index) != len(shape) or any(
            not -n <= i < n for i, n in zip(index, shape, strict=True)
        ):
            raise UsageError(
                f"there is no cell at {index}",
                f"this TensorBox shows cells of shape {shape}",
                "give one index for each dimension",
            )
        wrapped = [i % n for i, n in zip(index, shape, strict=True)]
        return self.cells[int(np.ravel_multi_index(wrapped, shape))]

    def set_values(self, values: Any) -> Self:
        """Show other values of the same shape and scale; also as `box.animate.set_values(...)`."""
        self._show(self._checked(values))
        return self

    @override_animate(set_values)
    def _animate_values(self, values: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: self.values, self.set_values, self._checked(values), **anim_args or {}
        )

    def _checked(self, values: Any) -> np.ndarray:
        array = finite_array(values, "TensorBox.set_values", (self._values.ndim,))
        if array.shape != self._values.shape:
            raise UsageError(
                f"set_values was given shape {array.shape}",
                f"this TensorBox has shape {self._values.shape}",
                "make a new TensorBox for another shape",
            )
        _refuse_negative(array, self.colour_scale)
        return array

    def _show(self, array: np.ndarray) -> None:
        self._values = array
        shown = self.shown_values.ravel()
        if self.colour_scale == "weight":
            colours = self.theme.weight(shown, self.role, self.limit)
        else:
            colours = self.theme.signed(shown, self.limit, self.role)
        paint(self.cells, colours)
        for number, value, cell in zip(self.numbers, shown, self.cells, strict=False):
            place_number(number, float(value), cell, self.theme)
        if self.theme.name == "print" and not self.numbers:
            self._mark_negatives(shown)

    def _mark_negatives(self, shown: np.ndarray) -> None:
        """Dashes upon the negative cells in front, renewed only when a sign or an ink changes."""
        front = list(zip(self.cells, shown, strict=True))[: self._front]
        inks = [self.theme.on(rgb_of(cell)) if value < 0 else "" for cell, value in front]
        if inks != self._mark_inks:
            marks = [
                negative_mark(cell, ink) for (cell, _), ink in zip(front, inks, strict=True) if ink
            ]
            self.marks.submobjects = marks
            self._mark_inks = inks

    def _add_layers(self, shape: tuple[int, ...], cut: bool) -> None:
        """The cells on framed plates, the hindmost first, so that layer 0 lies in front."""
        layers, rows, columns = shape
        step = _LAYER_OFFSET * min(self._cell)
        spare = (int(cut and self._upright), int(cut and not self._upright))
        plates = [
            VGroup(
                *plate(rows, columns, self._cell, role=self.role, theme=self.theme, spare=spare)
            ).shift([depth * step, depth * step, 0])
            for depth in range(layers)
        ]
        self.layers = VGroup(*reversed(plates))
        self.frame = plates[0][0]
        # With one layer this is a part of the plate; with several, a list of their cells.
        self.cells = plates[0][1] if layers == 1 else VGroup(*(c for p in plates for c in p[1]))
        self.ellipsis = VGroup(*self._dots() if cut else ())
        self.add(self.layers, self.ellipsis)

    def _dots(self) -> list[Dot]:
        """Three dots in the place of one cell, in the direction in which the tensor goes on."""
        width, height = self._cell
        onward = np.array([0, -height, 0] if self._upright else [width, 0, 0])
        middle = self.cells[-1].get_center() * (onward != 0) + onward
        return [
            Dot(
                middle + onward * 0.27 * place,
                radius=min(0.04, 0.1 * min(width, height)),
                color=self.theme.role(self.role).ink,
            )
            for place in (-1, 0, 1)
        ]

    def _add_axes(
        self,
        shape: tuple[int, ...],
        row_labels: Sequence[str] | None,
        column_labels: Sequence[str] | None,
    ) -> None:
        layers, _, columns = shape
        width, height = self._cell
        # Back layers of a stack look out at the top, so its column labels stand below.
        below = layers > 1
        first_column = self.cells[: self._front : columns]
        last_row = self.cells[self._front - columns : self._front]
        self.row_labels, row_leaders = axis_labels(
            row_labels,
            np.array([c.get_center() - [width / 2 + PAD, 0, 0] for c in first_column]),
            side="left",
            theme=self.theme,
            name="row_labels",
        )
        away = np.array([0, height / 2 + PAD, 0]) * (-1 if below else 1)
        self.column_labels, column_leaders = axis_labels(
            column_labels,
            np.array(
                [c.get_center() + away for c in (last_row if below else self.cells[:columns])]
            ),
            side="bottom" if below else "top",
            theme=self.theme,
            name="column_labels",
        )
        self.leaders = VGroup(*row_leaders, *column_leaders)
        self.add(self.leaders, self.row_labels, self.column_labels)

    def _add_labels(self, label: str | None, side: Side, shape_label: bool | None) -> None:
        self.label, self.shape_label = VGroup(), VGroup()
        if label is not None:
            self.label = Label(label, theme=self.theme, role=self.role)
            body = self.frame if side == "bottom" else self.layers
            place_beside(self.label, self, side, body)
        if shape_label is None:
            long, broad = sorted((self.layers.width, self.layers.height), reverse=True)
            large = long >= _MAIN_ACTOR[0] and broad >= _MAIN_ACTOR[1]
            shape_label = large or len(self.ellipsis) > 0
        if shape_label:
            self.shape_label = Label(
                str(self._values.shape), theme=self.theme, size="small", role="muted", mono=True
            )
            whole = VGroup(*self.submobjects, *([self.label] if side == "bottom" else []))
            place_beside(self.shape_label, whole, "bottom", self.frame)
        self.add(self.label, self.shape_label)


def _refuse_negative(array: np.ndarray, scale: str) -> None:
    if scale == "weight" and array.min() < 0:
        what = f"scale='weight' was given {array.min():g}"
        raise UsageError(what, "weights are not negative", "use scale='signed'")


def _drawn_columns(array: np.ndarray, shown: int | None) -> int:
    """How many of the last axis get a cell: all, or `shown` less one, the place of the dots."""
    length = array.shape[-1]
    if shown is None or (shown >= length and array.ndim < 3):
        return length
    if array.ndim == 3 or shown < 2:
        raise UsageError(
            f"shown={shown} cannot abbreviate a TensorBox of shape {array.shape}",
            "shown is 2 or more, for a vector or a matrix",
        )
    return shown - 1
