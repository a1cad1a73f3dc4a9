"""From a scene class and a spec to a scene that can play."""

from __future__ import annotations

from manim import Scene

from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.render.spec import RenderSpec

__all__ = ["build_scene", "check_scene"]


def check_scene(scene_class: type[Scene], spec: RenderSpec) -> None:
    """A plain Manim scene knows no theme, steps or parameters: say so instead of ignoring them."""
    if issubclass(scene_class, Explainer):
        return
    options = {"--theme": spec.theme, "--steps": spec.steps, "--set": spec.values}
    if given := [name for name, value in options.items() if value]:
        raise UsageError(
            f"{scene_class.__name__} is a plain Manim scene and takes no {', no '.join(given)}",
            "leave that out, or derive the class from mlanim.Explainer",
        )


def build_scene(scene_class: type[Scene], spec: RenderSpec) -> Scene:
    """Make the scene, an explainer with the theme, steps and values of the spec."""
    if not issubclass(scene_class, Explainer):
        return scene_class()
    theme = {"theme": spec.theme} if spec.theme else {}
    return scene_class(**theme, steps=spec.steps, **spec.values)
