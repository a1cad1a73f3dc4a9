"""Arrays: what NumPy's operations do to cells, and any expression as a film."""

from __future__ import annotations

from mlanim.explainer import Explainer, parameter
from mlanim.subjects.arrays.acts.expression import check_expression, play_expression
from mlanim.subjects.arrays.models.named_arrays import arrays_of


class Numpy(Explainer):
    """NumPy's arrays, cell by cell: broadcasting, axes, products, einsum, or your expression."""

    expression: str | None = parameter(None, "an expression, such as (a - a.mean()) / a.std()")
    einsum: str | None = parameter(None, "subscripts, such as ij,jk->ik")
    show_error: bool = parameter(False, "a film that ends where NumPy refuses")
    named: dict[str, str] = parameter({}, "arrays: numbers, an expression, .npy, .npz or .csv")

    def construct(self):
        self.arrays = arrays_of(self.named)
        if self.expression is not None:
            self.play_own()

    def play_own(self):
        """The reader's expression in place of the tour."""
        found = check_expression(self.expression, self.arrays, show_error=self.show_error)
        with self.step(
            "expression",
            say="The parts of an expression are evaluated one after the other, as Python does it.",
        ):
            play_expression(self, found)
