"""Inspection: look at a scene as it plays, at the end of every play and within.

The end of a play is settled: all rules apply. Within a play only what may not happen even for a
moment counts: text that leaves the frame, a passing frame around a stranger, and flashes. When
something appears and vanishes is noted all along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from manim import Scene

from mlanim.render.sinks.result import StepTime
from mlanim.render.stage.observer import Observer
from mlanim.review.drawn_values import DrawnValues
from mlanim.review.finding import Finding, merge
from mlanim.review.geometry import Backdrop, backdrops
from mlanim.review.moment import Moment, moment_of
from mlanim.review.picture import Picture
from mlanim.review.rules import (
    colour_alone,
    contrast,
    flashes,
    framed,
    layout,
    reading,
    truth,
    unseen,
)
from mlanim.review.surrounded import Surrounded
from mlanim.review.survey import survey

__all__ = ["Inspector"]

_GLANCE = 0.4  # seconds between two looks within a play


class Inspector(Observer):
    """Observes a render; `findings` and `drawn` tell what it saw.

    Args:
        part: only a part of the scene is shown, so that what stands at its ends is no evidence of
            how long it stays.
        surrounded: what frames were drawn around, as far as it is noted.
        frame: how long a frame lasts, in seconds.
    """

    def __init__(
        self, *, part: bool = False, surrounded: Surrounded | None = None, frame: float = 0.0
    ) -> None:
        self._surrounded = surrounded or Surrounded()
        self._unseen = unseen.Watch(part=part)
        self.drawn = DrawnValues()
        self.pictures = 0
        self._part, self._frame = part, frame
        self._scene: Scene | None = None
        self._moment = Moment(-1, "")
        self._settled: Picture | None = None
        self._behind: dict[int, Backdrop] = {}  # the texts of that
        self._between: list[Picture] = []
        self._with_frames: list[Picture] = []
        self._glanced = self._started = 0.0
        self._explained: set[str] = set()
        self._found: list[Finding] = []
        self._here: list[Finding] = []
        self._sightings: list[reading.Sighting] = []
        self._meter = flashes.FlashMeter()

    def play_started(self, scene: Scene) -> None:
        """Note what a play begins with."""
        self._scene, self._moment = scene, moment_of(scene)
        self._started = self._settled.time if self._settled else 0.0
        self._glance(self._started)

    def frame(self, pixels: np.ndarray, time: float, repeat: int) -> None:
        """Measure the light of every frame that is drawn, and look at the texts now and then."""
        if pixels.size:
            self._meter.see(pixels, time, self._moment.step)
        if self._scene is not None and repeat == 1 and time - self._glanced >= _GLANCE:
            self._glance(time)

    def play_finished(self, scene: Scene, time: float) -> None:
        """Apply the rules to the settled picture; a wait without motion repeats the last."""
        if self._settled is not None and _stands_still(scene) and not self._between_differs():
            picture = replace(self._settled, time=time, step=self._moment.step)
            self._here = [replace(f, time=time, step=picture.step) for f in self._here]
            self._unseen.see(picture, self._behind, self._settled.time)
        else:
            began = self._started if _stands_still(scene) else time
            picture = survey(scene, time, self._moment.step, surrounded=self._surrounded)
            self._behind = backdrops(picture)
            self._here = list(self._judge(picture, self._behind))
            self._unseen.see(picture, self._behind, began)
        if self._settled is not None:
            for seen in self._with_frames:
                self._found.extend(framed.passing(self._settled, seen, picture))
        self._with_frames = []
        before, *within = [*([self._settled] if self._settled else []), *self._between]
        self._found.extend(layout.strays(before, within, picture))
        self._found.extend(self._here)
        self._sightings.append(reading.Sighting.of(picture))
        self._explained |= {text.words for text in picture.texts if text.opacity >= contrast.FULL}
        self.drawn.note(scene, time, self._moment.step)
        self._settled, self._between, self._glanced = picture, [], time
        self.pictures += 1

    def findings(self, seconds: float, steps: Iterable[StepTime] = ()) -> list[Finding]:
        """Everything found, once each, in the order of time.

        Args:
            seconds: how long the output is.
            steps: the steps with their times and what they say.
        """
        found = [
            *self._found,
            *self._unseen.findings(),
            *self._meter.findings(),
            *reading.labels_too_short(self._sightings, seconds, part=self._part, frame=self._frame),
            *reading.captions_too_fast(_captions(list(steps))),
        ]
        return merge(found)

    def _glance(self, time: float) -> None:
        assert self._scene is not None
        picture = survey(self._scene, time, self._moment.step, texts_only=True)
        self._between.append(picture)
        self._unseen.glance(picture)
        self._sightings.append(reading.Sighting.of(picture))
        self._glanced = time
        known = {frame.shape.key for frame in self._settled.frames} if self._settled else ()
        if self._surrounded.comes_up(self._scene, known):
            seen = survey(self._scene, time, self._moment.step, surrounded=self._surrounded)
            self._with_frames.append(seen)

    def _between_differs(self) -> bool:
        """Whether texts changed since the last settled picture, without any play."""
        assert self._settled is not None
        before = {text.key: text.words for text in self._settled.texts}
        return any({t.key: t.words for t in seen.texts} != before for seen in self._between)

    def _judge(self, picture: Picture, behind: dict[int, Backdrop]) -> Iterator[Finding]:
        yield from layout.outside(picture)
        yield from layout.overlapping(picture, behind)
        yield from layout.crossed(picture, behind)
        yield from framed.framed(picture)
        yield from layout.small(picture, behind)
        yield from contrast.contrast(picture, behind, self._explained)
        yield from contrast.unmarked(picture)
        yield from colour_alone.colour_alone(picture)
        yield from truth.untrue_numbers(picture)
        yield from truth.untrue_cells(picture)
        yield from truth.untrue_weights(picture)


def _stands_still(scene: Scene) -> bool:
    return bool(scene.is_current_animation_frozen_frame())


def _captions(steps: list[StepTime]) -> Iterator[reading.Caption]:
    """What is said in the innermost steps: those without a step inside."""
    for step in steps:
        inside = any(
            other.path.startswith(f"{step.path}/") and step.start <= other.start < step.end
            for other in steps
        )
        if step.say and not inside:
            yield reading.Caption(step.path, step.start, step.end, step.say)
