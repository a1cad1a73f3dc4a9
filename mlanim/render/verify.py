"""Verify: render a scene both ways, Manim's and the engine's, and find the first difference."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from manim import Scene

from mlanim.errors import MlanimError
from mlanim.render.drawing import Drawing, engines_drawing, manims_drawing
from mlanim.render.engine import render
from mlanim.render.observer import Observer
from mlanim.render.seeking import EnoughSeen
from mlanim.render.spec import RenderSpec

__all__ = ["Difference", "Verdict", "verify"]


@dataclass(frozen=True)
class Difference:
    """The first frame that is not Manim's.

    Attributes:
        frame, time: its number from 0, and its second in the output.
        rectangle: left, top, right, bottom in pixels, the last two not included.
        pixels, levels: how many differ, and by how much at most.
    """

    frame: int
    time: float
    rectangle: tuple[int, int, int, int]
    pixels: int
    levels: int

    def __str__(self) -> str:
        left, top, right, bottom = self.rectangle
        count = "1 pixel differs" if self.pixels == 1 else f"{self.pixels} pixels differ"
        levels = "1 level" if self.levels == 1 else f"{self.levels} levels"
        return (
            f"frame {self.frame} at {self.time:.3f} s: {count} by up to {levels}"
            f" in x {left} to {right - 1}, y {top} to {bottom - 1}"
        )


@dataclass(frozen=True)
class Verdict:
    """How many frames were compared and equal, and the first that was not."""

    equal: int
    difference: Difference | None


def verify(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    reference: Drawing = manims_drawing,
    drawing: Drawing = engines_drawing,
    progress: Observer | None = None,
) -> Verdict:
    """Render all frames in the reference's way, then in the other, and compare them.

    Frames of the first are kept as digests; the one that differs is rendered once more to see
    where. Nothing is written.

    Raises:
        MlanimError: the scene failed, has another length the other way, or differs from itself.
    """
    spec = replace(spec.seeded(), format="none", output=None, at=None)
    digests = _Digests()
    render(scene_class, spec, observer=digests, progress=progress, drawing=reference)
    comparison = _Comparison(digests.found)
    with suppress(EnoughSeen):
        render(scene_class, spec, observer=comparison, progress=progress, drawing=drawing)
    if comparison.other is None:
        _check_length(scene_class, len(digests.found), comparison.equal)
        return Verdict(comparison.equal, None)
    keeping = _Keeping(comparison.equal)
    with suppress(EnoughSeen):
        render(scene_class, spec, observer=keeping, drawing=reference)
    if keeping.kept is None or _digest(keeping.kept) != digests.found[comparison.equal]:
        raise MlanimError(
            f"{scene_class.__name__} differs from itself when it is rendered twice",
            "what it draws depends on more than --seed",
        )
    difference = _difference(keeping.kept, comparison.other, comparison.equal, spec.fps)
    return Verdict(comparison.equal, difference)


class _Digests(Observer):
    """A digest for each frame of the output."""

    def __init__(self) -> None:
        self.found: list[bytes] = []

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """Take a frame's digest, once for each time it is shown."""
        self.found += [_digest(pixels)] * repeat


class _Comparison(Observer):
    """Counts frames as long as they are the expected ones; keeps the first that is not."""

    def __init__(self, expected: list[bytes]) -> None:
        self.equal = 0
        self.other: np.ndarray | None = None
        self._expected = expected

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """Compare a frame as often as it is shown."""
        digest = _digest(pixels)
        for _ in range(repeat):
            if self._expected[self.equal : self.equal + 1] not in ([digest], []):
                self.other = pixels.copy()
                raise EnoughSeen
            self.equal += 1


class _Keeping(Observer):
    """Keeps one frame."""

    def __init__(self, wanted: int) -> None:
        self.kept: np.ndarray | None = None
        self._left = wanted

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """Count down to the frame."""
        if self._left < repeat:
            self.kept = pixels.copy()
            raise EnoughSeen
        self._left -= repeat


def _digest(pixels: np.ndarray) -> bytes:
    return hashlib.blake2b(np.ascontiguousarray(pixels).data, digest_size=16).digest()


def _difference(ours: np.ndarray, other: np.ndarray, frame: int, fps: float) -> Difference:
    away = np.abs(ours.astype(np.int16) - other).max(axis=-1)
    rows, columns = np.flatnonzero(away.any(axis=1)), np.flatnonzero(away.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    rectangle = (left, top, right, bottom)
    return Difference(frame, frame / fps, rectangle, int((away > 0).sum()), int(away.max()))


def _check_length(scene_class: type[Scene], expected: int, frames: int) -> None:
    if frames != expected:
        raise MlanimError(
            f"{scene_class.__name__} has {frames} frames, and {expected} as Manim draws it"
        )
