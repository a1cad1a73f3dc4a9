"""What GIF and WebP share: frames are spooled while they come, the file is written at the end.

Only then all colours are known, and a file that must keep to a limit is written several times.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from mlanim.render.result import Chosen
from mlanim.render.sinks.alpha import straight_alpha
from mlanim.render.sinks.changes import changed_rectangle
from mlanim.render.sinks.fit import FULL, Rung, TooLarge, fit, rungs
from mlanim.render.sinks.palette import ColourCount, Palette, Tolerance
from mlanim.render.sinks.port import Ending, Film
from mlanim.render.sinks.spool import Spool

if TYPE_CHECKING:
    from mlanim.render.result import Picture

__all__ = ["Shown", "Spooled", "schedule"]

# By coarseness: 43, 39 and 35 dB over the film, errors of 8, 12 and 20 levels in what is drawn.
_TOLERANCES = (Tolerance(3.3, 64), Tolerance(8.2, 144), Tolerance(20.6, 400))


@dataclass(frozen=True)
class Shown:
    """A picture of a version: RGBA (height, width, 4) uint8, from frame `begins` up to `ends`."""

    pixels: np.ndarray
    begins: int
    ends: int


def schedule(starts: Sequence[int], frames: int, every: int) -> dict[int, tuple[int, int]]:
    """Which pictures a version shows that keeps one frame of `every`, and from when to when.

    The last picture is always among them.

    >>> schedule([0, 1, 2, 7], frames=8, every=3)
    {0: (0, 3), 2: (3, 7), 3: (7, 8)}
    """
    begin: dict[int, int] = {}
    for picture, (start, end) in enumerate(zip(starts, [*starts[1:], frames], strict=True)):
        begins = math.ceil(start / every) * every
        if picture == len(starts) - 1:
            begins = min(begins, max(start, frames - 1))
        elif begins >= end:
            continue
        begin[picture] = begins
    ends = [*list(begin.values())[1:], frames]
    return dict(zip(begin, zip(begin.values(), ends, strict=True), strict=True))


class Spooled(ABC):
    """A sink that spools frames and counts their colours; a format says how to write the file."""

    def start(self, target: Path, film: Film) -> None:
        """Open the spool."""
        self._target, self._film = target, film
        self._spool = Spool(target.with_name(f"{target.name}.spool"), film.width, film.height)
        self._colours = ColourCount()
        self._scaled_colours: dict[float, ColourCount] = {}

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Spool a frame and count its colours; one equal to the last only lasts longer."""
        pixels = straight_alpha(rgba) if self._film.transparent else rgba
        changed = self._spool.add(pixels, repeat)
        if changed is None:
            self._colours.stay(repeat)
        else:
            self._colours.add(pixels, changed, repeat)

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Write the file, or the best version that keeps to the limit."""
        self._spool.end()
        limit = self._film.most_bytes
        if limit is None:
            self._write(self._target, FULL, lambda size: None, ending.on_progress)
        else:
            rung, tries = self._fit(limit, ending.on_progress)
            ending.on_choice(tries[rung])
            self._attempt.unlink(missing_ok=True)  # the last try may have been too large
        self._spool.remove()
        return ()

    def abort(self) -> None:
        """Remove the spool and what was tried."""
        self._spool.remove()
        self._attempt.unlink(missing_ok=True)

    @property
    def _attempt(self) -> Path:
        return self._target.with_name(f"{self._target.name}.try")

    def _fit(
        self, limit: int, on_progress: Callable[[float], None]
    ) -> tuple[Rung, dict[Rung, Chosen]]:
        film = self._film
        ladder = rungs(film.width, film.height, film.rate)
        most_tries = len(ladder).bit_length()
        chosen: dict[Rung, Chosen] = {}
        tries = 0

        def write(rung: Rung, mind: bool) -> int:
            nonlocal tries
            done, tries = tries, tries + 1

            def check(size: int) -> None:
                if mind and size > limit:
                    raise TooLarge

            def tell(share: float) -> None:
                on_progress(min(1.0, (done + share) / most_tries))

            colours = self._write(self._attempt, rung, check, tell)
            size = self._attempt.stat().st_size
            check(size)
            self._attempt.replace(self._target)
            fps = float(film.rate / rung.every)
            chosen[rung] = Chosen(*rung.size(film.width, film.height), fps, colours, size, limit)
            return size

        return fit(ladder, write, limit), chosen

    @abstractmethod
    def _write(
        self,
        path: Path,
        rung: Rung,
        check: Callable[[int], None],
        on_progress: Callable[[float], None],
    ) -> int:
        """Write a version; `check` hears the bytes so far. Returns the colours, 0 if uncounted."""

    def _pictures(self, rung: Rung, on_progress: Callable[[float], None]) -> Iterator[Shown]:
        """The pictures of a version."""
        spool = self._spool
        plan = schedule(spool.starts, spool.frames, rung.every)
        size = rung.size(self._film.width, self._film.height)
        for number, pixels in enumerate(spool.pictures()):
            if number in plan:
                yield Shown(_scaled(pixels, size), *plan[number])
            on_progress((number + 1) / len(spool.starts))

    def _palette(self, rung: Rung) -> Palette:
        """The palette of a version; a scaled one has colours of its own, which are counted."""
        colours = self._colours if rung.scale == 1 else self._scaled_colours.get(rung.scale)
        if colours is None:
            colours = self._scaled_colours[rung.scale] = ColourCount()
            last: np.ndarray | None = None
            for shown in self._pictures(rung, lambda share: None):
                if changed := changed_rectangle(last, shown.pixels):
                    colours.add(shown.pixels, changed, 1)
                last = shown.pixels
        return colours.palette(_TOLERANCES[rung.coarse])

    def _seconds(self, frame: int) -> Fraction:
        return frame / self._film.rate


def _scaled(rgba: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    if size == (rgba.shape[1], rgba.shape[0]):
        return rgba
    return np.array(Image.fromarray(rgba).resize(size, Image.Resampling.HAMMING))
