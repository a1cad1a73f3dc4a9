"""Labels: text sized by the height of its capitals, coloured by role, placed by its baseline."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.primitives.glyphs import Outline, Weight, Word, wrapped
from mlanim.theme import LIGHT, Theme
from mlanim.words.direction import right_to_left

__all__ = ["Glyph", "Label", "cap_of", "clean", "ink_of", "one_of"]

LINE_HEIGHT = 2.0  # from baseline to baseline, in cap heights


class Glyph(VMobject):
    """The outline of one drawn character."""


class Label(VGroup):
    """Text as a group of glyphs.

    text: one line or more (newlines part them); other control characters are refused. Words pass
        the theme's table of another language; an `AsIs` stays as it is.
    size: "small", "body" or "title" of the theme, or a cap height in Manim units.
    role: whose ink it takes; None or "ink" is the theme's ink, "muted" its muted ink.
    weight: "normal" or "bold"; mono: the theme's fixed-width family.
    width: Manim units at which lines wrap, between words; a longer word stands alone, uncut.
    align: how lines lie under each other; "left" is where a line begins, for Arabic the right.

    The middle of the capitals starts at the origin. `center_on` and `align_baseline` place a label
    by its capitals and baseline, so that "ace" and "Ápg" stand level; Manim's own `move_to` and
    `next_to` go by the drawn shape.

    >>> round(Label("hidden state", role="hidden").cap_height, 3)
    0.22
    """

    _kind = "label"

    def __init__(
        self,
        text: str,
        *,
        theme: Theme = LIGHT,
        size: str | float = "body",
        role: str | None = None,
        weight: Weight = "normal",
        mono: bool = False,
        width: float | None = None,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        cap = cap_of(size, theme)
        one_of("weight", weight, ("normal", "bold"))
        one_of("align", align, ("left", "center", "right"))
        if not mono:  # what is set in mono is code
            room = "" if width is None else f"{width:.1f} wide, in lines"
            text = theme.words.said(text, self._kind, room)
        self.text = clean(text)
        self.role = role
        self.font = theme.fonts.mono if mono else theme.fonts.sans
        self.weight = weight
        if align == "left" and right_to_left(self.text):
            align = "right"
        self._wraps, self._align = math.inf if width is None else width / cap, align
        lines = self._lines()
        wide, depth = max(line.advance for line in lines), LINE_HEIGHT * (len(lines) - 1)
        self.extent = (wide, depth)  # width, first to last baseline; in cap heights
        self._pose = (complex(cap), complex(-wide, depth - 1) / 2 * cap, 0.0)
        self._ink = ink_of(theme, role)
        super().__init__()
        # Not by add, whose checks cost more than the glyphs.
        self.submobjects: list[Any] = self._set(
            _style(self._ink), list(_stacked(lines, wide, align))
        )

    def _set(self, style: Glyph, outlines: list[Outline]) -> list[Glyph]:
        """Make glyphs of outlines whose unit is the cap height, where the label stands."""
        return [_clone(style, points) for points in self._points_of(outlines)]

    def _points_of(self, outlines: list[Outline]) -> list[Outline]:
        turn, shift, z = self._pose
        matrix = np.array([[turn.real, turn.imag, 0], [-turn.imag, turn.real, 0], [0, 0, 1]])
        place = np.array([shift.real, shift.imag, z])
        self._landmarks = count, ends, _ = _landmarks(outlines)
        posed = [outline @ matrix + place for outline in outlines]
        self._known = posed[0][list(ends)] if count > 0 else np.zeros((2, 3))
        return posed

    def _lines(self) -> list[Word]:
        return wrapped(self.text, self.font, self.weight, self._wraps)

    def _posed(self) -> tuple[complex, complex, float]:
        """Find where the label stands: cap height and direction, then the baseline's start.

        Two landmarks of a glyph tell, whatever group moved, scaled or turned it. While it is
        being drawn in, morphed or shrunk to a point, the last known place holds.
        """
        count, ends, before = self._landmarks
        if self.submobjects and len(self.submobjects[0].points) == count:
            found = self.submobjects[0].points[list(ends)]
            if (found == self._known).all():
                return self._pose
            low, high = self._known = found
            turn = complex(*(high - low)[:2]) / (before[1] - before[0])
            if turn:
                self._pose = (turn, complex(*low[:2]) - turn * before[0], float(low[2]))
        return self._pose

    @property
    def cap_height(self) -> float:
        """The height of its capitals in Manim units, as it is scaled now."""
        return abs(self._posed()[0])

    @property
    def baseline(self) -> NDArray[np.float64]:
        """The point where the first line's baseline begins."""
        _, start, z = self._posed()
        return np.array([start.real, start.imag, z])

    @property
    def color_hex(self) -> str:
        """Its colour now, "#RRGGBB"."""
        return self[0].get_fill_color().to_hex() if len(self) else self._ink

    def in_ink(self, ink: str) -> Label:
        """Have its glyphs in a colour, and nothing told of the colours that they had before.

        Looking first saves half of the time that a frame of numbers takes.
        """
        if self.color_hex.casefold() != ink.casefold():
            for glyph in self:
                glyph.set_fill(ink)
        return self

    def align_baseline(self, to: Label | ArrayLike | float) -> Label:
        """Move up or down until the first baseline is level with a label, a point or a height."""
        height = (
            to.baseline[1] if isinstance(to, Label) else np.ravel(to)[1 if np.size(to) > 1 else 0]
        )
        return self.shift((0, float(height) - self.baseline[1], 0))

    def stand_at(self, x: float, y: float) -> Label:
        """Begin its first baseline there; to the last bit the same wherever it stood before."""
        turn, _, z = self._posed()
        self._pose = (turn, complex(x, y), z)
        return self._stand()

    def _stand(self) -> Label:
        """Draw its glyphs where the pose says."""
        outlines = list(_stacked(self._lines(), self.extent[0], self._align))
        for glyph, points in zip(self.submobjects, self._points_of(outlines), strict=True):
            glyph.points = points
        return self

    def center_on(self, point: ArrayLike) -> Label:
        """Put the middle of its text, from baseline to capitals' top, at a point (3,)."""
        turn, start, z = self._posed()
        middle = start + self._half(turn)
        return self.shift(np.asarray(point, dtype=float) - (middle.real, middle.imag, z))

    def stand_around(self, point: ArrayLike) -> Label:
        """`center_on`, to the last bit the same wherever it stood before, and whole."""
        turn = self._posed()[0]
        x, y, z = np.asarray(point, dtype=float).tolist()
        self._pose = (turn, complex(x, y) - self._half(turn), z)
        return self._stand()

    def _half(self, turn: complex) -> complex:
        """From the start of its first baseline to the middle of its text."""
        return turn * complex(self.extent[0] / 2, (1 - self.extent[1]) / 2)


