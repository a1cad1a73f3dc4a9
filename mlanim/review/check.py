"""check: play a scene small and unseen, and tell what a careful reader would stumble over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from manim import Scene

from mlanim.render.engine import render
from mlanim.render.observer import Observer, Observers
from mlanim.render.result import RenderResult
from mlanim.render.spec import RenderSpec
from mlanim.review.finding import Finding
from mlanim.review.inspection import Inspector
from mlanim.review.sparing import sparing

__all__ = ["Report", "check", "look"]

_SHORT_SIDE = 90  # pixels: enough to see a flash, which is all that pixels are asked for


@dataclass(frozen=True)
class Report:
    """What was found in a scene of so many `seconds`, in so many settled `pictures`.

    `values` are all arrays that were on screen, as `DrawnValues` records them.
    """

    findings: tuple[Finding, ...]
    values: tuple[dict[str, Any], ...]
    seconds: float
    pictures: int


def look(scene_class: type[Scene], spec: RenderSpec, observer: Observer) -> RenderResult:
    """Play a scene small and unseen for an observer; nothing is written."""
    return render(sparing(scene_class), _small(spec), observer=observer)


def check(
    scene_class: type[Scene], spec: RenderSpec, *, progress: Observer | None = None
) -> Report:
    """Look at every play of a scene, an `Explainer` or any plain Manim scene.

    Nothing is written. The rules are in `mlanim.review.rules`; of a plain scene those about layout,
    contrast, reading time, flashes and colour apply, for who says what its numbers should be?

    Raises:
        MlanimError: the scene failed; the line names file, line and error.
    """
    inspector = Inspector(part=bool(spec.steps))
    looks = Observers([inspector, progress])
    result = look(scene_class, spec, looks)
    findings = inspector.findings(result.seconds, result.steps)
    return Report(
        tuple(findings), tuple(inspector.drawn.records), result.seconds, inspector.pictures
    )


def _small(spec: RenderSpec) -> RenderSpec:
    """The same frame in a few pixels; 854x480 counts as 16:9, as it does for the engine."""
    width, height = spec.frame_size
    ratio = max(width, height) / min(width, height)
    long_side = 2 * round(_SHORT_SIDE * ratio / 2)
    size = (long_side, _SHORT_SIDE) if width >= height else (_SHORT_SIDE, long_side)
    unwritten: dict[str, Any] = {
        "format": "none",
        "output": None,
        "at": None,
        "codec": None,
        "max_bytes": None,
    }
    return replace(spec, width=size[0], height=size[1], loop=0, hold=0.0, captions=(), **unwritten)
