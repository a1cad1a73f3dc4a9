"""Small forward passes that a page computes anew while its reader turns what goes in.

The same arithmetic stands in `mlanim/publish/page/article/forward.js`; tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.models.softmax import softmax

__all__ = ["KINDS", "PagePass"]

Kind = Literal["softmax", "weighted-sum", "unit"]
KINDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "softmax": (("scores",), "(n,)"),
    "weighted-sum": (("weights", "vectors"), "(n,) and (n, d)"),
    "unit": (("inputs", "weights", "bias"), "(n,), (n,) and (1,)"),
}


@dataclass(frozen=True)
class PagePass:
    """A pass and what goes in; a scene's `passes` gives them by step.

    softmax: scores (n,) over a temperature to weights (n,). weighted-sum: weights (n,), made to sum
    to 1, times vectors (n, d), added up to (d,). unit: the sigmoid of inputs (n,) times weights
    (n,), plus a bias (1,), to (1,).

    Attributes:
        names: what each of the n is called.

    >>> told = PagePass("softmax", {"scores": [13.0, 9.0, 9.0]}, ("h1", "h2", "h3"))
    >>> told.result().round(4).tolist(), told.result(temperature=4.0).round(2).tolist()
    ([0.9647, 0.0177, 0.0177], [0.58, 0.21, 0.21])

    Raises:
        UsageError: an unknown kind, or arrays that are not those of its kind.
    """

    kind: Kind
    arrays: Mapping[str, ArrayLike]
    names: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(f"pass {self.kind!r}", f"allowed: {', '.join(KINDS)}")
        wanted, shapes = KINDS[self.kind]
        given = {name: np.shape(array) for name, array in self.arrays.items()}
        count = given.get(wanted[0], ())
        ranks = {"vectors": 2}
        right = set(given) == set(wanted) and all(
            len(shape) == ranks.get(name, 1) and (name == "bias" or shape[:1] == count)
            for name, shape in given.items()
        )
        if not right or not count[0] or (self.names and len(self.names) != count[0]):
            raise UsageError(
                f"a {self.kind} was given {given} and {len(self.names)} names",
                f"it takes {', '.join(wanted)} of shapes {shapes}, and a name for each of the n",
            )

    def result(self, temperature: float = 1.0) -> NDArray:
        """What comes out."""
        given = {name: np.asarray(array, float) for name, array in self.arrays.items()}
        if self.kind == "softmax":
            return softmax(given["scores"] / temperature)
        if self.kind == "weighted-sum":
            weights = given["weights"] / given["weights"].sum()
            summed: NDArray = weights @ given["vectors"]
            return summed
        total = given["inputs"] @ given["weights"] + given["bias"]
        return np.asarray(1 / (1 + np.exp(-total)))

    def told(self) -> dict[str, Any]:
        """As plain values, for a page."""
        arrays = {name: np.asarray(array, float).tolist() for name, array in self.arrays.items()}
        return {"kind": self.kind, "arrays": arrays, "names": list(self.names)}
