"""Segments that any of several processes may draw, each as soon as it has time."""

from __future__ import annotations

import os
import struct

__all__ = ["SegmentQueue"]

_ENTRY = struct.Struct("<i?")  # a pipe hands over so few bytes whole


class SegmentQueue:
    """A pipe from which forked processes take one segment at a time.

    Attributes:
        takers: how many do.
    """

    def __init__(self) -> None:
        self.takers = 0
        self._from, self._to = os.pipe()

    def put(self, index: int, *, looks: bool) -> None:
        """Let somebody draw a segment, who `looks` first whether the cache has it."""
        os.write(self._to, _ENTRY.pack(index, looks))

    def take(self) -> tuple[int, bool] | None:
        """Wait for the next one; None when there will be no more."""
        entry = os.read(self._from, _ENTRY.size)
        return _ENTRY.unpack(entry) if entry else None

    def be_taker(self) -> None:
        """In a process that takes: it would wait for ever if it could put as well."""
        os.close(self._to)

    def close(self) -> None:
        """Put no more; those who take still take what is there."""
        os.close(self._from)
        os.close(self._to)
