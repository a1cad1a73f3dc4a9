"""Stills: a state of the reel as an SVG within the page, for who has no scripts, and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mlanim.publish.escaping import markup_text

__all__ = ["PAINTS", "SHAPES", "Stills", "row_at", "rows_of", "shown_at", "view_at"]

SHAPES, PAINTS = (1,), (1, 3, 6)  # columns of forms and looks that have no way between
_PARTS = 100  # of a unit, in which a still is told
_WIDTH = 0.01  # units of a stroke that Manim counts as 1 wide
_CAPS = ("butt", "round", "square")
_JOINTS = ("miter", "round", "bevel")


def rows_of(flat: Sequence[int], columns: int) -> NDArray:
    """The rows of a track, which are told as differences.

    >>> rows_of([5, 1, 2, -1], 2).tolist()
    [[5, 1], [7, 0]]
    """
    return np.cumsum(np.array(flat, int).reshape(-1, columns), axis=0)


def row_at(
    rows: NDArray,
    time: float,
    kinds: Sequence[int] = (),
    *,
    side: Literal["left", "right"] = "right",
) -> NDArray:
    """What holds at a time, between the row before and the one after.

    Args:
        kinds: columns that are numbers of something, which have no way between.
        side: from which one comes to the time, where a row is told for it.
    """
    place = max(0, int(np.searchsorted(rows[:, 0], time, side=side)) - 1)
    row = rows[place].astype(float)
    if place + 1 < len(rows) and time > row[0]:
        following = rows[place + 1]
        row = row + (time - row[0]) / (following[0] - row[0]) * (following - row)
    fixed = [kind for kind in kinds if kind < rows.shape[1]]
    row[fixed] = rows[place, fixed]
    return row


def shown_at(
    reel: Mapping[str, Any], variant: Mapping[str, Any], time: float
) -> list[tuple[float, int]]:
    """The depth and the number of each track that is there, from back to front."""
    shown: list[tuple[float, int, int]] = []
    for place, number in enumerate(variant["tracks"]):
        told = reel["tracks"][number]
        if np.count_nonzero(np.cumsum(told["t"]) <= time) % 2:
            turns = zip(told["d"][::2], told["d"][1::2], strict=True)
            shown.append(([depth for at, depth in turns if at <= time][-1], place, number))
    return [(depth, number) for depth, _, number in sorted(shown)]


def view_at(reel: Mapping[str, Any], variant: Mapping[str, Any], time: float) -> NDArray:
    """The camera's middle, width and height (4,), in units."""
    views = [row for row in variant["views"] if row[0] <= time] or variant["views"][:1]
    return np.array(views[-1][1:]) / reel["place"]


