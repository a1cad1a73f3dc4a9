"""Which layer and head of a model are looked into, counted from 1 where people give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.errors import UsageError

__all__ = ["check_head"]


def check_head(given: Mapping[str, Any], layers: int, heads: int) -> None:
    """Refuse a `layer` or `head` that was given and that a model of so many does not have.

    >>> check_head({"layer": 2}, 2, 4)

    Raises:
        UsageError: one that is not there.
    """
    for name, most in (("layer", layers), ("head", heads)):
        value = given.get(name, 1)
        if value > most:
            count = f"{most} {name}" + ("s" if most > 1 else "")
            raise UsageError(f"{name}={value}", f"this model has {count}", "count from 1")
