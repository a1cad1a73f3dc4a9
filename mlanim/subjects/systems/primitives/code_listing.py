"""A program of three functions as lines of code, with what each line gives beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from manim import Rectangle, VGroup

from mlanim.colour import from_hex, mix, to_hex
from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label, format_number
from mlanim.subjects.systems.models.program import (
    FUNCTIONS,
    Program,
    effective_places,
    lines,
)
from mlanim.theme import LIGHT, Theme

__all__ = ["CodeListing", "changed_lines", "told_value"]

Place = tuple[int, int]  # a function and a line of it
_LEADING, _INDENT, _ADVANCE = 2.15, 2, 0.94  # cap heights, letters, a mono letter in cap heights
_LARGEST = 1.7  # of the theme's body text


class CodeListing(VGroup):
    """program as code; lines without an effect on a prediction are muted.

    marked: places (function, line) that stand out, with `sign` before them ("+" or "−").
    room_for: letters at the right that are kept free, for values. least_rows: it is as small as a
    listing of so many rows, so that several agree.

    Parts: `.heads` (setup, predict, learn), `.lines` (a group a function), `.plates` behind marked
    lines, `.signs`.

    >>> from mlanim.subjects.systems.models.program import instruction
    >>> dot = instruction("s1", "dot", "v0", "v1")
    >>> listing = CodeListing(((), (dot,), ()), area=Area(0, 0, 5, 4))
    >>> listing.lines[1][0].text
    's1 = dot(v0, v1)'
    """

    def __init__(
        self,
        program: Program,
        *,
        area: Area,
        marked: Collection[Place] = (),
        sign: str = "+",
        room_for: int = 0,
        least_rows: int = 0,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme, self.program, self.area = theme, program, area
        told = lines(program)
        rows = max(least_rows, sum(1 + max(1, len(body)) for _, body in told)) + 1.0
        letters = max(len(line) for line in ["def predict():", *(x for _, b in told for x in b)])
        wide = (letters + 2 * _INDENT + room_for) * _ADVANCE
        tight = wide * theme.sizes.small > area.width
        indent = (1 if tight else _INDENT) * _ADVANCE
        cap = min(_LARGEST * theme.sizes.body, area.height / (rows * _LEADING), area.width / wide)
        self.cap = max(cap, theme.sizes.small)
        self.pitch = min(_LEADING * 1.2 * self.cap, area.height / rows)
        self.heads, self.plates, self.signs = VGroup(), VGroup(), VGroup()
        self.lines = VGroup(*(VGroup() for _ in FUNCTIONS))
        used = effective_places(program)
        left = area.left + indent * self.cap
        y = area.top - 1.35 * self.cap
        for f, (name, body) in enumerate(told):
            self.heads.add(self._stand(f"def {name}():", left, y, role="query", weight="bold"))
            y -= self.pitch
            for i, text in enumerate(body):
                x = left + indent * self.cap
                if (f, i) in marked:
                    self._mark(sign, y)
                role = None if (f, i) in used or (f, i) in marked else "muted"
                self.lines[f].add(self._stand(text, x, y, role=role))
                y -= self.pitch
            if not body:
                y -= 0.35 * self.pitch
            y -= 0.35 * self.pitch
        self.add(self.plates, self.heads, self.lines, self.signs)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [line.text for body in self.lines for line in body]
        return Seen(f"program of {len(told)} lines", few(told, between="; "))

    def values(self, place: int, given: Sequence[np.ndarray]) -> VGroup:
        """What the lines of a function give, at the right of each: numbers, or rows of them."""
        shown = VGroup()
        for line, value in zip(self.lines[place], given, strict=True):
            label = Label(
                told_value(value), theme=self.theme, size=self.cap, mono=True, role="output"
            )
            label.align_baseline(line.baseline[1])
            shown.add(label.shift([self.area.right - label.get_right()[0], 0, 0]))
        return shown

    def _stand(self, text: str, x: float, y: float, **style: Any) -> Label:
        label = Label(text, theme=self.theme, size=self.cap, mono=True, **style)
        return label.stand_at(x, y)

    def _mark(self, sign: str, y: float) -> None:
        theme, area = self.theme, self.area
        role = "positive" if sign == "+" else "score"
        plate = Rectangle(width=area.width, height=min(1.9 * self.cap, self.pitch))
        # Half of the fill: text in the theme's ink reads upon it in each theme.
        tint = mix(from_hex(theme.surface), from_hex(theme.role(role).fill), 0.5)
        plate.set_fill(to_hex(tint), 1).set_stroke(theme.role(role).ink, 0)
        self.plates.add(plate.move_to([area.center[0], y + self.cap / 2, 0]))
        style: dict[str, Any] = {"role": role, "weight": "bold"}
        self.signs.add(self._stand(sign, area.left + 0.1 * self.cap, y, **style))


def changed_lines(before: Program, after: Program) -> tuple[set[Place], set[Place]]:
    """Lines of the old program that are gone, and lines of the new one that are new.

    >>> from mlanim.subjects.systems.models.program import instruction
    >>> dot = instruction("s1", "dot", "v0", "v1")
    >>> changed_lines(((), (), ()), ((), (dot,), ()))
    (set(), {(1, 0)})
    """
    gone, new = set(), set()
    for f, (old, young) in enumerate(zip(before, after, strict=True)):
        for kind, a, b, c, d in SequenceMatcher(a=old, b=young, autojunk=False).get_opcodes():
            if kind != "equal":
                gone |= {(f, i) for i in range(a, b)}
                new |= {(f, i) for i in range(c, d)}
    return gone, new


def told_value(value: np.ndarray) -> str:
    """A number, a row of numbers, or, of a matrix, its shape.

    >>> told_value(np.array([0.5, -1.25]))
    '[0.50 −1.25]'
    """
    if value.ndim == 0:
        return format_number(float(value), 3)
    if value.ndim == 1:
        return f"[{' '.join(format_number(float(x), 2) for x in value)}]"
    return f"{value.shape[0]} × {value.shape[1]}"