class Stills:
    """Draws states of one variant; glyphs that several have are told once, in `glyphs`.

    Args:
        reel: the tables, as the page gets them.
        frame: width and height in units.
    """

    def __init__(self, reel: Mapping[str, Any], frame: tuple[float, float]) -> None:
        self._reel, self._frame = reel, frame
        self._opened: dict[int, dict[str, NDArray]] = {}
        self._glyphs: dict[int, str] = {}
        self.colours: dict[int, None] = {}  # the numbers of those that are used

    @property
    def glyphs(self) -> str:
        """An SVG that shows nothing and holds what the stills use."""
        hidden = 'width="0" height="0" class="unseen" aria-hidden="true"'
        return f"<svg {hidden}>{self.defined}</svg>"

    @property
    def defined(self) -> str:
        """The glyphs alone, as an SVG defines them."""
        paths = "".join(f'<path id="g{n}" d="{d}"/>' for n, d in self._glyphs.items())
        return f"<defs>{paths}</defs>"

    def glyph(self, shape: int) -> str:
        """The address of a shape in its own grid, upright as the scene has it."""
        if shape not in self._glyphs:
            self._glyphs[shape] = path_of(self._reel["shapes"][shape], 0, 0, 1, 1, places=0)
        return f"#g{shape}"

    def still(self, variant: Mapping[str, Any], time: float, label: str) -> str:
        """The variant at a time (thousandths of a second)."""
        width, height = self._frame
        view = view_at(self._reel, variant, time)
        left, top = view[0] - view[2] / 2, view[1] + view[3] / 2
        drawn = "".join(self._drawn(variant, time, left, top, width / view[2]))
        size = f"0 0 {width * _PARTS:.0f} {height * _PARTS:.0f}"
        return f'<svg viewBox="{size}" role="img" aria-label="{markup_text(label)}">{drawn}</svg>'

    def _drawn(
        self, variant: Mapping[str, Any], time: float, left: float, top: float, zoom: float
    ) -> Iterator[str]:
        scale = zoom * _PARTS
        for _, number in shown_at(self._reel, variant, time):
            told = self._reel["tracks"][number]
            track = self._track(number)
            form = row_at(track["f"], time, SHAPES)
            x, y, width, height = form[2:] / self._reel["place"]
            box = ((x - left) * scale, (top - y) * scale, width * scale, height * scale)
            if box[0] + box[2] < 0 or box[1] + box[3] < 0:
                continue
            if "i" in told:
                yield self._image(told["i"], time, box)
            else:
                look = row_at(track["l"], time, PAINTS)
                yield self._shape(int(form[1]), look, box, told.get("e", (0, 0)), scale)

    def _track(self, number: int) -> dict[str, NDArray]:
        if number not in self._opened:
            told = self._reel["tracks"][number]
            opened = {"f": rows_of(told["f"], 6)}
            if "l" in told:
                opened["l"] = rows_of(told["l"], 9 if "u" in told else 6)
            self._opened[number] = opened
        return self._opened[number]

    def _image(self, rows: Sequence[int], time: float, box: tuple[float, ...]) -> str:
        told = [rows[i : i + 4] for i in range(0, len(rows), 4) if rows[i] <= time] or [rows[:4]]
        _, light, dark, opacity = told[-1]
        x, y, width, height = box
        faint = f' opacity="{opacity / 255:.3g}"' if opacity < 255 else ""
        shown = [(light, "")] if dark == light else [(light, ' class="d"'), (dark, ' class="n"')]
        drawn = ""
        for number, scheme in shown:
            sharp = ' image-rendering="pixelated"' if self._reel["sharp"][number] else ""
            drawn += (
                f'<image x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" '
                f'height="{height:.1f}" preserveAspectRatio="none"{scheme}{sharp}{faint} '
                f'href="{self._reel["images"][number]}"/>'
            )
        return drawn

    def _shape(
        self,
        shape: int,
        look: NDArray,
        box: tuple[float, ...],
        ends: Sequence[int],
        scale: float,
    ) -> str:
        fill, strong, stroke, clear, width = look[1:6]
        filled = fill != -1 and strong >= 1
        stroked = stroke != -1 and clear >= 1 and width > 0
        if not filled and not stroked:
            return ""
        x, y, wide, high = box
        half = self._reel["grid"] * 2
        paint = self._paint("fill", int(fill), strong) if filled else ' fill="none"'
        if not stroked:
            return (
                f'<use href="{self.glyph(shape)}" transform="matrix({_short(wide / half)} 0 0 '
                f'{_short(-high / half)} {x:.1f} {y:.1f})"{paint}/>'
            )
        path = path_of(self._reel["shapes"][shape], x, y, wide / half, -high / half, places=1)
        paint += self._paint("stroke", int(stroke), clear)
        paint += f' stroke-width="{width / 100 * _WIDTH * scale:.3g}"'
        if ends[0]:
            paint += f' stroke-linecap="{_CAPS[ends[0]]}"'
        if ends[1]:
            paint += f' stroke-linejoin="{_JOINTS[ends[1]]}"'
        return f'<path d="{path}"{paint}/>'

    def _paint(self, kind: str, number: int, opacity: float) -> str:
        if number < -1:
            number = self._reel["gradients"][-2 - number][1][0][0]  # its first colour stands for it
        self.colours[number] = None
        told = self._reel["colours"][number]
        name = told if isinstance(told, str) else f"c{number}"
        faint = f' {kind}-opacity="{opacity / 255:.3g}"' if opacity < 254.5 else ""
        return f' {kind}="var(--{name})"{faint}'


def path_of(shape: Sequence[Any], x: float, y: float, sx: float, sy: float, *, places: int) -> str:
    """An outline as an SVG tells it, stretched from its grid and moved.

    >>> path_of([1, [0, -8192, 0, 16384, 0]], 10, 5, 1 / 8192, 1, places=0)
    'M9 5L11 5'
    """
    points, *paths = shape
    parts = []
    for closed, *away in paths:
        at = np.cumsum(np.array(away).reshape(-1, 2), axis=0) * (sx, sy) + (x, y)
        told = [f"{_digits(px, places)} {_digits(py, places)}" for px, py in at.tolist()]
        parts.append(f"M{told[0]}{'L' if points == 1 else 'C'}{' '.join(told[1:])}")
        parts += ["Z"] if closed else []
    return "".join(parts)


def _digits(number: float, places: int) -> str:
    text = f"{number:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(number: float) -> str:
    return f"{number:.4g}"
