"""A small scene of cut-outs, drawn from any place of its camera, with its exact depth.

A pinhole camera looks along z from (x, 0, 0). A pixel u, v from the picture's middle sees what
stands at X = x + u z / f, Y = v z / f; f is the focal length in pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["DEPTHS", "FOCAL", "SIZE", "STEP", "Drawn", "draw_scene"]

SIZE = (120, 208)  # pixels, rows and columns
FOCAL = 160.0  # pixels
#: Metres from the camera: a tree and a bush, a house, hills, the sky.
DEPTHS = (2.0, 4.0, 8.0, 16.0)
#: Metres: when the camera goes so far, each depth moves by whole pixels: 8, 4, 2 and 1.
STEP = 0.1

_Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Drawn:
    """colours: (rows, columns, 3), 0 to 1. depth: (rows, columns), in metres."""

    colours: NDArray
    depth: NDArray


def draw_scene(camera: float = 0.0) -> Drawn:
    """The scene from a camera so many metres to the right, a ray a pixel, exact in depth.

    >>> sorted(set(draw_scene().depth.ravel().tolist()))
    [2.0, 4.0, 8.0, 16.0]
    """
    rows, columns = SIZE
    v, u = np.mgrid[:rows, :columns].astype(float)
    u, v = u - (columns - 1) / 2, (rows - 1) / 2 - v
    colours, depth = np.zeros((*SIZE, 3)), np.zeros(SIZE)
    for z, draw in reversed(list(zip(DEPTHS, (_garden, _house, _hills, _sky), strict=True))):
        # Of a fraction with a small denominator, so that equal points have equal bits.
        x = (u + round(camera * FOCAL / z, 9)) * z / FOCAL
        there, seen = draw(x, v * z / FOCAL)
        colours = np.where(there[..., np.newaxis], seen, colours)
        depth = np.where(there, z, depth)
    return Drawn(colours, depth)


def _flat(x: NDArray, rgb: _Rgb) -> NDArray:
    return np.broadcast_to(np.array(rgb), (*x.shape, 3))


def _between(part: NDArray, one: _Rgb, other: _Rgb) -> NDArray:
    """Colours from one (part 0) to the other (part 1)."""
    share = np.clip(part, 0, 1)[..., np.newaxis]
    return (1 - share) * np.array(one) + share * np.array(other)


def _put(seen: NDArray, there: NDArray, colours: NDArray) -> NDArray:
    return np.where(there[..., np.newaxis], colours, seen)


def _sky(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """A sky that pales downwards, with bands of cloud and a sun."""
    seen = _between((6 - y) / 7, (0.36, 0.60, 0.86), (0.90, 0.94, 0.97))
    band = 0.5 + 0.5 * np.sin(1.1 * x + 0.9 * np.sin(0.7 * y)) * np.sin(1.6 * y + 0.25 * x)
    seen = _put(seen, band > 0.78, _flat(x, (0.98, 0.98, 0.98)))
    seen = _put(seen, (x - 4.6) ** 2 + (y - 3.9) ** 2 < 1, _flat(x, (0.98, 0.82, 0.30)))
    return np.ones(x.shape, bool), seen


def _hills(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """Two hills with rows of vines."""
    there = y < 0.35 + 0.55 * np.sin(0.75 * x + 0.6)
    rows = np.sin(6.5 * (x + 0.35 * y)) > 0.25
    seen = _between((0.9 - y) / 3.5, (0.50, 0.68, 0.34), (0.66, 0.78, 0.42))
    return there, _put(seen, rows, _flat(x, (0.33, 0.53, 0.27)))


def _house(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """Walls of bricks, a roof, a door and two windows."""
    across = x - 0.95
    wall = (np.abs(across) < 0.75) & (y > -1.15) & (y < -0.05)
    roof = (y >= -0.05) & (y < 0.65 - 0.82 * np.abs(across)) & (np.abs(across) < 0.85)
    course = np.floor(y / 0.11)
    brick = (np.mod(across / 0.25 + 0.5 * np.mod(course, 2), 1) < 0.12) | (
        np.mod(y / 0.11, 1) < 0.25
    )
    seen = _put(_flat(x, (0.76, 0.42, 0.32)), brick, _flat(x, (0.89, 0.76, 0.68)))
    tiles = np.mod(y / 0.13, 1) < 0.35
    red = _put(_flat(x, (0.45, 0.20, 0.22)), tiles, _flat(x, (0.60, 0.30, 0.30)))
    seen = _put(seen, roof, red)
    window = (np.abs(np.abs(across) - 0.45) < 0.15) & (np.abs(y + 0.45) < 0.17)
    cross = (np.abs(np.abs(across) - 0.45) < 0.02) | (np.abs(y + 0.45) < 0.02)
    seen = _put(seen, window, _flat(x, (0.80, 0.90, 0.96)))
    seen = _put(seen, window & cross, _flat(x, (0.25, 0.22, 0.22)))
    door = (np.abs(across) < 0.14) & (y < -0.62)
    return wall | roof, _put(seen, door, _flat(x, (0.24, 0.34, 0.44)))


def _garden(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """A tree at the left, a bush before the house."""
    from_crown = np.hypot((x + 0.42) / 0.36, (y - 0.16) / 0.33)
    crown = from_crown < 1 + 0.06 * np.sin(11 * np.arctan2(y - 0.16, x + 0.42))
    trunk = (np.abs(x + 0.42) < 0.055 + 0.02 * np.maximum(0, -y - 0.3)) & (y < 0)
    bush = np.hypot((x - 0.5) / 0.17, (y + 0.72) / 0.15) < 1
    leaf = np.sin(34 * x + 5 * y) * np.sin(31 * y - 7 * x) > 0.2
    seen = _put(_flat(x, (0.16, 0.38, 0.20)), leaf, _flat(x, (0.30, 0.55, 0.26)))
    bark = np.sin(90 * x + 4 * np.sin(20 * y)) > 0
    wood = _put(_flat(x, (0.36, 0.25, 0.18)), bark, _flat(x, (0.50, 0.36, 0.25)))
    return crown | trunk | bush, _put(seen, trunk & ~crown, wood)
