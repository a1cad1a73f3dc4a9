"""A frame with pictures among its vectors, which is drawn whole or not at all."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from manim import Camera, ImageMobject, VMobject
from numpy.typing import NDArray

from mlanim.render.twins.frame_changes import same_pixels
from mlanim.render.twins.patching import Unaltered
from mlanim.render.twins.shown import LOOKS, NotComparable, Shown, image_key, one_colour

__all__ = ["Pictured", "WholeFrame", "told_keys"]

_captures = Unaltered(
    Camera,
    (
        "display_multiple_image_mobjects",
        "display_image_mobject",
        "overlay_PIL_image",
        "points_to_subpixel_coords",
    ),
)
_pictures = Unaltered(ImageMobject, ("get_pixel_array",))


class Pictured(NamedTuple):
    """Vectors and pictures in drawing order, and what decides how each of them is drawn."""

    mobjects: list[Any]
    keys: list[tuple[Any, ...]]

    @classmethod
    def of(cls, mobjects: list[Any]) -> Pictured:
        """Raises NotComparable where that cannot be told."""
        rising = iter(told_keys(Shown([m for m in mobjects if isinstance(m, VMobject)])))
        told = [next(rising) if isinstance(m, VMobject) else image_key(m) for m in mobjects]
        return cls(mobjects, told)


def told_keys(shown: Shown) -> list[tuple[Any, ...]]:
    """What decides how each vector is drawn, with the direction of those that have a gradient."""
    pairs = zip(shown.mobjects, shown.keys, strict=True)
    return [key if one_colour(key) else (*key, *_direction(mobject)) for mobject, key in pairs]


def _direction(mobject: VMobject) -> tuple[float, ...]:
    """A gradient runs along the extent of a mobject with its parts, in its sheen's direction."""
    if mobject.submobjects:
        raise NotComparable
    return tuple(np.asarray(mobject.sheen_direction, float).tolist())


class WholeFrame:
    """What decides each pixel of a frame: mobjects and pictures in their order, and what is below.

    over is the static image below them, None for the camera's background; seen what they are, if
    somebody has looked at them already.
    """

    def __init__(
        self, camera: Camera, to_draw: list[Any], over: NDArray | None, seen: Pictured | None
    ) -> None:
        self.over = over
        self._under = camera.background if over is None else over
        told = (seen or _look(to_draw)) if _captures.of(camera) else None
        self._keys = told and told.keys
        self._setting: tuple[Any, ...] | None = None

    def drawn(self, setting: tuple[Any, ...]) -> WholeFrame | None:
        """It was drawn, in such a setting; None if nobody could tell whether it comes again."""
        if self._keys is None:
            return None
        if self.over is None:  # a scene may write into the camera's own
            self._under = self._under.copy()
        self._setting = setting
        return self

    def shows(self, other: WholeFrame, setting: tuple[Any, ...]) -> bool:
        """Whether another frame is the very one that was drawn, and nobody has painted since."""
        return (
            self._setting == setting
            and self._keys == other._keys
            and (self._under is other._under or same_pixels(self._under, other._under))
        )


def _look(mobjects: list[Any]) -> Pictured | None:
    """What they are; None if something of the reader's could have a part in how they are drawn."""
    vectors = [mobject for mobject in mobjects if isinstance(mobject, VMobject)]
    pictures = [mobject for mobject in mobjects if isinstance(mobject, ImageMobject)]
    if len(vectors) + len(pictures) < len(mobjects) or not all(map(_pictures.of, pictures)):
        return None
    if not (all(map(LOOKS, set(map(type, vectors)))) and LOOKS.none_have(vectors)):
        return None
    try:
        return Pictured.of(mobjects)
    except NotComparable:
        return None
