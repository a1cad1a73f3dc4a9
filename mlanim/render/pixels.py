"""A camera's pixels, watched: who reads them in mid-film wants the film's own picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from manim import Camera

__all__ = ["pixels_watched"]

_NAME = "pixel_array"


@contextmanager
def pixels_watched(tell: Callable[[], None]) -> Iterator[None]:
    """While the block runs, call `tell` before anybody is given a camera's pixels."""

    def read(camera: Camera) -> np.ndarray:
        tell()
        try:
            pixels: np.ndarray = camera.__dict__[_NAME]
        except KeyError:
            raise AttributeError(_NAME) from None
        return pixels

    def write(camera: Camera, pixels: np.ndarray) -> None:
        camera.__dict__[_NAME] = pixels

    before = vars(Camera).get(_NAME)
    setattr(Camera, _NAME, property(read, write))
    try:
        yield
    finally:
        if before is None:
            delattr(Camera, _NAME)
        else:
            setattr(Camera, _NAME, before)
