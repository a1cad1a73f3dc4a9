"""check: play a scene small and unseen, and tell what a careful reader would stumble over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from manim import Scene

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.sinks.result import RenderResult
from mlanim.render.stage.observer import Observer, Observers
from mlanim.review.finding import Finding
from mlanim.review.inspection import Inspector
from mlanim.review.sparing import sparing
from mlanim.review.surrounded import Surrounded

__all__ = ["Report", "check", "look"]


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
    return render(sparing(scene_class), _unwritten(spec), observer=observer)


def check(
    scene_class: type[Scene], spec: RenderSpec, *, progress: Observer | None = None
) -> Report:
    """Look at every play of a scene, an `Explainer` or any plain Manim scene.

    Nothing is written. The rules are in `mlanim.review.rules`; of a plain scene those about layout,
    contrast, reading time, flashes and colour apply, for who says what its numbers should be?

    Raises:
        MlanimError: the scene failed; the line names file, line and error.
    """
    surrounded = Surrounded()
    inspector = Inspector(part=bool(spec.steps), surrounded=surrounded, frame=1 / spec.fps)
    looks = Observers([inspector, progress])
    with surrounded.noted():
        result = look(scene_class, spec, looks)
    findings = inspector.findings(result.seconds, result.steps)
    return Report(
        tuple(findings), tuple(inspector.drawn.records), result.seconds, inspector.pictures
    )


def _unwritten(spec: RenderSpec) -> RenderSpec:
    """The same layout, and no file."""
    unwritten: dict[str, Any] = {
        "format": "none",
        "output": None,
        "at": None,
        "codec": None,
        "max_bytes": None,
    }
    return replace(spec, loop=0, hold=0.0, captions=(), **unwritten)
