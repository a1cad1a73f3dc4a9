"""A list of short lines beside a picture, each with the mark that it explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Circle, DashedLine, Line, VGroup, VMobject

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import CLASS_ROLES, mark_outline
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["KeyList"]

_KEY, _GAP = 0.5, 0.2  # units: a mark's width, and the space behind it
_LEADING = 2.0  # line to line, in cap heights
_BETWEEN = 1.2  # more between two entries
_ASIDE = 0.35  # units between two columns
# Size, columns, the space between entries, and whether each has one line, from what is read best
# to what holds most.
_TRIED = (
    ("body", 1, _BETWEEN, False),
    ("small", 1, _BETWEEN, False),
    ("small", 1, 0.3, False),
    ("small", 2, 0.6, False),
    ("small", 2, 0.2, False),
    ("small", 2, 0.2, True),
)


class KeyList(VGroup):
    """Entries (mark, text) from the top of an area down, texts broken to its width; a
    word that is wider is cut, and so is every text if `cut`.

    A mark is "line", "thin", "dashed", "ring", a role (a line in its ink), "" for none, or the
    number of a class from 0.

    In several columns, an entry for which there is no room begins the next one. Parts: one group
    an entry, of its mark and its lines. UsageError where they do not fit, if
    `strict`; `.fits` tells.

    >>> keys = KeyList([("dashed", "best rule"), (0, "class 0")], area=Area(0, 0, 4, 3))
    >>> len(keys), keys[1][-1].text
    (2, 'class 0')
    """

    def __init__(
        self,
        entries: Sequence[tuple[str | int, str]],
        *,
        area: Area,
        size: str = "body",
        columns: int = 1,
        between: float = _BETWEEN,
        cut: bool = False,
        strict: bool = True,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        cap = getattr(theme.sizes, size)
        here, *others = area.columns(*[1] * columns, gap=_ASIDE)
        y = lowest = area.top - cap
        for mark, text in entries:
            indent = _KEY + _GAP if mark != "" else 0
            room = here.width - indent
            if cut:
                text = shortened(text, room, theme=theme, size=size)
            lines = _broken(text, room, theme, size)
            if others and y - _LEADING * cap * (len(lines) - 1) < area.bottom:
                here, y = others.pop(0), area.top - cap
            left = here.left + indent
            entry = VGroup()
            if mark != "":
                entry.add(_mark(mark, here.left, y + cap / 2, theme))
            for line in lines:
                line.align_baseline(y)
                entry.add(line.shift([left - line.get_left()[0], 0, 0]))
                y -= _LEADING * cap
            lowest = min(lowest, y + _LEADING * cap)
            y -= between * cap
            self.add(entry)
        self.bottom = lowest
        self.fits = bool(self.bottom >= area.bottom - 1e-6)
        if strict and not self.fits:
            raise NoRoomError(
                f"{len(entries)} lines do not fit {area.width:.1f} x {area.height:.1f} units",
                "shorten them, or show fewer",
                lacks="height",
            )

    @classmethod
    def centred(
        cls, entries: Sequence[tuple[str | int, str]], *, area: Area, theme: Theme = LIGHT
    ) -> KeyList:
        """A list in the middle of its area; small, closer, in columns or cut where it must."""
        for size, columns, between, cut in _TRIED:
            style: dict[str, Any] = {"columns": columns, "between": between, "cut": cut}
            keys = cls(entries, area=area, size=size, strict=cut, theme=theme, **style)
            if keys.fits:
                break
        return keys.shift([0, area.center[1] - keys.get_y(), 0])


def _mark(kind: str | int, left: float, y: float, theme: Theme) -> VMobject:
    if isinstance(kind, int):
        shape = VMobject().set_fill(theme.role(CLASS_ROLES[kind]).ink, 1).set_stroke(width=0)
        shape.points = 0.1 * mark_outline(kind)
        return shape.shift([left + _KEY / 2, y, 0])
    if kind == "ring":
        return Circle(radius=0.12, color=theme.ink, stroke_width=theme.stroke.thin).move_to(
            [left + _KEY / 2, y, 0]
        )
    ends: Any = [left, y, 0], [left + _KEY, y, 0]
    if kind == "dashed":
        return DashedLine(*ends, dash_length=0.1).set_stroke(theme.ink, theme.stroke.normal)
    if kind in theme.roles:
        return Line(*ends).set_stroke(theme.role(kind).ink, theme.stroke.normal)
    width = {"line": theme.stroke.bold, "thin": theme.stroke.thin}[kind]
    return Line(*ends).set_stroke(theme.ink, width)


def _broken(text: str, width: float, theme: Theme, size: str) -> list[Label]:
    """The text in lines that fit."""
    lines: list[Label] = []
    words: list[str] = []
    for word in theme.words.said(text, "label", f"{width:.1f} wide, in lines").split():
        word = shortened(AsIs(word), width, theme=theme, size=size)
        tried = Label(AsIs(" ".join([*words, word])), theme=theme, size=size)
        if words and tried.width > width:
            lines.append(Label(AsIs(" ".join(words)), theme=theme, size=size))
            words = []
        words.append(word)
    return [*lines, Label(AsIs(" ".join(words)), theme=theme, size=size)]
