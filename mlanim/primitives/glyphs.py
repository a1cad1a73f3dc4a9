"""Outlines of text: a word is shaped once a process by Pango and kept as cubic curves.

Coordinates: y upward, baseline at 0, the pen starting at x = 0. A word is measured in font units, a
thousand to the em; a line in cap heights. (Manim's Text shapes anew each time, in milliseconds.)
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from mlanim import fonts
from mlanim.left_behind import scratch
from mlanim.words.direction import BREAKS, is_backward

__all__ = ["Outline", "Weight", "Word", "set_line", "shape", "undrawable", "wrapped"]

Outline = NDArray[np.float64]
Weight = Literal["normal", "bold"]

_PANGO_WEIGHTS = {"normal": "NORMAL", "bold": "SEMIBOLD"}
_POINTS = 750  # at Pango's 96 dots an inch that is 1000 units to the em: exact, nothing to round
_ROOM = 1_000_000  # Cairo leaves out what lies outside the picture, so the picture is wide
_SENTINEL = (
    "|"  # follows each word: where it lands is the word's advance, its font the one asked for
)
_TOFU = "□"
_SAMPLE = "aeinorstlu0123456789"  # tells how wide a family's letters and figures are
_NARROWEST = 0.8  # times its own width, and a letter still reads well
_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")
_NUMBER = re.compile(r"[+−-]?[\d.]+")
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Word:
    """Shaped text: each glyph's cubic curves (4k, 3), in place, and how far the pen moved."""

    glyphs: tuple[Outline, ...]
    advance: float


@dataclass(frozen=True, slots=True)
class _Placed:
    path: str
    font: str
    x: float
    y: float


@lru_cache(maxsize=8192)
def shape(text: str, family: str, weight: Weight = "normal") -> Word:
    """Shape a word, or a line that reads from the right: kerned, accents in place.

    The arrays are read-only.

    A character that the font lacks comes from one that this machine has, else it is an empty box;
    either way a warning, once, names the Debian package that mends it.
    """
    placed, complete = _draw(text, family, weight)
    if not complete:
        text = "".join(
            _TOFU if _missing(character, family, weight) else character for character in text
        )
        placed, _ = _draw(text, family, weight)
    sentinel = _sentinel(placed, family, weight)
    letters = [glyph for glyph in placed if glyph is not sentinel]
    for character in text if any(glyph.font != sentinel.font for glyph in letters) else "":
        _borrowed(character, family, weight)
    # In right-to-left scripts the sentinel comes first, and the word begins where it ends.
    backward = bool(letters) and letters[0].x > sentinel.x
    start = min(glyph.x for glyph in letters) if backward else 0.0
    outlines = tuple(
        _frozen(_curves(glyph.path) + np.array([glyph.x - start, sentinel.y - glyph.y, 0]))
        for glyph in letters
        if glyph.path
    )
    right = max((float(outline[:, 0].max()) for outline in outlines), default=0.0)
    return Word(outlines, right if backward else sentinel.x)


@lru_cache(maxsize=4096)
def set_line(text: str, family: str, weight: Weight = "normal") -> Word:
    """Set words beside each other; in cap heights, so that a capital H is 1 tall.

    The figures of a number are shaped one by one: a thousand numbers need a dozen shapes. A family
    that is wider than the shipped one is set as wide as that, for which pages have room.
    """
    pen = 0.0
    outlines: list[Outline] = []
    unit = 1 / _cap_height(family, weight) * np.array([_narrowing(family, weight), 1, 1])
    if any(map(is_backward, text)):  # in which order words stand, Pango knows
        line = shape(text, family, weight)
        return Word(tuple(_frozen(glyph * unit) for glyph in line.glyphs), line.advance * unit[0])
    for piece in re.findall(r" |[^ ]+", text):
        if piece == " ":
            pen += _space(family, weight)
            continue
        for part in piece if _NUMBER.fullmatch(piece) else [piece]:
            word = shape(part, family, weight)
            outlines += (_frozen((glyph + np.array([pen, 0, 0])) * unit) for glyph in word.glyphs)
            pen += word.advance
    return Word(tuple(outlines), float(pen * unit[0]))


