"""Small arrays of the kinds that data comes in, each computed: a wave, pictures, words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.models.masked_model import load_masked_model

__all__ = ["RATE", "colour_picture", "grey_picture", "sound", "table", "word_vectors"]

RATE = 8000  # samples a second
_LOUDEST = 2**15 - 1


def table() -> tuple[tuple[str, ...], NDArray]:
    """Plays and minutes of four songs: a table of numbers, with its columns' names."""
    return ("plays", "minutes", "year"), np.array(
        [[27, 3, 1998], [9, 5, 2004], [48, 4, 2011], [31, 2, 2019]]
    )


def sound(seconds: float = 0.01, pitch: float = 220.0) -> NDArray[np.int16]:
    """A tone and its octave in samples of 16 bits, which go from -32768 to 32767.

    >>> sound().shape, sound().dtype.name
    ((80,), 'int16')
    """
    times = np.arange(round(seconds * RATE)) / RATE
    wave = 0.7 * np.sin(2 * np.pi * pitch * times) + 0.3 * np.sin(4 * np.pi * pitch * times + 1)
    return np.round(wave * _LOUDEST).astype(np.int16)


def grey_picture(side: int = 12) -> NDArray[np.uint8]:
    """A ball that is lit from the upper left: one number from 0 to 255 a pixel.

    >>> grey_picture(8).shape
    (8, 8)
    """
    y, x = (np.indices((side, side)) + 0.5) / side * 2 - 1
    height = np.sqrt(np.clip(0.8 - x**2 - y**2, 0, None))
    light = np.clip(-0.5 * x - 0.5 * y + 0.7 * height, 0, None)
    return np.where(height > 0, np.round(40 + 215 * np.clip(light, 0, 1)), 20).astype(np.uint8)


def colour_picture(side: int = 12) -> NDArray[np.uint8]:
    """The same ball in the colours of a sunset: three numbers a pixel.

    >>> colour_picture(8).shape
    (8, 8, 3)
    """
    grey = grey_picture(side).astype(float)
    down = np.linspace(0, 1, side)[:, None]
    sky = np.stack([90 + 150 * down, 110 + 20 * down, 190 - 120 * down], axis=-1)
    sky = np.broadcast_to(sky, (side, side, 3))
    ball = grey[..., None] * np.array([1.0, 0.72, 0.3])
    return np.where(grey[..., None] > 30, ball, sky).round().clip(0, 255).astype(np.uint8)


def word_vectors(words: tuple[str, ...]) -> NDArray:
    """The embeddings that the bundled model of masked words has learned, a row a word.

    >>> word_vectors(("the", "dog")).shape[0]
    2
    """
    stack = load_masked_model().stack
    return np.asarray(stack.token_embedding)[[stack.index[word] for word in words]]
