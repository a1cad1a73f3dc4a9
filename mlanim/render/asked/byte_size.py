"""Sizes of files as people write them: 2MB, 500 kB, 1.5MiB, 2000000."""

from __future__ import annotations

import re

from mlanim.errors import UsageError

__all__ = ["parse_bytes"]

_UNITS = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
}


def parse_bytes(text: str | int) -> int:
    """The number of bytes that a text means.

    >>> parse_bytes("2MB"), parse_bytes("1.5 MiB"), parse_bytes("800")
    (2000000, 1572864, 800)

    Raises:
        UsageError: it is no size, or less than a byte.
    """
    match = re.fullmatch(r"\s*(\d{1,15}(?:\.\d{1,9})?)\s*([a-z]{0,3})\s*", str(text).casefold())
    number = float(match[1]) * _UNITS.get(match[2], 0) if match else 0
    if isinstance(text, bool) or number < 1:
        raise UsageError(f"--max-bytes {str(text)!r}", "write a size such as 500kB, 2MB or 1.5MiB")
    return int(number)
