"""A frame with pictures among its vectors, which is drawn whole or not at all."""

from __future__ import annotations

from typing import Any

from manim import Camera, ImageMobject, VMobject
from numpy.typing import NDArray

from mlanim.render.twins.frame_changes import same_pixels
from mlanim.render.twins.patching import Unaltered
from mlanim.render.twins.shown import LOOKS, NotComparable, Shown, image_key, one_colour

__all__ = ["WholeFrame"]

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


class WholeFrame:
    """What decides each pixel of a frame: mobjects and pictures in their order, and what is below.

    over is the static image below them, None for the camera's background.
    """

    def __init__(self, camera: Camera, to_draw: list[Any], over: NDArray | None) -> None:
        self.over = over
        self._under = camera.background if over is None else over
        self._keys = _keys(to_draw) if _captures.of(camera) else None
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


def _keys(mobjects: list[Any]) -> list[tuple[Any, ...]] | None:
    """What decides how each is drawn; None if that cannot be told."""
    vectors = [mobject for mobject in mobjects if isinstance(mobject, VMobject)]
    pictures = [mobject for mobject in mobjects if isinstance(mobject, ImageMobject)]
    if len(vectors) + len(pictures) < len(mobjects) or not all(map(_pictures.of, pictures)):
        return None
    if not (all(map(LOOKS, set(map(type, vectors)))) and LOOKS.none_have(vectors)):
        return None
    try:
        shown = Shown(vectors)
    except NotComparable:
        return None
    if not all(map(one_colour, shown.keys)):
        return None  # gradients run along the extent of a family
    rising = iter(shown.keys)
    keys = [next(rising) if isinstance(m, VMobject) else image_key(m) for m in mobjects]
    return [(id(mobject), *key) for mobject, key in zip(mobjects, keys, strict=True)]
