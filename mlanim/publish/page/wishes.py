"""Wishes: what a manifest, or `--for page`, asks of a page, taken from among the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from mlanim.errors import UsageError
from mlanim.publish.page.choices import Choice, asked_choices
from mlanim.publish.page.making import BUDGET, RATE, Wish
from mlanim.render.asked.byte_size import parse_bytes

__all__ = ["MOVING", "asked_wish", "taken_wish"]

MOVING = "moving"  # the purpose of a picture that plays by itself


def asked_wish(
    choose: Sequence[str],
    set_values: Sequence[str],
    max_bytes: str | None,
    language: str,
    *,
    moving: bool = False,
) -> Wish:
    """What a command line asks of a page.

    Raises:
        UsageError: a choice that cannot be read, or no size.
    """
    taken = [text.partition("=")[0].strip() for text in set_values]
    choices = asked_choices(choose, taken)
    return Wish(choices, parse_bytes(max_bytes or BUDGET), language, moving=moving)


def taken_wish(options: dict[str, Any], purpose: str) -> tuple[str, Wish | None]:
    """Take what only pages have from options in a manifest's words; the purpose, and the wish.

    >>> options = {"format": "svg", "animated": True, "max_bytes": "300kB"}
    >>> taken_wish(options, "")[0], options
    ('moving', {'format': 'svg', 'fps': 12.0})

    Raises:
        UsageError: what is of a page is asked of something else, or cannot be.
    """
    choose, moving = options.pop("choose", {}), options.pop("animated", False)
    if moving:
        suffix = PurePath(str(options.get("output") or "")).suffix[1:].lower()
        if purpose or (options.get("format") or suffix) != "svg":
            raise UsageError("animated is for an SVG", "write format = 'svg', and no for")
        options.setdefault("fps", RATE)
        purpose = MOVING
    if choose and purpose != "page":
        raise UsageError("choose is for a page", "write for = 'page'")
    if purpose not in ("page", MOVING):
        return purpose, None
    budget = parse_bytes(options.pop("max_bytes", None) or BUDGET)
    return purpose, Wish(_choices(choose, options.get("set", {})), budget, moving=moving)


def _choices(table: Mapping[str, Any], taken: Mapping[str, Any]) -> tuple[Choice, ...]:
    texts = []
    for name, values in table.items():
        if not isinstance(values, list) or any(isinstance(one, list | dict) for one in values):
            raise UsageError(f"choose.{name} = {values!r:.60}", "give a list of values")
        written = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
        texts.append(f"{name}={','.join(written)}")
    return asked_choices(texts, list(taken))
