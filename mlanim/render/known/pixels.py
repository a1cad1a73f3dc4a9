"""A camera's pixels, watched: who reads them in mid-film wants the film's own picture.

Manim's cameras hold them as a plain attribute. It becomes a property when this module is imported,
for good, so that Manim is the same for whoever looks whether a scene has changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from manim import Camera

__all__ = ["pixels_watched"]

_NAME = "pixel_array"
_watchers: list[Callable[[], None]] = []


@contextmanager
def pixels_watched(tell: Callable[[], None]) -> Iterator[None]:
    """While the block runs, call `tell` before anybody is given a camera's pixels."""
    _watchers.append(tell)
    try:
        yield
    finally:
        _watchers.remove(tell)


def _read(camera: Camera) -> np.ndarray:
    for tell in _watchers:
        tell()
    try:
        pixels: np.ndarray = camera.__dict__[_NAME]
    except KeyError:
        raise AttributeError(_NAME) from None
    return pixels


def _write(camera: Camera, pixels: np.ndarray) -> None:
    camera.__dict__[_NAME] = pixels


setattr(Camera, _NAME, property(_read, _write))
