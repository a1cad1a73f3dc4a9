"""The last frame as a PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from mlanim.render.sinks.port import Ending, Film

if TYPE_CHECKING:
    import numpy as np

    from mlanim.render.result import Picture

__all__ = ["Still"]


class Still:
    """Keeps the last frame it is given and writes that."""

    def start(self, target: Path, film: Film) -> None:
        """Remember the target."""
        self._target = target
        self._last: np.ndarray | None = None

    def frame(self, rgba: np.ndarray, repeat: int) -> None:
        """Keep the frame."""
        self._last = rgba

    def finish(self, ending: Ending) -> tuple[Picture, ...]:
        """Write the last frame, as Manim does."""
        assert self._last is not None
        Image.fromarray(self._last).save(self._target, format="png")
        return ()

    def abort(self) -> None:
        """Nothing is open."""
