"""The closing picture: what has come of it all, as a poster or at the head of an article."""

from __future__ import annotations

import numpy as np
from manim import Scene
from PIL import Image

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import look_at_end
from mlanim.render.stills.seeking import Glimpse
from mlanim.review.storyboard import panels_of

__all__ = ["closing_picture", "inked"]

_DIFFERS = 8  # levels of a colour
_EMPTY = 0.01  # of a picture's pixels: with fewer, the scene has cleared up behind itself


def closing_picture(
    scene_class: type[Scene], spec: RenderSpec, *, observer: Observer | None = None
) -> Image.Image:
    """The scene as it stands at its end; where it has cleared up, as it was before."""
    seen: list[Image.Image] = []

    def keep(glimpse: Glimpse) -> None:
        seen.append(Image.fromarray(glimpse.pixels[..., :3].copy()))

    spec = spec.seeded()
    with configured(spec):
        look_at_end(scene_class, spec, keep, observer=observer)
    if inked(seen[0]).mean() >= _EMPTY:
        return seen[0]
    return panels_of(scene_class, spec)[-1].image


def inked(image: Image.Image) -> np.ndarray:
    """Which pixels (height, width) differ from the lower left corner, where nothing is drawn."""
    pixels = np.asarray(image).astype(np.int16)
    found: np.ndarray = (np.abs(pixels - pixels[-1, 0]) > _DIFFERS).any(axis=-1)
    return found
