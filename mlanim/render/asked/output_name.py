"""Where an output goes that nobody has named."""

from __future__ import annotations

from pathlib import Path

from mlanim.named_path import fitting_name
from mlanim.render.asked.spec import RenderSpec
from mlanim.steps import LEFT_OUT

__all__ = ["default_path"]

_USUAL = (1280, 720, 30)  # of the quality that nobody has to ask for


def default_path(
    scene: str, spec: RenderSpec, *, name: str = "", folder: Path = Path("media")
) -> Path:
    """media/<scene>/<scene>, with what was chosen: steps, time, plays, a quality.

    Args:
        scene: the scene's name, of the folder.
        name: of the file: a class's, or what a Manim user calls the output.
        folder: of all media.

    >>> default_path("demo", RenderSpec.from_options(steps=("one", "two/b"))).as_posix()
    'media/demo/demo-one-two-b.mp4'
    >>> default_path("demo", RenderSpec.from_options(quality="l")).as_posix()
    'media/demo/demo-480p15.mp4'
    """
    parts = [name or scene]
    parts += [_of_step(step) for step in spec.steps]
    if spec.speed != 1:
        parts.append(f"{spec.speed:g}x")
    if spec.at is not None:
        parts.append(f"{spec.at:g}s")
    if spec.plays is not None and "plays" in spec.given:
        parts.append("-".join(f"{play}" for play in ("n", *spec.plays) if play is not None))
    if "quality" in spec.given and (spec.width, spec.height, spec.fps) != _USUAL:
        moving = spec.is_video or spec.format == "png-sequence"
        parts.append(f"{spec.height}p{spec.fps:g}" if moving else f"{spec.height}p")
    suffix = "" if spec.format == "png-sequence" else f".{spec.format}"
    return folder / scene / (fitting_name("-".join(parts)) + suffix)


def _of_step(step: str) -> str:
    """A step's name as part of a file's."""
    words = step.replace(LEFT_OUT, "without-").replace("*", "-all")
    return words.replace("/", "-").replace("#", "-")
