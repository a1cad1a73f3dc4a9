"""From logits to the next token: the best, or a draw among the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.models.softmax import softmax

__all__ = ["SampleTrace", "sample"]


@dataclass(frozen=True)
class SampleTrace:
    """How a token was chosen of V; `order` lists tokens from the most to the least probable."""

    logits: NDArray  # (V,)
    order: NDArray  # (V,) indices
    kept: NDArray  # (V,) bool: what top-k and top-p leave
    scaled: NDArray  # (V,): logits over the temperature
    probabilities: NDArray  # (V,): softmax of the scaled ones that were kept; the others are 0
    draw: float | None  # uniform in [0, 1); None: greedy
    token: int  # the index that was chosen

    def bounds(self, token: int) -> tuple[float, float]:
        """Where a token lies between 0 and 1, the tokens laid end to end in `order`."""
        ends = np.cumsum(self.probabilities[self.order])
        place = int(np.flatnonzero(self.order == token)[0])
        return float(ends[place] - self.probabilities[token]), float(ends[place])


def sample(
    logits: ArrayLike,
    random: np.random.Generator | None = None,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> SampleTrace:
    """Cut to the top k, divide by the temperature, cut to the top p, draw; greedy without `random`.

    top_p keeps the fewest tokens whose probabilities reach p (Holtzman et al. 2020, arXiv
    1904.09751, section 3.1). Raises UsageError for a temperature that is not positive, a k below
    1, or a p outside 0 to 1.

    >>> trace = sample([2.0, 1.0, -1.0], np.random.default_rng(0), top_k=2, temperature=0.5)
    >>> trace.probabilities.round(3).tolist(), trace.token
    ([0.881, 0.119, 0.0], 0)
    """
    scores = np.asarray(logits, dtype=float)
    if not temperature > 0:
        raise UsageError(f"temperature {temperature}", "it must be above 0; near 0 is greedy")
    if top_k is not None and top_k < 1:
        raise UsageError(f"top_k {top_k}", "keep at least one token")
    if top_p is not None and not 0 < top_p <= 1:
        raise UsageError(f"top_p {top_p}", "it is a share above 0, up to 1")
    order = np.argsort(-scores, kind="stable")
    kept = np.zeros(scores.shape, dtype=bool)
    kept[order[:top_k]] = True
    scaled = scores / temperature
    if top_p is not None:
        reached = np.cumsum(softmax(scaled, mask=kept)[order])
        count = int(np.searchsorted(reached, top_p - 1e-12)) + 1
        kept[order[count:]] = False
    probabilities = softmax(scaled, mask=kept)
    if random is None:
        return SampleTrace(scores, order, kept, scaled, probabilities, None, int(order[0]))
    draw = float(random.random())
    place = int(np.searchsorted(np.cumsum(probabilities[order]), draw, side="right"))
    last = int(kept.sum()) - 1  # rounding may leave the sum a little below 1
    token = int(order[min(place, last)])
    return SampleTrace(scores, order, kept, scaled, probabilities, draw, token)
