"""Lettering: lines of type on a picture of pixels, wrapped and sized to the room that there is."""

from __future__ import annotations

from pathlib import Path

from PIL import ImageDraw, ImageFont

from mlanim.fonts import FILES

__all__ = ["draw_lines", "fitted", "font", "wrapped"]

_LEADING = 1.18


def font(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Source Sans in a style, "Regular" or "Semibold", in so many pixels."""
    path = next(path for path in FILES if path.stem.endswith(f"Sans3-{style}"))
    return ImageFont.truetype(Path(path), size)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The words in lines no wider than `width`, unless a single word is."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(
    text: str, style: str, largest: int, width: float, most_lines: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest type in which a text has no more lines than that, and no line is too wide."""
    smallest = max(8, largest // 3)
    for size in range(max(largest, smallest), smallest - 1, -2):
        face = font(style, size)
        lines = wrapped(text, face, width)
        if len(lines) <= most_lines and all(face.getlength(line) <= width for line in lines):
            break
    return face, lines


def draw_lines(
    draw: ImageDraw.ImageDraw,
    lines: list[str],
    corner: tuple[float, float],
    face: ImageFont.FreeTypeFont,
    colour: str,
    leading: float = _LEADING,
) -> float:
    """Write lines under each other; give where the next one would begin."""
    x, y = corner
    for line in lines:
        draw.text((x, y), line, colour, face)
        y += face.size * leading
    return y