def wrapped(text: str, family: str, weight: Weight, width: float) -> list[Word]:
    """Set a text in lines, breaking where the next word would pass the width: between words, and
    in Chinese and Japanese between any two signs, but not before a comma or the like."""
    lines = []
    for paragraph in text.split("\n"):
        line, *rest = BREAKS.split(paragraph)
        for spaces, word in zip(rest[::2], rest[1::2], strict=True):
            longer = line + (spaces or "") + word
            if set_line(longer, family, weight).advance <= width:
                line = longer
            else:
                lines.append(line)
                line = word
        lines.append(line)
    return [set_line(line, family, weight) for line in lines]


def undrawable(text: str, family: str) -> tuple[str, str] | None:
    """The first script of a text of which no font of this machine has a letter, and the Debian
    package that has; None where boxes will stand for none."""
    scripts: dict[str, str] = {}
    for character in text:
        if character.isalpha() and not character.isascii():
            scripts.setdefault(_script(character), character)
    for script, character in scripts.items():
        if _no_font_has(character, family):
            return script, _package(character)
    return None


@lru_cache(maxsize=256)
def _no_font_has(character: str, family: str) -> bool:
    return not _draw(character, family, "normal")[1]


@lru_cache(maxsize=64)
def _space(family: str, weight: Weight) -> float:
    placed, _ = _draw("n n", family, weight)
    return placed[-1].x - 2 * shape("n", family, weight).advance


@lru_cache(maxsize=64)
def _cap_height(family: str, weight: Weight) -> float:
    return float(np.ptp(shape("H", family, weight).glyphs[0][:, 1]))


@lru_cache(maxsize=64)
def _narrowing(family: str, weight: Weight) -> float:
    """How much narrower a family is set than it is."""
    if family in (fonts.SANS, fonts.MONO):
        return 1.0
    even = shape("i", family, weight).advance == shape("m", family, weight).advance
    wide = _breadth(family, weight) / _breadth(fonts.MONO if even else fonts.SANS, weight)
    return max(_NARROWEST, min(1.0, 1 / wide))


def _breadth(family: str, weight: Weight) -> float:
    return shape(_SAMPLE, family, weight).advance / _cap_height(family, weight)


def _draw(text: str, family: str, weight: Weight) -> tuple[list[_Placed], bool]:
    """Let Pango draw the text and the sentinel; False when it drew a box for want of a glyph."""
    from manimpango import MarkupUtils

    fonts.register()
    # What the mono lacks, the shipped sans may have. Windows knows semibold cuts as families of
    # their own; elsewhere the plain name and the weight find them.
    families = ",".join(dict.fromkeys([family, fonts.SANS]))
    if weight == "bold":
        families = f"{family} Semibold,{families}"
    with scratch() as folder:
        path = str(folder / "text.svg")
        MarkupUtils.text2svg(
            escape(text + _SENTINEL), families, "NORMAL", _PANGO_WEIGHTS[weight], _POINTS, 0, True,
            path, 0, 0, _ROOM, 4000, pango_width=-1,
        )  # fmt: skip
        root = ElementTree.parse(path).getroot()
    return _read(root)


