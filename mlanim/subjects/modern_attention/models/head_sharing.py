"""Query heads that share keys and values, and what a cache of these takes.

Shazeer 2019, "Fast transformer decoding: one write-head is all you need", arXiv 1911.02150 (one
key head for all); Ainslie et al. 2023, "GQA", arXiv 2305.13245 (one for each group).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import DotProductTrace, scaled_dot_product

__all__ = ["PUBLISHED", "CachedShape", "grouped_attention", "shared_heads", "written_bytes"]

_HALF = 2  # bytes of a number in fp16


def shared_heads(heads: int, key_heads: int) -> NDArray:
    """Which key head each query head looks at, (heads,), from 0.

    Raises UsageError where the query heads do not divide into so many groups.

    >>> shared_heads(8, 2).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1]
    """
    if key_heads < 1 or heads % key_heads:
        allowed = ", ".join(str(n) for n in range(1, heads + 1) if heads % n == 0)
        raise UsageError(
            f"{key_heads} key heads for {heads} query heads", f"groups are equal: give {allowed}"
        )
    return np.arange(heads) // (heads // key_heads)


def grouped_attention(
    queries: NDArray, keys: NDArray, values: NDArray, *, mask: ArrayLike | None = None
) -> DotProductTrace:
    """Queries (H, T, dk) over keys (G, S, dk) and values (G, S, dv), G of which divides H.

    >>> one = np.ones((1, 3, 2))
    >>> grouped_attention(np.ones((4, 3, 2)), one, one).output.shape
    (4, 3, 2)
    """
    group = shared_heads(len(queries), len(keys))
    return scaled_dot_product(queries, keys[group], values[group], mask=mask)


@dataclass(frozen=True)
class CachedShape:
    """The sizes of a published model on which its cache depends.

    context: tokens that it was trained to read. source: where the sizes were published.

    >>> PUBLISHED[0].bytes_per_token, PUBLISHED[0].bytes_of_context
    (36864, 37748736)
    """

    name: str
    layers: int
    heads: int
    key_heads: int
    head_size: int
    context: int
    source: str

    @property
    def bytes_per_token(self) -> int:
        """Of a key and a value a layer and key head, in fp16."""
        return 2 * self.layers * self.key_heads * self.head_size * _HALF

    @property
    def bytes_of_context(self) -> int:
        """Of as many tokens as it reads."""
        return self.bytes_per_token * self.context

    @property
    def unshared(self) -> CachedShape:
        """The same model if each query head had keys and values of its own."""
        return replace(self, key_heads=self.heads)


_LLAMA_2 = "Touvron et al. 2023, arXiv 2307.09288, table 1 and the released configurations"
_LLAMA_3 = "Grattafiori et al. 2024, arXiv 2407.21783, table 3, and the model cards of 8K tokens"

PUBLISHED = (
    CachedShape("GPT-2 small", 12, 12, 12, 64, 1024, "Radford et al. 2019, table 2"),
    CachedShape("Llama 2 7B", 32, 32, 32, 128, 4096, _LLAMA_2),
    CachedShape("Llama 2 70B", 80, 64, 8, 128, 4096, _LLAMA_2),
    CachedShape("Llama 3 8B", 32, 32, 8, 128, 8192, _LLAMA_3),
    CachedShape("Llama 3 70B", 80, 64, 8, 128, 8192, _LLAMA_3),
)


def written_bytes(count: int) -> str:
    """Bytes in the largest unit, of 1024 each, of which there is one at least.

    >>> written_bytes(36864), written_bytes(1342177280), written_bytes(7)
    ('36 KiB', '1.25 GiB', '7 B')
    """
    value, unit = float(count), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.4g} {unit}"
