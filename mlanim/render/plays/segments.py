"""Segments of a film as they come into being, in this process or in workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import av

from mlanim.render.asked.destination import unwritable
from mlanim.render.plays.address import Address, Background
from mlanim.render.plays.opening import Opener
from mlanim.render.sinks.formats import open_segment
from mlanim.render.sinks.port import Film, Writer

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Inline", "Segments"]


class Segments:
    """Where a renderer hands its frames, segment by segment; the base writes them here and now.

    Args:
        folder: of the segments' files.
        output: the film that they will be, for messages.

    Attributes:
        draws: whether frames are wanted from this process; otherwise plays are passed.
        paints: whether they are wanted as pixels; otherwise only what would be drawn is looked at.
        address: is shown what is drawn, where the segment shall be found again.
        hears: whether sounds are wanted from this run of the scene.
        opener: tells the openings of plays, where these are wanted.
        is_worker: whether this process makes segments for another one.
        state: tells the state in which the scene stands, for those who draw what comes before and
            after; None in the middle of a play whose frames depend on their moment alone.
        looks: whether the engine itself reads the camera's pixels just now.
    """

    draws = True
    paints = True
    hears = True
    is_worker = False
    address: Address | None = None
    opener: Opener | None = None
    state: Callable[[], str] | None = None
    looks = True  # until the scene plays
    _found_again = False

    def __init__(self, folder: Path, film: Film, output: Path) -> None:
        self._folder, self._film, self._output = folder, film, output
        self._writer: Writer | None = None
        self._begun = 0
        self._background = Background()

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> Segments:
        """Begin a segment, and complete the one before.

        `opening` is that of its first play, which may be all of it: then it `fills` the segment.
        Returns who is to be handed what comes next: in a process forked here, somebody else.
        """
        self.close()
        self._begun = index + 1
        with self._telling():
            self._writer = open_segment(self.path(index), self._film)
        return self

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Append a frame, which is not kept; outside of `rows` it is as the last one."""
        assert self._writer is not None
        with self._telling():
            self._writer.frame(rgba, repeat, rows)

    @property
    def makes_straight(self) -> bool:
        """Whether frames are wanted with straight alpha."""
        return self.paints and self._film.straight

    def passed(self, frames: int) -> None:
        """Frames of the open segment that this process did not draw."""

    def goes_on(self, opening: str | None) -> None:
        """Another play is part of the open segment."""

    def new_address(self) -> Address | None:
        """An address that has seen nothing yet, where segments shall be found again."""
        return Address(self._film, self._background) if self._found_again else None

    def stay(self, reason: str) -> None:
        """The scene must be drawn in one process, for this reason, in a few words."""

    def play_entered(self) -> None:
        """The scene has come to its next play."""

    def play_left(self) -> None:
        """The scene goes on behind a play."""

    def close(self) -> None:
        """Complete the open segment."""
        if self._writer is not None:
            with self._telling():
                self._writer.close()
            self._writer = None

    def abort(self) -> None:
        """Let go of what is open."""
        if self._writer is not None:
            self._writer.abort()
            self._writer = None

    def path(self, index: int) -> Path:
        """The file of a segment."""
        return self._folder / f"{index:05d}.{self._film.format}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around the scene; what is still open when it ends is completed."""
        try:
            yield
        except BaseException:
            self.abort()
            raise
        self.close()

    def files(self) -> list[Path]:
        """All segments, in order."""
        return [self.path(index) for index in range(self._begun)]

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (OSError, av.FFmpegError) as error:
            raise unwritable(self._output, error) from error


class Inline(Segments):
    """All segments one after the other, in the process that plays the scene."""
