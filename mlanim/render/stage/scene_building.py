"""From a scene class and a spec to a scene that plays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from manim import Scene, config

from mlanim.branding import brand_told
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.memory.cache import Cache
from mlanim.render.plays.segments import Segments
from mlanim.render.plays.timeline import Timeline
from mlanim.render.stage.failure import scene_failure
from mlanim.render.stage.film_renderer import FilmRenderer
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.stage.speech import Narrator
from mlanim.render.twins.patching import patched
from mlanim.render.watched.shared_run import Interruption
from mlanim.steps import Selection
from mlanim.words.files import read_words

__all__ = ["build_scene", "check_scene", "play_segments", "run_scene"]


def check_scene(scene_class: type[Scene], spec: RenderSpec) -> None:
    """A plain Manim scene knows no theme and no parameters: say so instead of ignoring them."""
    if issubclass(scene_class, Explainer):
        return
    options = {
        "--theme": spec.theme,
        "--words": spec.words,
        "--set": spec.values,
        "--narrate": spec.narrate,
        "--captions burn": spec.burns_captions,
        "--no-heading": not spec.heading,
    }
    if given := [name for name, value in options.items() if value]:
        raise UsageError(
            f"{scene_class.__name__} is a plain Manim scene and takes no {', no '.join(given)}",
            "leave that out, or derive the class from mlanim.Explainer",
        )


def build_scene(scene_class: type[Scene], spec: RenderSpec) -> Scene:
    """Make the scene, an explainer with the theme, steps and values of the spec."""
    if not issubclass(scene_class, Explainer):
        plain = scene_class()
        if spec.steps:  # whoever takes the renderer's place takes it over
            setattr(plain.renderer, "selection", Selection(spec.steps))  # noqa: B010
        return plain
    look: dict[str, Any] = {"theme": spec.theme} if spec.theme else {}
    if spec.words:
        look["language"] = read_words(spec.words)
    scene = scene_class(**look, steps=spec.steps, **spec.values)
    scene.burns_captions, scene.shows_heading = spec.burns_captions, spec.heading
    if spec.narrate is not None:
        sounds = Path(config.media_dir, "speech")  # it lasts as long as the render
        scene.narrator = Narrator(spec.narrate, sounds, Cache() if spec.cache else None, spec.speed)
    return scene


def run_scene(
    scene_class: type[Scene], spec: RenderSpec, renderer: Callable[[Scene], FrameRenderer]
) -> Scene:
    """Run the scene once; its own errors are told with its own line."""
    try:
        with patched(os, "_exit", _ending(os._exit)):
            scene = build_scene(scene_class, spec)
            scene.renderer = renderer(scene)
            with brand_told(scene):
                scene.render()
    except (Interruption, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise scene_failure(error, scene_class) from error
    return scene


def _ending(exits: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    """`os._exit` for who runs a scene: its process has more to do; those forked of it may go."""
    own = os.getpid()

    def _exit(status: int) -> NoReturn:
        if os.getpid() == own:
            raise SystemExit(f"os._exit({status})")
        exits(status)

    return _exit


def play_segments(
    scene_class: type[Scene],
    spec: RenderSpec,
    timeline: Timeline,
    segments: Segments,
    observer: Observer,
) -> Scene:
    """Run the scene once for segments, which are not closed yet."""
    exact = issubclass(scene_class, Explainer)
    return run_scene(
        scene_class,
        spec,
        lambda scene: FilmRenderer(scene, timeline, segments, observer, exact=exact),
    )
