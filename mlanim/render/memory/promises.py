"""Promises: what a segment will be, told by the openings of its plays, as seen before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from mlanim.render.memory.cache import Cache

__all__ = ["Promise", "Promises"]


@dataclass(frozen=True)
class Promise:
    """A segment with these openings has so many frames and lies in the cache at this address."""

    openings: list[str]
    frames: int
    address: str


@dataclass
class Promises:
    """The openings of a film's segments, and what they promised to earlier renders.

    Without a cache nothing is promised.
    """

    cache: Cache | None
    _openings: dict[int, list[str | None]] = field(default_factory=dict)
    _made: dict[int, tuple[int, str]] = field(default_factory=dict)

    def begin(self, index: int, opening: str | None) -> Promise | None:
        """A segment begins with such a play: what was made last of one that began like this?"""
        self._openings[index] = [opening]
        if self.cache is None or opening is None:
            return None
        try:
            return Promise(**json.loads(self.cache.read(self.cache.opening(opening)) or "null"))
        except (ValueError, TypeError):
            return None

    def goes_on(self, index: int, opening: str | None) -> None:
        """Another play is part of the segment."""
        self._openings[index].append(opening)

    def may_hold(self, index: int, promise: Promise) -> bool:
        """Whether all plays so far are as promised."""
        openings = self._openings[index]
        return promise.openings[: len(openings)] == openings

    def holds(self, index: int, promise: Promise) -> bool:
        """Whether the plays are those that were promised, and no others."""
        return promise.openings == self._openings[index]

    def made(self, index: int, frames: int, address: str) -> None:
        """A segment has been made, and can be had from the cache."""
        self._made[index] = frames, address

    def keep(self) -> None:
        """Remember the segments whose plays could all be told by their openings."""
        for index, (frames, address) in self._made.items():
            told = [opening for opening in self._openings[index] if opening]
            if self.cache is not None and told and len(told) == len(self._openings[index]):
                promise = Promise(told, frames, address)
                self.cache.write(self.cache.opening(told[0]), json.dumps(asdict(promise)))
