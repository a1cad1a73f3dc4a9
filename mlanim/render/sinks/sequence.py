"""A folder of PNGs, as Manim writes it: one file for a wait in which nothing moves."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from PIL import Image

from mlanim.render.sinks.port import Ending, Film
from mlanim.render.sinks.result import Picture

if TYPE_CHECKING:
    import numpy as np

__all__ = ["PngWriter", "assemble_sequence"]


class PngWriter:
    """A segment: a zip of PNGs, the name of each saying how often it is shown."""

    def __init__(self, path: Path, film: Film) -> None:
        self.path = path
        self._zip = ZipFile(path, "w")

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None = None) -> None:
        """Append one PNG, however often the frame is shown."""
        with self._zip.open(f"{len(self._zip.namelist())} {repeat}", "w") as png:
            Image.fromarray(rgba).save(png, format="png")

    def close(self) -> None:
        """Complete the file."""
        self._zip.close()

    def abort(self) -> None:
        """Close and remove the file."""
        with suppress(OSError, ValueError):  # closing writes, and the disk may be full
            self._zip.close()
        self.path.unlink(missing_ok=True)


def assemble_sequence(
    segments: Sequence[Path], target: Path, film: Film, ending: Ending
) -> tuple[Picture, ...]:
    """Write 0000.png, 0001.png, ... and tell for how long each stands."""
    target.mkdir()
    pictures: list[Picture] = []
    for segment in segments:
        with ZipFile(segment) as pngs:
            for name in pngs.namelist():
                path = target / f"{len(pictures):04d}.png"
                with pngs.open(name) as source, path.open("wb") as png:
                    shutil.copyfileobj(source, png)
                pictures.append(Picture(path, float(int(name.split()[1]) / film.rate)))
    return tuple(pictures)
