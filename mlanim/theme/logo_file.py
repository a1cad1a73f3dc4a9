"""What a logo's file has to be: told as the theme is read, before anything is drawn."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from mlanim.errors import UsageError

__all__ = ["LEAST_LOGO", "check_logo"]

LEAST_LOGO = 0.15  # units of height: a line of the smallest text has 0.18

_MOST_BYTES = 2_000_000  # of an .svg: each of its paths is drawn in every frame
_MOST_PIXELS = 4096  # a side: a tenth of the frame's height is 216 of 2160
_PNG = b"\x89PNG\r\n\x1a\n"
_PAINTED = re.compile(r"\b(fill|stroke|mask|filter)\s*[:=]\s*[\"']?\s*url\(")
_SHAPES = {  # and what they need to be seen: one of these that is there and not nothing
    "path": ("d",),
    "polygon": ("points",),
    "polyline": ("points",),
    "rect": ("width", "height"),
    "circle": ("r",),
    "ellipse": ("rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "use": ("href", "{http://www.w3.org/1999/xlink}href"),
}
_ASIDE = {"defs", "symbol", "clipPath", "mask", "pattern", "marker"}
_LOST = {"text": "text", "image": "pictures", "foreignObject": "foreign objects"}


def check_logo(path: Path, told: str) -> None:
    """Refuse a file that cannot be drawn as it is.

    Args:
        told: how it was named, for an error.

    Raises:
        UsageError: with what is wrong in it.
    """
    if not path.is_file():
        raise UsageError(told, "there is no such file")
    try:
        if path.suffix.lower() == ".svg":
            _check_svg(path, told)
        elif path.suffix.lower() == ".png":
            _check_png(path, told)
    except OSError as error:
        raise UsageError(told, error.strerror or "cannot be read") from None


def _check_png(path: Path, told: str) -> None:
    with path.open("rb") as file:
        head = file.read(24)
    if len(head) < 24 or not head.startswith(_PNG):
        raise UsageError(told, "there is no PNG in it")
    width, height = struct.unpack(">II", head[16:])
    if max(width, height) > _MOST_PIXELS:
        raise UsageError(
            f"{told} has {width} x {height} pixels", f"save it with at most {_MOST_PIXELS} a side"
        )


def _check_svg(path: Path, told: str) -> None:
    if path.stat().st_size > _MOST_BYTES:
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        raise UsageError(f"{told} has {size}", "simplify it, or give a .png")
    text = path.read_bytes()
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise UsageError(f"{told} is no SVG", str(error)) from None
    if root.tag.rpartition("}")[2] != "svg":
        raise UsageError(f"{told} is no SVG", f"it begins with <{root.tag.rpartition('}')[2]}>")
    tags = {str(part.tag).rpartition("}")[2] for part in root.iter()}
    lost = [name for tag, name in _LOST.items() if tag in tags]
    if _PAINTED.search(text.decode("utf-8", "replace")):
        lost.append("gradients, patterns or masks")
    if lost:
        raise UsageError(
            f"{told}: {' and '.join(lost)} in it would not be drawn",
            "make paths in plain colours of them, or give a .png",
        )
    if not any(map(_is_seen, _drawn_parts(root))):
        raise UsageError(f"{told}: nothing is drawn in it", "give one with paths, or a .png")


def _drawn_parts(part: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """All parts but those that wait to be used by others."""
    if str(part.tag).rpartition("}")[2] not in _ASIDE:
        yield part
        for inner in part:
            yield from _drawn_parts(inner)


def _is_seen(part: ElementTree.Element) -> bool:
    """Whether it is a shape with an extent."""
    needs = _SHAPES.get(str(part.tag).rpartition("}")[2], ())
    given = (part.get(name, "").strip() for name in needs)
    return any(value.rstrip("px%m") not in ("", "0", "0.0") for value in given)
