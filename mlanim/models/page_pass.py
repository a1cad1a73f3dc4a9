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

Kind = Literal["softmax", "weighted-sum", "unit", "tanh-unit", "neighbours"]
# What goes into each, and its shape: a letter an axis, the same letter the same size.
KINDS: Mapping[str, Mapping[str, str]] = {
    "softmax": {"scores": "n"},
    "weighted-sum": {"weights": "n", "vectors": "nd"},
    "unit": {"inputs": "n", "weights": "n", "bias": "1"},
    "tanh-unit": {"inputs": "n", "weights": "n", "bias": "1"},
    "neighbours": {"points": "nd", "kinds": "n", "place": "d", "k": "1"},
}


@dataclass(frozen=True)
class PagePass:
    """A pass and what goes in; a scene's `passes` gives them by step.

    softmax: scores (n,) over a temperature to weights (n,). weighted-sum: weights (n,), made to sum
    to 1, times vectors (n, d), added up to (d,). unit: the sigmoid of inputs (n,) times weights
    (n,), plus a bias (1,), to (1,); tanh-unit: their tanh. neighbours: points (n, d) of kinds (n,)
    0 to c - 1, a place (d,) and k (1,), to the share (c,) of each kind among the k nearest points.

    Attributes:
        names: what each of the n is called; of neighbours each kind.

    >>> told = PagePass("softmax", {"scores": [13.0, 9.0, 9.0]}, ("h1", "h2", "h3"))
    >>> told.result().round(4).tolist(), told.result(temperature=4.0).round(2).tolist()
    ([0.9647, 0.0177, 0.0177], [0.58, 0.21, 0.21])
    >>> stored = {"points": [[0.0], [1.0], [5.0]], "kinds": [0, 1, 1], "place": [0.0], "k": [1]}
    >>> votes = PagePass("neighbours", stored, ("no", "yes"))
    >>> votes.result().tolist(), votes.result(k=2).tolist()
    ([1.0, 0.0], [0.5, 0.5])

    Raises:
        UsageError: an unknown kind, or arrays that are not those of its kind.
    """

    kind: Kind
    arrays: Mapping[str, ArrayLike]
    names: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(f"pass {self.kind!r}", f"allowed: {', '.join(KINDS)}")
        wanted = KINDS[self.kind]
        given = {name: np.shape(array) for name, array in self.arrays.items()}
        sizes = {"1": 1}
        right = set(given) == set(wanted) and all(
            len(given[name]) == len(axes)
            and all(
                sizes.setdefault(a, size) == size > 0
                for a, size in zip(axes, given[name], strict=True)
            )
            for name, axes in wanted.items()
        )
        if not right or (self.names and len(self.names) != self._named(sizes["n"])):
            shapes = ", ".join(f"{name} ({', '.join(axes)})" for name, axes in wanted.items())
            raise UsageError(
                f"a {self.kind} was given {given} and {len(self.names)} names",
                f"it takes {shapes}, and a name for each of the n, or of the kinds",
            )
        if self.kind == "neighbours":
            self._check_votes(sizes["n"])

    def _named(self, n: int) -> int:
        """How many names there are, if any."""
        return int(np.max(self.arrays["kinds"])) + 1 if self.kind == "neighbours" else n

    def _check_votes(self, n: int) -> None:
        kinds, k = np.asarray(self.arrays["kinds"]), float(np.asarray(self.arrays["k"])[0])
        if (kinds < 0).any() or (kinds != np.floor(kinds)).any():
            raise UsageError("kinds that are no whole numbers from 0 on", "number the classes")
        if not 1 <= k <= n or k != int(k):
            raise UsageError(f"k = {k:g} of {n} points", f"choose a whole number from 1 to {n}")

    def result(self, temperature: float = 1.0, k: int | None = None) -> NDArray:
        """What comes out; of neighbours with another k than that which was given."""
        given = {name: np.asarray(array, float) for name, array in self.arrays.items()}
        if self.kind == "softmax":
            return softmax(given["scores"] / temperature)
        if self.kind == "weighted-sum":
            weights = given["weights"] / given["weights"].sum()
            summed: NDArray = weights @ given["vectors"]
            return summed
        if self.kind == "neighbours":
            far = ((given["points"] - given["place"]) ** 2).sum(axis=1)
            asked = int(given["k"][0]) if k is None else k
            near = np.argsort(far, kind="stable")[:asked]
            kinds = given["kinds"].astype(int)
            return np.bincount(kinds[near], minlength=int(kinds.max()) + 1) / asked
        total = given["inputs"] @ given["weights"] + given["bias"]
        return np.asarray(np.tanh(total) if self.kind == "tanh-unit" else 1 / (1 + np.exp(-total)))

    def told(self) -> dict[str, Any]:
        """As plain values, for a page."""
        arrays = {name: np.asarray(array, float).tolist() for name, array in self.arrays.items()}
        return {"kind": self.kind, "arrays": arrays, "names": list(self.names)}
