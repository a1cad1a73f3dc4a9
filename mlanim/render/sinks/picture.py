"""A single picture, of a scene that plays nothing or where no more is wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from mlanim.render.sinks.alpha import straight_alpha
from mlanim.render.sinks.digests import DigestWriter
from mlanim.render.sinks.port import AS_DRAWN, Film

__all__ = ["write_picture"]


def write_picture(path: Path, rgba: np.ndarray, background: np.ndarray, film: Film) -> None:
    """Write a camera's pixels (height, width, 4) uint8 as PNG, or as `verify` compares them.

    `background` is what that camera began with, of the same shape.
    """
    if film.format in AS_DRAWN:
        writer = DigestWriter(path, film)
        writer.frame(rgba, 1)
        writer.close()
    else:
        Image.fromarray(straight_alpha(rgba, background)).save(path, format="png")
