"""One operation: its operands, its sign and its result, in cells of one size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.text import Label
from mlanim.subjects.arrays.models.operation import Operand, Operation
from mlanim.subjects.arrays.models.provenance import origins
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import arranged
from mlanim.theme import LIGHT, Theme

__all__ = ["OperationPage"]

_ROLES = ("context", "hidden", "decoder", "query")
_RESULT = "encoder"
_MOST = 4  # operands that are drawn
_SIGNS = {"*": "×", "-": "−", "/": "÷", "**": "^", "<=": "≤", ">=": "≥", "!=": "≠"}


class OperationPage(VGroup):
    """Operands, then the result of an operation, whose cells are blank at first.

    A smaller operand of an elementwise operation is drawn as it is stretched: its own cells, and
    pale copies. name: of the result. letters: of each operand's axes, then of the result's.

    Parts: `.operands` (ArrayGrid each), `.result` (ArrayGrid), `.signs` between them.
    `.origins[k]` are the cells of operand k that each cell of the result came from, as
    `mlanim.subjects.arrays.models.provenance.origins` gives them, in numbers of cells that
    `.operands[k]` draws.

    >>> from mlanim.subjects.arrays.models.evaluation import evaluate
    >>> found = evaluate("a + 1", {"a": np.array([1, 2])})
    >>> page = OperationPage(found.operations[0], area=Area(-6, -3, 12, 6))
    >>> [n.text for n in page.result.numbers], len(page.operands[1].copies)
    (['2', '3'], 1)
    """

    def __init__(
        self,
        operation: Operation,
        *,
        area: Area,
        name: str = "",
        letters: Sequence[str] = (),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.operation, self.theme = operation, theme
        found = origins(operation)
        drawn = operation.operands[:_MOST]
        shapes = operation.result.shape
        stretched = operation.kind in ("elementwise", "choose")
        views = [np.broadcast_to(o.values, shapes) if stretched else o.values for o in drawn]
        indexed = operation.kind == "index"
        flags = [indexed or bool(letters)] * len(drawn) + [bool(letters)]
        arrays = [*views, operation.result]
        plan = arranged(arrays, area, theme, indexed=flags, rows=self._rows(operation, area))
        self.cell_size = plan.cell
        self.operands, self.origins = VGroup(), []
        for k, (operand, view) in enumerate(zip(drawn, views, strict=True)):
            own = found[k] if k < len(found) else np.full((*shapes, 1), -1)
            copied, own = _copies(operand, own) if stretched else (None, own)
            self.origins.append(own.reshape(operation.result.size, own.shape[-1]))
            is_stretched = copied is not None and copied.any()
            self.operands.add(
                ArrayGrid(
                    view,
                    role=_ROLES[k],
                    theme=theme,
                    plan=plan.plans[k],
                    cell=plan.cell,
                    copied=copied if is_stretched else None,
                    name="" if operand.plain and not is_stretched else operand.text,
                    shape=_shape(operand, view),
                    indices=indexed,
                    axes=letters[k] if letters else "",
                )
            )
        self.result = ArrayGrid(
            operation.result,
            role=_RESULT,
            theme=theme,
            plan=plan.plans[-1],
            cell=plan.cell,
            name=name,
            axes=letters[-1] if letters else "",
        ).blank()
        grids = [*self.operands, self.result]
        plan.place(grids, area)
        self.signs = VGroup()
        self._write_signs(plan.rows, grids, area)
        self.add(self.operands, self.signs, self.result)

    @staticmethod
    def _rows(operation: Operation, area: Area) -> list[list[int]] | None:
        """A sum down the columns stands below them, wherever there is room for it."""
        down = operation.kind == "reduction" and operation.axes == (0,)
        if down and operation.operands[0].values.ndim == 2 and not area.is_wide:
            return [[0], [1]]
        return None

    def _write_signs(
        self, rows: Sequence[Sequence[int]], grids: Sequence[ArrayGrid], area: Area
    ) -> None:
        name = self.operation.name
        sign, last = _SIGNS.get(name, name), len(grids) - 1
        if self.operation.kind == "product" and last == 2 and name[:1].isalpha():
            sign = "·"
        is_operator = not sign[:1].isalpha() and name != "[]"
        if is_operator and last == 1:  # of one operand it stands before it
            self._put(sign, grids[0], None, area)
        starts = {row[0] for row in rows}
        for i in range(1, len(grids)):
            text = ("=" if is_operator else "→") if i == last else (sign if is_operator else ",")
            self._put(text, grids[i - 1], grids[i], area, below=i in starts)

    def _put(
        self,
        text: str,
        before: ArrayGrid,
        after: ArrayGrid | None,
        area: Area,
        *,
        below: bool = False,
    ) -> None:
        """Write a sign between two arrays, or where one comes at the beginning of a row."""
        size = "body" if len(text) > 2 else "title"
        label = Label(text, theme=self.theme, size=size, weight="bold")
        if after is None:
            x, y = before.get_left()[0] - 0.2 - label.width / 2, before.frames.get_y()
        elif below:
            x, y = after.get_left()[0] - 0.3 - label.width / 2, after.frames.get_y()
        else:
            x = (before.get_right()[0] + after.get_left()[0]) / 2
            y = before.frames.get_y()
        x = max(x, area.left + label.width / 2)
        self.signs.add(label.center_on([x, y, 0]))


def _copies(operand: Operand, own: NDArray) -> tuple[NDArray, NDArray]:
    """Which cells of a stretched operand are copies, and the cells of the result by themselves.

    In a stretched operand cell i of the drawing stands for result i; where `own` has no cell, as
    in `where`, nothing comes from it.
    """
    shape = own.shape[:-1]
    numbers = np.arange(operand.values.size).reshape(operand.values.shape)
    repeated = np.broadcast_to(numbers, shape).ravel()
    first = np.zeros(repeated.size, dtype=bool)
    first[np.unique(repeated, return_index=True)[1]] = True
    places = np.where(own.ravel() >= 0, np.arange(repeated.size), -1)
    return ~first.reshape(shape), places.reshape(own.shape)


def _shape(operand: Operand, view: NDArray) -> str:
    """The operand's own shape, and what it is stretched to."""
    own = operand.values.shape
    if own == view.shape:
        return str(own) if own else ""
    return f"{own} → {view.shape}" if own else f"→ {view.shape}"
