"""The budget: what a page may have in bytes, refused as soon as it is known to be too little."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mlanim.errors import MlanimError, UsageError

if TYPE_CHECKING:
    from mlanim.publish.page.reel import Reel

__all__ = ["added_bytes", "check_budget", "check_least", "lengths_of", "size_told"]

_MB = 10**6


def check_least(budget: int, least: int) -> None:
    """Refuse a budget that is less than what any page has, before a scene is played."""
    if budget < least:
        raise UsageError(
            f"--max-bytes allows {size_told(budget)}, "
            f"and a page has {size_told(least)} before anything is drawn",
            "allow more",
        )


def check_budget(made: int, sizes: Mapping[str, int], budget: int, variants: int) -> None:
    """Refuse a page that is too large, and say what makes it so."""
    if made <= budget:
        return
    allowed = f"--max-bytes allows {size_told(budget)}"
    if not sizes:
        raise MlanimError(
            f"the picture has {size_told(made)}, {allowed}",
            "show less of it with --steps, or allow more",
        )
    largest = sorted(sizes.items(), key=lambda pair: -pair[1])[:3]
    each = ", ".join(f"{name} {size_told(size)}" for name, size in largest)
    so_far = f" with {len(sizes)} of {variants} variants" if variants > len(sizes) else ""
    less = "choose less, show" if variants > 1 else "show"
    raise MlanimError(
        f"the page has {size_told(made)}{so_far}, {allowed} ({each})",
        f"{less} less of it with --steps, or allow more",
    )


def size_told(made: int) -> str:
    """Bytes as a reader compares them.

    >>> size_told(3000), size_told(5_400_000)
    ('3 kB', '5.4 MB')
    """
    return f"{made / _MB:.3g} MB" if made >= _MB else f"{made / 1000:.3g} kB"


def added_bytes(reel: Reel, before: Mapping[str, int], variant: Mapping[str, Any]) -> int:
    """The bytes that a variant adds to what is there already, as the file has them."""
    new = [reel.told[name][length:] for name, length in before.items()]
    told = json.dumps([new, variant], ensure_ascii=False, separators=(",", ":"))
    return len(zlib.compress(told.encode(), 6)) * 4 // 3  # base64


def lengths_of(reel: Reel) -> dict[str, int]:
    """How long each of its tables is."""
    return {name: len(table) for name, table in reel.told.items() if isinstance(table, list)}
