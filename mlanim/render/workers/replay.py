"""Segments drawn by replays: a plan of what each must show, and those who draw some of them.

The plan comes of playing the scene once without drawing it. A replay plays it again, elsewhere or
here, and draws the segments that it was asked for; each must have the planned address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from manim import config

from mlanim.cache_place import cache_place
from mlanim.render.plays.segments import Segments
from mlanim.render.sinks.port import Film
from mlanim.render.watched.shared_run import GivenUp, Interruption, shared
from mlanim.render.workers.replay_task import Planned

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Differs", "Plan", "Wanted", "shares"]


class Differs(Interruption):
    """A replay drew something else than was planned, or nothing."""


class _AllDrawn(Interruption):
    """Ends a scene behind the last segment that is wanted."""


class Plan(Segments):
    """Looks at what would be drawn in every segment.

    Attributes:
        planned: the segments, in order.
        states: in which the scene stood as each began, where that can be told.

    Raises:
        GivenUp: the scene does what can only be had in one process.
    """

    paints = False
    _found_again = True

    def __init__(self, folder: Path, film: Film, output: Path) -> None:
        super().__init__(folder, film, output)
        self.planned: list[Planned] = []
        self.states: dict[int, str] = {}
        self._frames = 0

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> Segments:
        """Look at a new segment."""
        self.close()
        self._begun, self._frames = index + 1, 0
        if self.state is not None:
            self.states[index] = self.state()
        self.address, self.paints = self.new_address(), False
        return self

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Count a frame."""
        assert self.address is not None
        self.address.shown(repeat)
        self._frames += repeat

    def stay(self, reason: str) -> None:
        """Nobody else can draw this."""
        raise GivenUp(reason)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene, which others will play as well."""
        ours = (self._folder, Path(config.media_dir), cache_place())
        with shared(ours, self.stay, lambda: not self.looks), super().running():
            yield

    def close(self) -> None:
        """The last segment is over; what is drawn now is a picture."""
        if self.address is not None:
            self.planned.append(Planned(self._begun - 1, self._frames, self.address.value()))
        self.address, self.paints = None, True


class Wanted(Segments):
    """Draws some segments of a scene and passes the others.

    Args:
        planned: those to be drawn, in order.
        told: is called with the frames that are finished, and their seconds.
        states: in which the scene must stand as a segment begins, and the one behind it.

    Raises:
        Differs: at the end of a segment that is not as planned, or was not there at all.
    """

    draws = False
    hears = False  # whoever made the plan did
    _found_again = True

    def __init__(
        self,
        folder: Path,
        film: Film,
        output: Path,
        planned: Sequence[Planned],
        told: Callable[[int, float], None] = lambda frames, seconds: None,
        states: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(folder, film, output)
        self._states = states or {}
        self._planned = {segment.index: segment for segment in planned}
        self._last = planned[-1].index
        self._told = told
        self._open: Planned | None = None
        self._frames = 0

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> Segments:
        """Open a segment that is wanted."""
        drew = self._open is not None
        self.close()
        if drew or index in self._planned:
            self._check_state(index)
        if index > self._last:
            raise _AllDrawn
        self._open, self._frames = self._planned.pop(index, None), 0
        self.draws = self._open is not None
        if self.draws:
            super().begin(index)
            self.address = self.new_address()
        return self

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Encode a frame."""
        assert self.address is not None
        self.address.shown(repeat)
        self._frames += repeat
        super().frame(rgba, repeat, rows)
        self._told(repeat, float(repeat / self._film.rate))

    def _check_state(self, index: int) -> None:
        expected = self._states.get(index)
        if expected and self.state is not None and self.state() != expected:
            raise Differs("it differs from run to run")

    def close(self) -> None:
        """Complete the open segment, which must be as planned."""
        if self._open is None or self.address is None:
            return
        super().close()
        planned, self._open = self._open, None
        if (self._frames, self.address.value()) != (planned.frames, planned.address):
            raise Differs(f"segment {planned.index + 1} is drawn differently there")
        self.address = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene, which ends behind the last segment that is wanted."""
        try:
            with super().running():
                yield
        except _AllDrawn:
            pass
        if self._planned:
            raise Differs("the scene is shorter there")


def shares(planned: Sequence[Planned], workers: int) -> list[tuple[Planned, ...]]:
    """Cut segments into runs of about as many frames, one for each worker.

    >>> four = [Planned(i, 60, "") for i in range(4)]
    >>> [len(share) for share in shares(four, 3)]
    [2, 1, 1]
    """
    total = sum(segment.frames for segment in planned)
    cut: dict[int, list[Planned]] = {}
    before = 0
    for segment in planned:
        cut.setdefault(before * workers // max(1, total), []).append(segment)
        before += segment.frames
    return [tuple(share) for share in cut.values()]
