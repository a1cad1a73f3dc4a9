"""A spool: the distinct frames of a film on disk, lossless, to be read as often as needed.

Its segments are zip files of arrays. A picture is what changed: one uint32 array of the number of
runs; for each run of changed pixels how many unchanged ones come before it; for each its length;
then the new pixels, packed. The first picture of a segment is changed from nothing, all zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from mlanim.render.sinks.colours import ColourCount, joined, packed, surroundings
from mlanim.render.sinks.port import Film

__all__ = ["Spool", "SpoolWriter"]

_REPEATS, _COLOURS = "repeats", "colours"  # names in the zip, beside the pictures' numbers


class SpoolWriter:
    """Writes a segment, and counts its colours on the way."""

    def __init__(self, path: Path, film: Film) -> None:
        self.path = path
        self._film = film
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1)
        self._canvas = np.zeros(film.height * film.width, np.uint32)
        self._colours = ColourCount()
        self._repeats: list[int] = []

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None = None) -> None:
        """Append a frame (height, width, 4) uint8; one equal to the last only lasts longer."""
        width = self._film.width
        if rows is None or not self._repeats:
            rows = range(self._film.height)
        pixels = packed(rgba[rows.start : rows.stop])
        first = rows.start * width
        changed = np.flatnonzero(pixels != self._canvas[first : first + len(pixels)])
        if self._repeats and not len(changed):
            self._repeats[-1] += repeat
            self._colours.stay(repeat)
            return
        after, changed = pixels[changed], changed + first
        before = self._canvas[changed]
        self._canvas[changed] = after
        self._colours.add(after, before, repeat, surroundings(self._canvas, changed, width))
        self._store(str(len(self._repeats)), _runs(changed, after))
        self._repeats.append(repeat)

    def close(self) -> None:
        """Complete the file."""
        self._store(_REPEATS, np.array(self._repeats))
        self._store(_COLOURS, self._colours.tally())
        self._zip.close()

    def abort(self) -> None:
        """Close and remove the file."""
        with suppress(OSError, ValueError):  # closing writes, and the disk may be full
            self._zip.close()
        self.path.unlink(missing_ok=True)

    def _store(self, name: str, array: np.ndarray) -> None:
        with self._zip.open(f"{name}.npy", "w") as member:
            np.lib.format.write_array(member, array, allow_pickle=False)


class Spool:
    """The segments of a film, read in order.

    Attributes:
        starts: the frame number at which each picture begins.
        frames: how many frames there are in all.
        colours: the tally of all, as `ColourCount` makes it.
    """

    def __init__(self, segments: Sequence[Path], width: int, height: int) -> None:
        self._segments, self._pixels = segments, width * height
        repeats, tallies = [], []
        for segment in segments:
            with np.load(segment) as arrays:
                repeats += arrays[_REPEATS].tolist()
                tallies.append(arrays[_COLOURS])
        *self.starts, self.frames = accumulate(repeats, initial=0)
        self.colours = joined(tallies)

    def pictures(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Every picture: its packed pixels (n,), in an array that goes on changing, and places.

        The places are those of pixels that differ from the picture before; there may be none.
        """
        canvas = np.zeros(self._pixels, np.uint32)
        for segment in self._segments:
            with np.load(segment) as arrays:
                for number in range(len(arrays[_REPEATS])):
                    changed, after = _pixels(arrays[str(number)])
                    if number == 0:
                        whole = np.zeros_like(canvas)
                        whole[changed] = after
                        changed = np.flatnonzero(whole != canvas)
                        after = whole[changed]
                    canvas[changed] = after
                    yield canvas, changed


def _runs(places: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """Pixels (n,) uint32 at ascending places (n,) as one array."""
    begins = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    lengths = np.diff(begins, append=len(places))
    starts = places[begins]
    ends = starts + lengths
    gaps = starts - np.concatenate([[0], ends[:-1]])
    head = np.concatenate([[len(starts)], gaps, lengths]).astype(np.uint32)
    return np.concatenate([head, pixels])


def _pixels(runs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places (n,) and pixels (n,) of what `_runs` made.

    >>> places, pixels = _pixels(_runs(np.array([3, 4, 9]), np.uint32([7, 8, 9])))
    >>> places.tolist(), pixels.tolist()
    ([3, 4, 9], [7, 8, 9])
    """
    number = int(runs[0])
    gaps, lengths = runs[1 : 1 + 2 * number].astype(np.intp).reshape(2, number)
    pixels = runs[1 + 2 * number :]
    unchanged = np.repeat(np.cumsum(gaps), lengths)  # before each pixel
    return unchanged + np.arange(len(pixels)), pixels
