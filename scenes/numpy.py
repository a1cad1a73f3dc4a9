"""Arrays: what NumPy's operations do to cells, and any expression as a film."""

from __future__ import annotations

from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.subjects.arrays.acts import tour
from mlanim.subjects.arrays.acts.covariance import covariance
from mlanim.subjects.arrays.acts.create import create
from mlanim.subjects.arrays.acts.data import data
from mlanim.subjects.arrays.acts.einsum import TOUR, play_einsum
from mlanim.subjects.arrays.acts.expression import play_expression
from mlanim.subjects.arrays.acts.formula import formula
from mlanim.subjects.arrays.acts.memory import transpose_reshape
from mlanim.subjects.arrays.acts.views import views
from mlanim.subjects.arrays.models.asked import (
    check_einsum,
    check_expression,
    judge_arrays,
    own_arrays,
)
from mlanim.subjects.arrays.models.named_arrays import arrays_of

SHOWN = "(a - a.mean(axis=0)) / a.std(axis=0)"  # to who asks for the step and gives none


class Numpy(Explainer):
    """NumPy's arrays, cell by cell: broadcasting, axes, products, einsum, or your expression."""

    expression: str | None = parameter(None, "an expression, such as (a - a.mean()) / a.std()")
    einsum: str | None = parameter(None, "subscripts for the arrays, such as ij,jk->ik")
    show_error: bool = parameter(False, "a film that ends where NumPy refuses the expression")
    named: dict[str, str] = parameter({}, "arrays: numbers, an expression, .npy, .npz or .csv")
    judge = staticmethod(judge_arrays)

    def construct(self):
        own, asked = self.expression is not None or self.einsum is not None, self.selection.paths
        if not own and set(asked) != {"expression"}:
            self.play_tour()
        if own:
            self.play_own()
        elif "expression" in asked:
            self.evaluate(SHOWN, arrays_of(self.named or {"a": "[[1, 2], [3, 4]]"}))

    def play_tour(self):
        """All steps, on small arrays."""
        if self.named:
            names = ", ".join(self.named)
            raise UsageError(f"{names:.60}: no expression uses it", "--set expression=...")
        self.beginnings()
        self.cells()
        self.axes()
        self.uses()
        self.play_letters(*(check_einsum(code, arrays) for code, arrays in TOUR))
        with self.step(
            "covariance",
            say="Covariance tells which rows rise together. Each entry comes from two centred "
            "rows: multiplied, summed, averaged.",
        ):
            covariance(self)

    def beginnings(self):
        with self.step(
            "create",
            say="An array is a grid of numbers of one type. A list makes one, and functions make "
            "zeros, ones, ranges.",
        ):
            create(self)

    def cells(self):
        with self.step(
            "arithmetic",
            say="Arithmetic goes cell by cell: what stands at the same place meets.",
        ):
            tour.arithmetic(self)
        with self.step(
            "broadcast",
            say="A smaller array is stretched over the larger one, as if copied. Axes must have "
            "equal lengths, or one of them the length 1; else NumPy refuses.",
        ):
            tour.broadcast(self)
        with self.step(
            "index",
            say="Brackets pick out cells: by place, slice, mask or list. A slice is a view and "
            "shares its cells with the array. A list of places makes a copy.",
        ):
            tour.index_parts(self)
            views(self)

    def axes(self):
        with self.step(
            "aggregate",
            say="Sum, maximum and the like reduce all cells to one, or each line along an axis. "
            "With keepdims that axis stays, with length 1.",
        ):
            tour.aggregate(self)
        with self.step(
            "dot",
            say="In a matrix product each row meets each column: pairs are multiplied, and their "
            "products summed. The inner lengths have to agree.",
        ):
            tour.dot(self)
        with self.step(
            "transpose-reshape",
            say="In memory the cells lie in one line. A reshape reads that line in the same order, "
            "a transpose in another.",
        ):
            transpose_reshape(self)
        with self.step(
            "nd",
            say="More axes work alike: a stack of matrices. An index takes one of them, and a sum "
            "over the first axis adds them up.",
        ):
            tour.dimensions(self)

    def uses(self):
        with self.step(
            "formula",
            say="A formula becomes one line. Subtract, square, sum, divide: whole arrays at a "
            "time, however long they are.",
        ):
            formula(self)
        with self.step(
            "data",
            say="Everything becomes arrays: a table, a sound, a grey picture, a colour picture, "
            "words.",
        ):
            data(self)

    def play_own(self):
        """The reader's expression or subscripts in place of the tour."""
        arrays = own_arrays(self.expression, self.einsum, self.named)
        if self.einsum is not None:
            self.play_letters(check_einsum(self.einsum, arrays))
            return
        self.evaluate(self.expression, arrays)

    def evaluate(self, text, arrays):
        found = check_expression(text, arrays, show_error=self.show_error)
        with self.step(
            "expression",
            say="Python evaluates an expression part by part, the inner parts first.",
        ):
            play_expression(self, found)

    def play_letters(self, *sums):
        with self.step(
            "einsum",
            say="In einsum letters name the axes. The same letters run together: cells are "
            "multiplied, and letters that are not kept are summed over.",
        ):
            for code, operation in sums:
                play_einsum(self, code, operation)
