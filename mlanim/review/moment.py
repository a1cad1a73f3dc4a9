"""Where in a scene a moment lies: its step, and what is said there."""

from __future__ import annotations

from dataclasses import dataclass

from manim import Scene

from mlanim.explainer import Explainer

__all__ = ["BETWEEN", "Moment", "moment_of"]

BETWEEN = "between steps"


@dataclass(frozen=True, slots=True)
class Moment:
    """The innermost open step (a plain scene's section, or its play where it has none), with a key
    that tells it from others of its name; what is said, and whether it is part of the output."""

    key: int
    step: str
    say: str = ""
    shown: bool = True


def moment_of(scene: Scene) -> Moment:
    """Where the scene is now; to be asked while a play runs."""
    if isinstance(scene, Explainer):
        running = [(key, step) for key, step in enumerate(scene.steps) if step.last_play is None]
        if not running:
            return Moment(-1 - len(scene.steps), BETWEEN, shown=not scene.selection)
        key, step = running[-1]
        path = step.path if step.occurrence == 1 else f"{step.path}#{step.occurrence}"
        return Moment(key, path, step.say, step.shown)
    sections = scene.renderer.file_writer.sections
    if len(sections) > 1 or sections[-1].name != "autocreated":
        return Moment(len(sections), sections[-1].name, shown=not sections[-1].skip_animations)
    play = scene.renderer.num_plays
    return Moment(play, f"play {play + 1}")