def _read(root: ElementTree.Element) -> tuple[list[_Placed], bool]:
    """Collect the glyphs that Cairo's SVG defines and uses, left to right.

    Cairo before 1.17 names them symbol "glyph0-1", later g "glyph-0-1": the last number is the
    glyph, what stands before it the font.
    """
    paths: dict[str, str] = {}
    for element in root.iter():
        outline = element.find("{*}path")
        if element.get("id", "").startswith("glyph") and outline is not None:
            paths[element.get("id", "")] = outline.get("d", "")
    placed = []
    for use in root.iter("{http://www.w3.org/2000/svg}use"):
        name = use.get(_HREF, "").removeprefix("#")
        x, y = float(use.get("x", 0)), float(use.get("y", 0))
        placed.append(_Placed(paths.get(name, ""), name.rpartition("-")[0], x, y))
    boxes = len(list(root.iter("{http://www.w3.org/2000/svg}path"))) - len(paths)
    images = len(list(root.iter("{http://www.w3.org/2000/svg}image")))
    return placed, boxes == 0 and images == 0


def _sentinel(placed: list[_Placed], family: str, weight: Weight) -> _Placed:
    last = placed[-1]
    return last if last.path == _sentinel_path(family, weight) else placed[0]


@lru_cache(maxsize=64)
def _sentinel_path(family: str, weight: Weight) -> str:
    return _draw("", family, weight)[0][0].path


@lru_cache(maxsize=1024)
def _missing(character: str, family: str, weight: Weight) -> bool:
    """Tell whether no font of this machine has the character, and warn of it once."""
    _, complete = _draw(character, family, weight)
    if not complete:
        _warn(
            f"no font here has {_script(character)}, so boxes stand for them", _package(character)
        )
    return not complete


@lru_cache(maxsize=1024)
def _borrowed(character: str, family: str, weight: Weight) -> bool:
    """Tell whether the character comes from a font that does not ship, and warn of it once."""
    placed, _ = _draw(character, family, weight)
    sentinel = _sentinel(placed, family, weight)
    borrowed = any(glyph.font != sentinel.font for glyph in placed)
    if borrowed and family == fonts.MONO:
        return _borrowed(character, fonts.SANS, weight)
    if borrowed:
        _warn(
            f"{family} lacks {_script(character)}, so a system font draws them", _package(character)
        )
    return borrowed


@lru_cache(maxsize=1024)
def _warn(what: str, package: str) -> None:
    warnings.warn(f"{what}: for the same picture everywhere install {package}", stacklevel=2)


def _script(character: str) -> str:
    """Name the character, or its whole script, so that a sentence gives one warning."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    if name.startswith(("CJK", "FULLWIDTH", "IDEOGRAPHIC")):  # letters, their commas and stops
        return "CJK letters"
    script = name.split()[0]
    is_letter = unicodedata.category(character)[0] in "LM"
    known = script in ("LATIN", "GREEK", "COMBINING")
    return f"{script} letters" if is_letter and not known else f"{character} ({name})"


def _package(character: str) -> str:
    """Name the Debian package that has a font for the character's script."""
    if re.search(r"\b(CJK|HANGUL|HIRAGANA|KATAKANA)\b", _script(character)):
        return "fonts-noto-cjk"
    return "fonts-symbola" if ord(character) >= 0x1F000 else "fonts-noto-core"


@lru_cache(maxsize=2048)
def _curves(path: str) -> Outline:
    """Turn an SVG path of M, L, C and Z into cubic curves (4k, 3), every contour closed."""
    curves: list[complex] = []
    start = pen = 0j
    for command, numbers in _COMMAND.findall(path):
        values = [float(number) for number in numbers.split()]
        points = [complex(x, -y) for x, y in zip(values[::2], values[1::2], strict=True)]
        if command == "M":
            start = pen = points[0]
        elif command == "C":
            curves += (pen, *points)
            pen = points[-1]
        else:
            end = start if command == "Z" else points[0]
            if pen != end:
                curves += (pen, pen + (end - pen) / 3, end - (end - pen) / 3, end)
            pen = end
    flat = np.array(curves, dtype=complex)
    return np.stack([flat.real, flat.imag, np.zeros(len(flat))], axis=-1)


def _frozen(outline: Outline) -> Outline:
    """Protect what is shared by every label that shows it."""
    outline.setflags(write=False)
    return outline
