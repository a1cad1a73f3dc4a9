"""A folder of PNGs, as Manim writes it: one file for a wait in which nothing moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from mlanim.render.result import Picture
from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Sequence"]


class Sequence:
    """Writes 0000.png, 0001.png, ... and remembers for how long each stands."""

    def start(self, target: Path, film: Film) -> None:
        """Make the folder."""
        self._folder, self._rate = target, film.rate
        self._pictures: list[Picture] = []
        target.mkdir()

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Write one file, however often the frame is shown."""
        path = self._folder / f"{len(self._pictures):04d}.png"
        Image.fromarray(rgba).save(path)
        self._pictures.append(Picture(path, float(repeat / self._rate)))

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Tell the files and their durations."""
        return tuple(self._pictures)

    def abort(self) -> None:
        """Nothing is open."""
