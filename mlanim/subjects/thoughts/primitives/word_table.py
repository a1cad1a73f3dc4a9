"""Words that were read, a row each, and what each is to a score, in columns of bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import Line, Rectangle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number, format_number, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["WordTable", "fewer_rows"]

_LOWEST, _TALLEST = 0.32, 0.95  # units: of a row
_LARGEST = 0.3  # cap height
_WORDS, _GAP = 0.24, 0.3  # of the width for the words, at most; between columns


def fewer_rows(
    words: Sequence[str], columns: Mapping[str, Any], most: int
) -> tuple[list[str], dict[str, np.ndarray]]:
    """The words that weigh most, in their order, and one row for the sum of the others.

    >>> fewer_rows(["a", "b", "c"], {"x": np.array([1.0, 5.0, 2.0])}, 2)
    (['b', '2 others'], {'x': array([5., 3.])})
    """
    arrays = {name: np.asarray(values, float) for name, values in columns.items()}
    if len(words) <= most:
        return [AsIs(word) for word in words], arrays
    weight = sum(np.abs(a) / max(float(np.abs(a).max()), 1e-12) for a in arrays.values())
    kept = np.sort(np.argsort(-np.asarray(weight), kind="stable")[: most - 1])
    rest = np.setdiff1d(np.arange(len(words)), kept)
    told = [*(AsIs(words[i]) for i in kept), f"{len(rest)} others"]
    return told, {name: np.append(a[kept], a[rest].sum()) for name, a in arrays.items()}


class WordTable(VGroup):
    """n words and columns of values (n,) by name, bars from zero, to the left where negative.

    feet: a line below each column. one_scale: the same length for the same value in all columns.
    Where not all words find room, those that weigh least share the last row, "k others".

    Parts: `.words`, `.bars` and `.numbers` (a group a column), `.heads`, `.feet`, `.zeros`.

    >>> table = WordTable(["the", "box"], {"gradient": [1.0, -2.0]}, area=Area(0, 0, 8, 4))
    >>> table.values_drawn("gradient").round(6).tolist()
    [1.0, -2.0]
    """

    def __init__(
        self,
        words: Sequence[str],
        columns: Mapping[str, Any],
        *,
        area: Area,
        feet: Sequence[str] = (),
        roles: Sequence[str] = ("score",),
        one_scale: bool = False,
        decimals: int = 2,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        given = {k: finite_array(v, f"WordTable {k!r}", (1,)) for k, v in columns.items()}
        if not given or any(len(values) != len(words) for values in given.values()):
            raise UsageError(f"{len(words)} words", "give one value a word in every column")
        self.theme, self.decimals = theme, decimals
        cap = theme.sizes.small
        widths = (area.width * (1 - _WORDS) - _GAP * len(given)) / len(given)
        heads = [self._head(name, widths) for name in given]
        lines = [self._head(foot, widths, muted=True) for foot in feet]
        top = max(head.height for head in heads) + 1.2 * cap
        low = max((line.height for line in lines), default=-0.6 * cap) + 1.4 * cap
        room = area.height - top - low
        names, self.columns = fewer_rows(words, given, max(2, int(room / _LOWEST)))
        self.names = tuple(names)
        pitch = min(_TALLEST, room / len(names))
        size = float(np.clip(min(0.42 * pitch, 0.025 * area.width), cap, _LARGEST))
        style: dict[str, Any] = {"theme": theme, "size": size}
        self.words = VGroup(
            *(Label(shortened(n, _WORDS * area.width, **style), **style) for n in names)
        )
        widest = max(label.width for label in self.words)
        first = area.center[1] + (low - top) / 2 + pitch * len(names) / 2 - pitch / 2
        self._ys = [first - i * pitch for i in range(len(names))]
        for label, y in zip(self.words, self._ys, strict=True):
            label.center_on([area.left + widest - label.width / 2, y, 0])
        self.bars, self.numbers, self.heads, self.feet, self.zeros = (VGroup() for _ in range(5))
        most = max(float(np.abs(a).max()) for a in self.columns.values())
        side = (area.width - widest) / len(given) - _GAP
        for i, values in enumerate(self.columns.values()):
            left = area.left + widest + _GAP + i * (side + _GAP)
            limit = most if one_scale else float(np.abs(values).max())
            zero = self._column(values, left, side, limit, roles[i % len(roles)], (pitch, size))
            start = left if zero is None else zero
            heads[i].move_to([left + heads[i].width / 2, first + pitch / 2 + top / 2, 0])
            self.heads.add(heads[i].shift([start - left if values.min() >= 0 else 0, 0, 0]))
            if i < len(lines) and feet[i]:
                y = self._ys[-1] - pitch / 2 - 0.5 * cap - lines[i].height / 2
                self.feet.add(lines[i].move_to([left + lines[i].width / 2, y, 0]))
        self.add(self.zeros, self.words, self.bars, self.numbers, self.heads, self.feet)

    def values_drawn(self, name: str) -> np.ndarray:
        """The values that a column's bars are long for."""
        place = list(self.columns).index(name)
        zero = self.zeros[place].get_x()
        ends = [self._end(bar, zero) for bar in self.bars[place]]
        return np.array(ends) / self._units[place]

    @property
    def value_labels(self) -> tuple[str, ...]:
        """The word of each row, as `--values` tells them."""
        return self.names

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """The columns by name."""
        return {name: frozen(values) for name, values in self.columns.items()}

    def column(self, place: int) -> VGroup:
        """All of a column: head, bars, numbers, foot."""
        foot = [self.feet[place]] if place < len(self.feet) else []
        parts = (self.heads[place], self.zeros[place], self.bars[place], self.numbers[place])
        return _Column(*parts, *foot)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = []
        for name, values in self.columns.items():
            best = int(np.abs(values).argmax())
            told.append(f"{name}: most {self.names[best]} {format_number(values[best], 2)}")
        return Seen(f"table of {len(self.names)} words with bars", "; ".join(told))

    def _column(
        self, values: np.ndarray, left: float, side: float, limit: float, role: str, rows: Any
    ) -> float:
        """Bars and numbers from a zero line; where that is, in x."""
        pitch, size = rows
        theme, ink = self.theme, self.theme.role(role).ink
        style: dict[str, Any] = {"decimals": self.decimals, "theme": theme, "size": size}
        numbers = [Number(float(value), **style) for value in values]
        wide = max(number.width for number in numbers) + 0.14
        below = max(0.0, -float(values.min())) / max(limit, 1e-12)
        above = max(0.0, float(values.max())) / max(limit, 1e-12)
        free = max(0.1, side - wide * (1 + bool(below)))
        unit = free / max(above + below, 1e-9) / max(limit, 1e-12)
        zero = left + (wide if below else 0.0) + below * limit * unit
        if not hasattr(self, "_units"):
            self._units: list[float] = []
        self._units.append(unit)
        ends = [self._ys[0] + pitch / 2, self._ys[-1] - pitch / 2]
        line = Line([zero, ends[0], 0], [zero, ends[1], 0])
        self.zeros.add(line.set_stroke(theme.muted, theme.stroke.thin))
        bars = VGroup()
        for value, number, y in zip(values, numbers, self._ys, strict=True):
            length, sign = max(abs(float(value)) * unit, 1e-4), 1 if value >= 0 else -1
            colour = ink if sign > 0 else theme.role("negative").ink
            bar = Rectangle(width=length, height=0.6 * pitch).set_stroke(colour, theme.stroke.thin)
            bar.set_fill(colour, 1 if sign > 0 else 0.35)
            bars.add(bar.move_to([zero + sign * length / 2, y, 0]))
            number.center_on([zero + sign * (length + 0.09 + number.width / 2), y, 0])
        self.bars.add(bars)
        self.numbers.add(VGroup(*numbers))
        return zero

    def _end(self, bar: Any, zero: float) -> float:
        return float(2 * (bar.get_x() - zero))

    def _head(self, text: str, width: float, muted: bool = False) -> Label:
        style: dict[str, Any] = {"role": "muted"} if muted else {"weight": "bold"}
        return Label(text, theme=self.theme, size="small", width=width, **style)


class _Column(VGroup):
    """A column that comes onto the page before the whole table stands."""
