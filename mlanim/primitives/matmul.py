"""A matrix product on a page: a times b, plus a bias, is c."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["Matmul"]

_LEGIBLE = 0.76  # units of width: a cell with a number of two decimals
_HIGHEST = 0.5
_LINE = 0.32  # units of height: a row that can have its word beside it
_SIGN = 0.5  # units of width: "×" and "="
_LARGEST = 2.0  # times the usual size, where matrices are small
_NAME = 0.42  # units of height: a box's name


class Matmul(VGroup):
    """a (n, k) times b (k, m), plus `bias` (m,) in every row, is c (n, m); else UsageError.

    names, roles: of a, b and c. rows: words to the left of a, where there is height. weights: "a"
    or "c" has weights from 0 to 1, not signed values. decimals: of the numbers, where they fit.
    Every cell is drawn, however small; the shapes stand with the names.

    Parts: `.a`, `.b`, `.c` (TensorBox), `.signs` (× and =), `.names`, `.bias` (a row below c, and
    its name; an empty group without one).

    >>> page = Matmul([[1, 2]], [[3], [4]], names=("x", "W", "q"), area=Area(-6, -3, 12, 6))
    >>> page.c.values.tolist(), [name.text for name in page.names]
    ([[11.0]], ['x  1 × 2', 'W  2 × 1', 'q  1 × 1'])
    """

    def __init__(
        self,
        a: Any,
        b: Any,
        *,
        names: tuple[str, str, str],
        area: Area,
        c: Any = None,
        bias: Any = None,
        roles: tuple[str, str, str] = ("encoder", "query", "query"),
        rows: Sequence[str] | None = None,
        weights: str = "",
        limit: float | None = None,
        decimals: int = 2,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        a, b = (finite_array(array, "Matmul", (2,)) for array in (a, b))
        if a.shape[1] != b.shape[0]:
            raise UsageError(
                f"Matmul was given shapes {a.shape} and {b.shape}",
                "a has as many columns as b has rows",
            )
        made = a @ b + (0 if bias is None else np.asarray(bias, dtype=float))
        c = made if c is None else finite_array(c, "Matmul", (2,))
        if c.shape != made.shape or not np.allclose(c, made, atol=1e-4):
            raise UsageError(
                "Matmul was given a c that is not a times b plus the bias",
                "what is shown must be what was computed",
            )
        self.theme = theme
        (n, k), m = a.shape, b.shape[1]
        below = 1.3 if bias is not None else 0.0
        high = min(_HIGHEST, (area.height - _NAME - 2 * below) / n)
        beside = 0.0
        rows = rows if high >= _LINE else None
        if rows is not None:
            beside = max(Label(AsIs(row), theme=theme, size="small").width for row in rows) + 0.2
        room = area.width - 2 * _SIGN - beside - 0.3
        wide = _LEGIBLE if m * _LEGIBLE <= 0.5 * room else min(_LEGIBLE, 0.3 * room / m)
        # The name above c may be wider than c.
        told = Label(f"{names[2]}  {n} × {m}", theme=theme, size="small").width
        room -= max(0.0, (told - m * wide) / 2)
        narrow = min(_LEGIBLE, (room - m * wide) / (k + m))
        tall = min(_HIGHEST, (area.height - _NAME - 0.1) / k)
        sizes = (narrow, high), (narrow, tall), (wide, high)
        boxes = []
        of = zip("abc", (a, b, c), roles, names, sizes, strict=True)
        for name, array, role, means, (width, height) in of:
            boxes.append(
                TensorBox(
                    array,
                    role=role,
                    theme=theme,
                    cell=width,
                    cell_height=height,
                    limit=1.0 if name in weights else limit if name == "c" else None,
                    scale="weight" if name in weights else "signed",
                    decimals=decimals,
                    row_labels=rows if name == "a" else None,
                    means=means,
                    shape_label=False,
                )
            )
        self.a, self.b, self.c = boxes
        self.signs = VGroup(*(Label(sign, theme=theme, size="title") for sign in "×="))
        line = VGroup(self.a, self.signs[0], self.b, self.signs[1], self.c)
        line.arrange(RIGHT, buff=0.16)
        for part in line:  # by their cells, not by the labels around them
            part.shift([0, -(part.frame if isinstance(part, TensorBox) else part).get_y(), 0])
        self.names = VGroup()
        for text, box in zip(names, boxes, strict=True):
            n_rows, n_columns = box.values.shape
            label = Label(
                f"{text}  {n_rows} × {n_columns}", theme=theme, size="small", role=box.role
            )
            label.move_to([box.frame.get_x(), 0, 0])
            self.names.add(label.align_baseline(box.frame.get_top()[1] + 0.16))
        self.bias = VGroup()
        if bias is not None:
            self.bias.add(
                *self._add_bias(np.asarray(bias, dtype=float), wide, min(0.36, max(0.2, high)))
            )
        self.add(line, self.names, self.bias)
        # By the boxes, not by what they are called: pages that follow each other stand alike.
        growth = min(area.width / (line.width + 0.3), area.height / self.height, _LARGEST)
        if growth > 1:
            self.scale(growth)
        elif self.width > area.width:  # signs of a wide font
            self.scale(area.width / self.width)
        area.place(self)
        area.keep(self)

    def _add_bias(self, bias: np.ndarray, width: float, height: float) -> tuple[Label, TensorBox]:
        row = TensorBox(
            bias,
            role=self.c.role,
            theme=self.theme,
            orientation="row",
            cell=width,
            cell_height=height,
            limit=self.c.limit,
            means="bias",
            shape_label=False,
            numbers=len(self.c.numbers) > 0 and "auto",
        )
        row.next_to(self.c.frame, DOWN, buff=0.5)
        text = "bias, added to each row"
        name = Label(text, theme=self.theme, size="small", role="muted")
        if name.width > max(2.6, row.width):
            name = Label("+ bias", theme=self.theme, size="small", role="muted")
        return name.next_to(row, DOWN, buff=0.12), row
