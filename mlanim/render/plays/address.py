"""The address of a segment: a digest of all that is drawn in it, and of all that draws and encodes.

Not what a scene's source says, but what its mobjects are in each frame: points, colours, widths,
in the order in which they are drawn. Equal addresses mean equal pictures.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import av
import cairo
import numpy as np
from manim import Camera, ImageMobject, Mobject, VMobject

from mlanim.render.plays.plainly import Plainly, view_of
from mlanim.render.sinks.port import Film
from mlanim.render.sinks.video import ENCODED, encoding_of
from mlanim.render.twins.frame_changes import same_pixels
from mlanim.render.twins.patching import Unaltered
from mlanim.render.twins.shown import LOOKS, NotComparable, Shown
from mlanim.render.twins.whole_frame import Pictured, told_keys

__all__ = ["Address", "Background", "look", "setting"]

_BYTES = 4  # of a Shown's key: points and three kinds of colours


class Address:
    """Sees what is drawn, in the order of drawing; `None` as soon as something cannot be told.

    Args:
        background: the camera's, which addresses may have in common: they look at it in turn.
    """

    def __init__(self, film: Film, background: Background) -> None:
        self._digest: Any = blake2b(setting(film), digest_size=20)
        self._keys: list[tuple[Any, ...]] = []
        self._background, self._below = background, b""
        self._steady: np.ndarray | None = None
        self._plainly = Plainly()
        self.known = True

    def drawn(
        self,
        camera: Camera,
        mobjects: Iterable[Mobject],
        over: str | None,
        steady: np.ndarray | None = None,
    ) -> Shown | Pictured | None:
        """Mobjects are drawn over the camera's background, or over what rests in a play.

        That was drawn before, maybe before the segment began: `over` is its own address, "" for
        the background, None for what has no address. As long as somebody promises that the
        background is `steady`, and gives the same array, it is looked at once.

        Returns:
            What was seen, for who draws it; None if that cannot be told.
        """
        self.known = self.known and over is not None
        if self.known:
            try:
                return self._see(camera, list(mobjects), over, steady)
            except NotComparable:
                self.known = False
        return None

    def shown(self, repeat: int) -> None:
        """What was drawn is a frame, so many times."""
        self._digest.update(b"shown %d;" % repeat)

    def value(self) -> str | None:
        """The address of all that was seen."""
        return self._digest.hexdigest() if self.known else None

    def _see(
        self, camera: Any, mobjects: list[Mobject], over: str | None, steady: np.ndarray | None
    ) -> Shown | Pictured:
        if steady is None or steady is not self._steady:  # code of the reader's may have run
            self._steady, self._plainly = steady, Plainly()
        view, keys, shown = look(camera, mobjects, self._plainly)
        below = self._background.digest(camera, steady)
        if below != self._below:
            self._digest.update(below)
            self._below = below
        before, self._keys = self._keys, keys
        changed = [
            i
            for i, key in enumerate(keys)
            if i >= len(before) or (key is not before[i] and key != before[i])
        ]
        parts = [part for i in changed for part in keys[i][:_BYTES]]
        lengths = array("Q", [len(keys), *changed, *map(len, parts)])
        rest = repr((over, view, [keys[i][_BYTES:] for i in changed])).encode()
        for block in (lengths.tobytes(), b"".join(parts), rest):
            self._digest.update(len(block).to_bytes(8, "little"))
            self._digest.update(block)
        return shown


class Background:
    """A camera's background, which hardly ever changes, as a digest."""

    def __init__(self) -> None:
        self._pixels: np.ndarray | None = None
        self._steady: np.ndarray | None = None
        self._digest = b""

    def digest(self, camera: Camera, steady: np.ndarray | None = None) -> bytes:
        """Of the background as it is now; see `Address.drawn` for what is `steady`."""
        if steady is not None and steady is self._steady:
            return self._digest
        self._steady = steady
        now, before = camera.background, self._pixels
        if before is not None and same_pixels(now, before):
            return self._digest
        self._pixels = now.copy()
        digest: Any = blake2b(repr((now.shape, now.dtype)).encode())
        digest.update(now.tobytes())
        self._digest = digest.digest()
        return self._digest


class Look(NamedTuple):
    """What a camera sees.

    Attributes:
        view: how it looks.
        keys: for each mobject, in drawing order, all that decides its picture.
        shown: those mobjects, for who draws them.
    """

    view: tuple[Any, ...]
    keys: list[tuple[Any, ...]]
    shown: Shown | Pictured


def look(camera: Any, mobjects: list[Mobject], plainly: Plainly | None = None) -> Look:
    """What a camera sees.

    Args:
        plainly: knows what was looked at before, with no code of the reader's in between.

    Raises:
        NotComparable: it cannot be told from outside what is drawn.
    """
    plainly = plainly or Plainly()
    plainly.check(camera, [])
    view = view_of(camera)
    to_draw = camera.get_mobjects_to_display(mobjects)
    plainly.check(camera, to_draw)
    kinds: set[Any] = {type(mobject) for mobject in to_draw}
    vectors = all(map(_is_plain_vector, kinds))
    if not vectors and not all(_is_plain_vector(kind) or _is_plain_image(kind) for kind in kinds):
        raise NotComparable
    if vectors:
        shown = Shown(to_draw)
        return Look(view, told_keys(shown), shown)
    pictured = Pictured.of(to_draw)
    return Look(view, pictured.keys, pictured)


def _is_plain_vector(kind: Any) -> bool:
    return issubclass(kind, VMobject) and LOOKS(kind)


def _is_plain_image(kind: Any) -> bool:
    return issubclass(kind, ImageMobject) and _pictures(kind)


_pictures = Unaltered(ImageMobject, ("get_pixel_array",))


def setting(film: Film) -> bytes:
    """Size, rate, encoder and versions: what decides the bytes besides the pictures."""
    drawn = replace(film, plays=0, hold=0.0, most_bytes=None)  # these matter to no segment
    encoding = encoding_of(film) if film.format in ENCODED else None
    return blake2b(repr((drawn, encoding, _versions())).encode()).digest()


@cache
def _versions() -> tuple[Any, ...]:
    names = ("mlanim", "manim", "numpy", "pycairo", "av", "pillow")
    return (
        *((name, version(name)) for name in names),
        sys.version,
        cairo.cairo_version_string(),
        sorted(av.library_versions.items()),
        _source_digest(),
    )


def _source_digest() -> str:
    """Of the renderer's own sources, which change between versions while mlanim is worked on."""
    digest = blake2b()
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
