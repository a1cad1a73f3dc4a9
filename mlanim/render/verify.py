"""Verify: is what mlanim delivers, frame by frame, what plain `manim render` draws?

Three renders, each in an interpreter of its own: Manim's, without anything of the engine; mlanim's
with its workers and an empty cache; and mlanim's once more, which finds its segments there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mlanim.errors import MlanimError, UsageError
from mlanim.left_behind import scratch, sweep
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.sinks.digests import digest_of, digests, picture
from mlanim.render.stage.observer import Nobody, Observer
from mlanim.render.stage.scene_building import check_scene
from mlanim.render.stage.scene_source import SceneSource, source_of
from mlanim.render.verifying.one_pass import Pass, interpreters

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["Difference", "Verdict", "verify"]

_FOLDER = "mlanim-verify-"  # among the machine's temporary ones


@dataclass(frozen=True)
class Difference:
    """The first frame that is not Manim's.

    Attributes:
        frame, time: its number from 0, and its second in the output.
        rectangle: left, top, right, bottom in pixels, the last two not included.
        pixels, levels: how many differ, and by how much at most.
        cached: whether it was as Manim's when it was drawn, and not when it came of the cache.
    """

    frame: int
    time: float
    rectangle: tuple[int, int, int, int]
    pixels: int
    levels: int
    cached: bool = False

    def __str__(self) -> str:
        left, top, right, bottom = self.rectangle
        count = "1 pixel differs" if self.pixels == 1 else f"{self.pixels} pixels differ"
        levels = "1 level" if self.levels == 1 else f"{self.levels} levels"
        return (
            f"frame {self.frame} at {self.time:.3f} s: {count} by up to {levels}"
            f" in x {left} to {right - 1}, y {top} to {bottom - 1}"
            + (" when it comes of the cache" if self.cached else "")
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
    jobs: int | None = None,
    progress: Observer | None = None,
) -> Verdict:
    """Render a scene as Manim does and as mlanim delivers it, and compare all frames.

    Nothing is kept. Frames are kept as digests; where one differs, both ways are gone once more
    to see where in it.

    Args:
        jobs: mlanim's workers at once; None is one for each core.
        progress: an observer that tells a reader how far it is.

    Raises:
        UsageError: a class that no other process can import.
        MlanimError: the scene failed, has another length the other way, or differs from itself.
    """
    check_scene(scene_class, spec)
    source = source_of(scene_class)
    if source is None:
        raise UsageError(
            f"{scene_class.__qualname__} cannot be verified: no other process can import it",
            "write the class into a file, outside of any function",
        )
    sweep()
    with scratch() as folder:
        comparison = _Comparison(source, spec, jobs, Path(folder), progress or Nobody())
        return comparison.verdict()


class _Comparison:
    def __init__(
        self,
        source: SceneSource,
        spec: RenderSpec,
        jobs: int | None,
        folder: Path,
        progress: Observer,
    ) -> None:
        spec = replace(spec.seeded(), output=None, at=None, captions=(), still_if_empty=True)
        self._source, self._spec, self._jobs = source, spec, jobs
        self._folder, self._progress = folder, progress

    def verdict(self) -> Verdict:
        """Compare the frames of all passes with Manim's."""
        expected = digests(self._manims("digests", self._progress))
        passes = [self._pass("cold", "digests")]
        passes += [self._pass("warm", "digests")] if self._spec.cache else []
        with interpreters("mlanim", len(passes)) as ours:
            for task, interpreter in zip(passes, ours, strict=True):
                found = digests(interpreter.run(task, self._progress))
                if found != expected:
                    return self._difference(expected, found, cached=task.warm)
        return Verdict(len(expected), None)

    def _difference(
        self, expected: Sequence[bytes], found: Sequence[bytes], *, cached: bool
    ) -> Verdict:
        """Have both frames again: is it the scene that differs, or mlanim?"""
        name, nobody = self._source.name, Nobody()
        pairs = zip(expected, found, strict=False)
        frame = next((i for i, (one, other) in enumerate(pairs) if one != other), None)
        again = self._manims("pictures", nobody)
        if digests(again) != expected:
            raise MlanimError(
                f"{name} differs from itself when it is rendered twice",
                "what it draws depends on more than --seed",
            )
        if frame is None:
            raise MlanimError(
                f"{name} has {len(found)} frames, and {len(expected)} as Manim draws it"
            )
        passes = [self._pass(way, "pictures") for way in ("cold", "warm")[: 1 + cached]]
        with interpreters("mlanim", len(passes)) as ours:
            made = [one.run(task, nobody) for one, task in zip(ours, passes, strict=True)]
        theirs, other = picture(again, frame), picture(made[-1], frame)
        time = frame / self._spec.fps
        if other is None or theirs is None or digest_of(other) != found[frame]:
            raise MlanimError(
                f"frame {frame} at {time:.3f} s: not Manim's, and another one in each render"
            )
        if theirs.shape != other.shape:
            sizes = [f"{pixels.shape[1]}x{pixels.shape[0]}" for pixels in (other, theirs)]
            raise MlanimError(f"{name} is {sizes[0]}, and {sizes[1]} as Manim draws it")
        return Verdict(frame, _difference(theirs, other, frame, self._spec.fps, cached=cached))

    def _manims(self, format: str, progress: Observer) -> Path:
        spec = replace(self._spec, format=format)
        with interpreters("manim", 1) as (interpreter,):
            return interpreter.run(
                Pass(self._source, spec, self._folder / f"manim-{format}"), progress
            )

    def _pass(self, name: str, format: str) -> Pass:
        spec = replace(self._spec, format=format)
        cache = self._folder / f"cache-{format}" if spec.cache else None
        folder = self._folder / f"{name}-{format}"
        return Pass(self._source, spec, folder, cache, name == "warm", self._jobs)


def _difference(
    ours: np.ndarray, other: np.ndarray, frame: int, fps: float, *, cached: bool
) -> Difference:
    away = np.abs(ours.astype(np.int16) - other).max(axis=-1)
    rows, columns = np.flatnonzero(away.any(axis=1)), np.flatnonzero(away.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    rectangle = (left, top, right, bottom)
    return Difference(frame, frame / fps, rectangle, int((away > 0).sum()), int(away.max()), cached)