def clean(text: str) -> str:
    """Compose accents, and refuse what cannot be drawn."""
    text = unicodedata.normalize("NFC", text)
    for character in text:
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cs"):
            raise UsageError(
                f"the text {text[:40]!r} holds the control character U+{ord(character):04X}",
                "only printable characters, spaces and newlines can be drawn",
            )
    return text


def one_of(what: str, given: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that is not among those allowed, naming the nearest."""
    if given not in allowed:
        raise UsageError(f"unknown {what} {given!r}", did_you_mean(str(given), allowed))


def cap_of(size: str | float, theme: Theme) -> float:
    """Turn a size's name or a cap height in Manim units into the latter."""
    if isinstance(size, str):
        one_of("size", size, ("small", "body", "title"))
        return float(getattr(theme.sizes, size))
    if not (math.isfinite(size) and size > 0):
        raise UsageError(
            f"a text size of {size}", "give a cap height above 0, or small, body, title"
        )
    return float(size)


def ink_of(theme: Theme, role: str | None) -> str:
    """Give the colour of text in a role, of plain text (None or "ink"), or of "muted" text."""
    plain = {None: theme.ink, "ink": theme.ink, "muted": theme.muted}
    return plain[role] if role in plain else theme.role(str(role)).ink


def _stacked(lines: list[Word], wide: float, align: str) -> Iterator[Outline]:
    """Lay lines under each other, in cap heights."""
    for row, line in enumerate(lines):
        indent = (wide - line.advance) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        step = np.array([indent, -row * LINE_HEIGHT, 0.0])
        yield from (outline + step for outline in line.glyphs)


def _landmarks(outlines: list[Outline]) -> tuple[int, tuple[int, int], tuple[complex, complex]]:
    """Pick the first glyph's lowest and highest points: how many it has, which two, and where."""
    if not outlines:
        return -1, (0, 0), (0j, 0j)
    points = outlines[0]
    low, high = int(points[:, 1].argmin()), int(points[:, 1].argmax())
    return len(points), (low, high), (complex(*points[low, :2]), complex(*points[high, :2]))


@lru_cache(maxsize=256)
def _style(ink: str) -> Glyph:
    """Make the pattern that glyphs of one colour are cloned from; it is never drawn or changed."""
    return Glyph(fill_color=ink, fill_opacity=1, stroke_width=0)


def _clone(style: Glyph, points: Outline) -> Glyph:
    """Make a glyph like another without what Manim's constructor (0.15 ms) or deep copy costs."""
    glyph = Glyph.__new__(Glyph)
    glyph.__dict__ = {
        name: value.copy() if type(value) in (np.ndarray, list) else value
        for name, value in vars(style).items()
    }
    glyph.points = points
    return glyph
