"""What GIF and WebP share: a version of the film is written from its spool, several if it must fit.

Only when all frames are there all colours are known, hence the spool.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from mlanim.render.sinks.colours import ColourCount, channels, packed, surroundings
from mlanim.render.sinks.fit import FULL, Rung, TooLarge, fit, rungs
from mlanim.render.sinks.palette import Palette, Tolerance, palette_of, surfaces
from mlanim.render.sinks.port import Ending, Film
from mlanim.render.sinks.result import Chosen
from mlanim.render.sinks.spool import Spool

__all__ = ["Shown", "Version", "WriteLoop", "assemble_loop", "schedule"]

# By coarseness: 43, 39 and 35 dB over the film, errors of 8, 12 and 20 levels in what is drawn; of
# the colours of surfaces what an eye takes for the same, for near, and for of the same hue.
_TOLERANCES = (
    Tolerance(3.3, 64),
    Tolerance(8.2, 144, surface=6, fine=False),
    Tolerance(20.6, 400, surface=9, fine=False),
)


@dataclass(frozen=True)
class Shown:
    """A picture of a version, from frame `begins` up to `ends`.

    Attributes:
        pixels: packed, (height * width,) uint32; the array goes on changing.
        changed: the places of those that differ from the picture before, which may be none.
    """

    pixels: np.ndarray
    changed: np.ndarray
    begins: int
    ends: int


@dataclass(frozen=True)
class Version:
    """A film in the size, rate and colours of a rung; `frames` are counted at the film's rate."""

    film: Film
    rung: Rung
    frames: int
    palette: Palette
    pictures: Callable[[], Iterator[Shown]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rung.size(self.film.width, self.film.height)

    def seconds(self, frame: int) -> Fraction:
        """When a frame begins."""
        return frame / self.film.rate


# Writes a version to a path, tells how large it is so far, and returns how many colours it has, 0
# where nobody counted.
WriteLoop = Callable[[Path, Version, Callable[[int], None]], int]


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


def assemble_loop(
    write: WriteLoop, segments: Sequence[Path], target: Path, film: Film, ending: Ending
) -> None:
    """Write the file, or the best version that keeps to the film's limit.

    Raises:
        UsageError: no version is as small as that.
    """
    versions = _Versions(Spool(segments, film.width, film.height), film)
    if film.most_bytes is None:
        write(target, versions.version(FULL, ending.on_progress), lambda size: None)
        return
    attempt = target.with_name(f"{target.name}.try")
    try:
        _fit(write, target, attempt, versions, film.most_bytes, ending)
    finally:
        attempt.unlink(missing_ok=True)  # the last try may have been too large


def _fit(
    write: WriteLoop, target: Path, attempt: Path, versions: _Versions, limit: int, ending: Ending
) -> None:
    """Write versions until the best that keeps to the limit is known, and leave that."""
    film = versions.film
    ladder = rungs(film.width, film.height, film.rate)
    most_tries = len(ladder).bit_length()
    chosen: dict[Rung, Chosen] = {}
    tries = 0

    def try_rung(rung: Rung, mind: bool) -> int:
        nonlocal tries
        done, tries = tries, tries + 1

        def check(size: int) -> None:
            if mind and size > limit:
                raise TooLarge

        def tell(share: float) -> None:
            ending.on_progress(min(1.0, (done + share) / most_tries))

        colours = write(attempt, versions.version(rung, tell), check)
        size = attempt.stat().st_size
        check(size)
        attempt.replace(target)
        fps = float(film.rate / rung.every)
        chosen[rung] = Chosen(*rung.size(film.width, film.height), fps, colours, size, limit)
        return size

    ending.on_choice(chosen[fit(ladder, try_rung, limit)])


class _Versions:
    """The versions of a film; colours of scaled ones are counted once a scale."""

    def __init__(self, spool: Spool, film: Film) -> None:
        self.film = film
        self._spool = spool
        self._colours: dict[float, np.ndarray] = {1.0: spool.colours}
        self._surfaces = surfaces(spool.colours)  # of the film as it is: a small one has few

    def version(self, rung: Rung, on_progress: Callable[[float], None]) -> Version:
        """The version of a rung."""
        if rung.scale not in self._colours:
            self._colours[rung.scale] = self._scaled_colours(rung)
        palette = palette_of(self._colours[rung.scale], _TOLERANCES[rung.coarse], self._surfaces)

        def pictures() -> Iterator[Shown]:
            return self._pictures(rung, on_progress)

        return Version(self.film, rung, self._spool.frames, palette, pictures)

    def _scaled_colours(self, rung: Rung) -> np.ndarray:
        count = ColourCount()
        before: np.ndarray | None = None
        for shown in self._pictures(rung, lambda share: None):
            if before is None:
                before = np.zeros_like(shown.pixels)
            after = shown.pixels[shown.changed]
            width = rung.size(self.film.width, 0)[0]
            around = surroundings(shown.pixels, shown.changed, width)
            count.add(after, before[shown.changed], 1, around)
            before[shown.changed] = after
        return count.tally()

    def _pictures(self, rung: Rung, on_progress: Callable[[float], None]) -> Iterator[Shown]:
        spool = self._spool
        plan = schedule(spool.starts, spool.frames, rung.every)
        before: np.ndarray | None = None
        skipped: list[np.ndarray] = []
        for number, (pixels, changed) in enumerate(spool.pictures()):
            if number not in plan:
                skipped.append(changed)
            elif rung.scale == 1:
                if skipped:
                    changed = np.unique(np.concatenate([*skipped, changed]))
                    skipped = []
                yield Shown(pixels, changed, *plan[number])
            else:
                scaled = self._scaled(pixels, rung)
                before = np.zeros_like(scaled) if before is None else before
                yield Shown(scaled, np.flatnonzero(scaled != before), *plan[number])
                before = scaled
            on_progress((number + 1) / len(spool.starts))

    def _scaled(self, pixels: np.ndarray, rung: Rung) -> np.ndarray:
        film = self.film
        image = Image.fromarray(channels(pixels).reshape(film.height, film.width, 4))
        small = image.resize(rung.size(film.width, film.height), Image.Resampling.HAMMING)
        return packed(np.asarray(small))
