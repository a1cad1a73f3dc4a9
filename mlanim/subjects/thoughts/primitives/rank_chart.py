"""How a word climbs: its rank among all words, layer by layer, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from manim import Circle, DashedLine, Dot, Line, Mobject, Square, Triangle, VGroup, VMobject

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import CLASS_ROLES
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["RankChart"]

_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MARK = 0.11  # units: half of a mark's side
_APART = 0.15  # of a number from a word, which would read as one
_SPARE = 1.6  # the axis goes on to so many times the worst rank
_NAMES = 0.3  # of the width, at most, that the words at the right may take


class RankChart(VGroup):
    """ranks: by word, (L,) from 1, the best, which is at the top.

    Where a word first comes to rank 1, its mark has a ring and a line falls to its layer.

    Parts: `.axes`, `.ticks`, `.titles`, `.curves` (a group of lines a word), `.marks`, `.numbers`
    (one a layer), `.firsts` (ring and line, or nothing), `.names` (word, and when it came first).

    >>> chart = RankChart({"London": [816, 275, 139, 65, 37, 1]}, area=Area(0, 0, 10, 5))
    >>> chart.ranks_drawn("London").tolist(), chart.first("London")
    ([816, 275, 139, 65, 37, 1], 6)
    """

    def __init__(
        self,
        ranks: Mapping[str, Any],
        *,
        area: Area,
        role: str | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.ranks = {word: np.asarray(path, dtype=int) for word, path in ranks.items()}
        paths = list(self.ranks.values())
        if not 1 <= len(paths) <= len(CLASS_ROLES) or len({p.shape for p in paths}) > 1:
            raise UsageError(
                f"ranks of shapes {[p.shape for p in paths]}",
                f"give 1 to {len(CLASS_ROLES)} words, one rank a layer",
            )
        if min(path.min() for path in paths) < 1:
            raise UsageError("a rank below 1", "the best word has rank 1")
        self._roles = dict(zip(self.ranks, [role] if role else CLASS_ROLES, strict=False))
        self._worst = max(2.0, _SPARE * max(float(path.max()) for path in paths))
        self._frame(area)
        self.curves, self.marks, self.numbers, self.firsts = (VGroup() for _ in range(4))
        for place, (word, path) in enumerate(self.ranks.items()):
            self._draw(place, word, path)
        self._number()
        self.add(self.axes, self.ticks, self.titles)
        self.add(self.firsts, self.curves, self.marks, self.numbers, self.names)

    @property
    def layers(self) -> int:
        """How many there are."""
        return len(next(iter(self.ranks.values())))

    def first(self, word: str) -> int | None:
        """The layer, from 1, after which a word first has rank 1; None for never."""
        best = np.flatnonzero(self.ranks[word] == 1)
        return int(best[0]) + 1 if len(best) else None

    def at(self, layer: float, rank: float) -> np.ndarray:
        """Where a layer, from 1, and a rank stand on the page, (3,)."""
        across = 0.5 if self.layers == 1 else (layer - 1) / (self.layers - 1)
        down = np.log(rank) / np.log(self._worst)
        return np.asarray(self.box.point(2 * across - 1, 1 - 2 * down))

    def ranks_drawn(self, word: str) -> np.ndarray:
        """The ranks that a word's marks stand at, read off the axis."""
        marks = self.marks[list(self.ranks).index(word)]
        down = np.array([self.box.top - mark.get_center()[1] for mark in marks]) / self.box.height
        return np.asarray(np.rint(self._worst**down).astype(int))

    def frame(self) -> VGroup:
        """What stands before any rank is known."""
        return _Part(self.axes, self.ticks, self.titles)

    def layer(self, number: int) -> VGroup:
        """What a layer, from 1, adds: lines to its marks, the marks, and their numbers."""
        i = number - 1
        parts = [group[i] for group in (*self.marks, *self.numbers)]
        lines = [curve[i - 1] for curve in self.curves if i > 0]
        first = [
            mark
            for word, mark in zip(self.ranks, self.firsts, strict=True)
            if self.first(word) == number and len(mark)
        ]
        return _Part(*first, *lines, *(part for part in parts if len(part) or part.has_points()))

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """Of each word layers and ranks (L, 2)."""
        layers = np.arange(1, self.layers + 1)
        return {
            f"ranks of {word!r}": np.stack([layers, path], axis=1)
            for word, path in self.ranks.items()
        }

    @property
    def drawn_parts(self) -> dict[str, list[Mobject]]:
        """A word's mark at each layer."""
        return {
            f"ranks of {word!r}": list(marks)
            for word, marks in zip(self.ranks, self.marks, strict=True)
        }

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [
            f"{word} from rank {path[0]} to rank {path[-1]}" for word, path in self.ranks.items()
        ]
        return Seen("chart of ranks", f"{', '.join(told)} over {self.layers} layers")

    def _frame(self, area: Area) -> None:
        theme, cap = self.theme, self.theme.sizes.small
        ticks = [k * 10**p for p in range(0, 9, 3) for k in _TICKS if k * 10**p <= self._worst]
        if np.log10(self._worst) > 2.6:
            ticks = [tick for tick in ticks if str(tick).strip("0") == "1"]
        labels = [self._small(f"{tick:,}") for tick in ticks]
        self.names = VGroup(*(self._name(word, area) for word in self.ranks))
        left = max(label.width for label in labels) + 0.3
        right = max(name.width for name in self.names) + 3 * _MARK + 0.1
        low, high = 4.4 * cap, 4.2 * cap
        left += 0.35
        self.box = Area(
            area.left + left, area.bottom + low, area.width - left - right, area.height - low - high
        )
        corner, end = self.box.point(-1, -1) - [0.5, 0, 0], self.box.point(1, -1)
        self.axes = VGroup(
            Line(corner, end), Line(corner, [corner[0], self.box.top, 0])
        ).set_stroke(theme.muted, theme.stroke.thin)
        self.ticks = VGroup()
        for tick, label in zip(ticks, labels, strict=True):
            y = self.at(1, tick)[1]
            self.ticks.add(label.center_on([corner[0] - 0.12 - label.width / 2, y, 0]))
            across = Line([corner[0], y, 0], [corner[0] + 0.1, y, 0])
            self.axes.add(across.set_stroke(theme.muted, theme.stroke.thin))
        room = self.box.width / max(1, self.layers - 1)
        every = int(np.ceil(self._small(str(self.layers)).width * 1.7 / max(room, 1e-6)))
        for layer in range(self.layers, 0, -max(1, every)):
            label = self._small(str(layer))
            self.ticks.add(label.center_on(self.at(layer, self._worst) - [0, 1.3 * cap, 0]))
        self._every = int(np.ceil(self._small(f"{self._worst:.0f}").width * 1.2 / max(room, 1e-6)))
        title = self._small("rank, 1 is best").align_baseline(area.top - cap)
        title.shift([area.left - title.get_left()[0], 0, 0])
        below = self._small("layer").align_baseline(self.box.bottom - 3.6 * cap)
        below.set_x(self.box.center[0])
        self.titles = VGroup(title, below)

    def _draw(self, place: int, word: str, path: np.ndarray) -> None:
        theme, ink = self.theme, self.theme.role(self._roles[word]).ink
        points = [self.at(layer, rank) for layer, rank in enumerate(path, 1)]
        lines = (Line(a, b, stroke_color=ink) for a, b in pairwise(points))
        self.curves.add(VGroup(*(line.set_stroke(width=theme.stroke.normal) for line in lines)))
        self.marks.add(VGroup(*(_mark(place, ink).move_to(point) for point in points)))
        first = self.first(word)
        mark = VGroup()
        if first is not None:
            ring = Circle(radius=2 * _MARK).move_to(points[first - 1])
            fall = DashedLine(points[first - 1], self.at(first, self._worst), dash_length=0.08)
            mark.add(fall.set_stroke(ink, theme.stroke.thin))
            mark.add(ring.set_stroke(ink, theme.stroke.normal))
        self.firsts.add(mark)
        self._stand(self.names[place], points[-1])

    def _number(self) -> None:
        """A number beside each mark, where no line goes and no other mark or number stands."""
        marks = [mark for group in self.marks for mark in group]
        groups = (self.axes, *self.curves, *self.firsts)
        lines = [line for group in groups for line in group.get_family()]
        taken = np.concatenate([_along(line) for line in lines if line.has_points()])
        boxes = [Area.around(mark) for mark in marks]
        boxes += [Area.around(name).inset(-_APART) for name in self.names]
        for word, group in zip(self.ranks, self.marks, strict=True):
            numbers = VGroup()
            for i, mark in enumerate(group):
                label: Any = VMobject()
                if (self.layers - 1 - i) % max(1, self._every) == 0:
                    rank, role = str(self.ranks[word][i]), self._roles[word]
                    label = Label(rank, theme=self.theme, size="small", role=role)
                    ring = _MARK if self.first(word) == i + 1 else 0.0
                    _beside(label, mark.get_center(), _MARK + ring, taken, boxes)
                    boxes.append(Area.around(label))
                numbers.add(label)
            self.numbers.add(numbers)

    def _name(self, word: str, area: Area) -> VGroup:
        first, best = self.first(word), int(self.ranks[word].min())
        said = f"rank 1 at layer {first}" if first else f"best rank {best}"
        room, theme = _NAMES * area.width, self.theme
        style: dict[str, Any] = {"theme": theme, "size": theme.sizes.title, "weight": "bold"}
        name = Label(shortened(AsIs(word), room, **style), **style, role=self._roles[word])
        told = Label(said, theme=theme, size="small", role="muted")
        if told.width > room:
            told = Label(said.replace(" at", "\nat"), theme=theme, size="small", role="muted")
        told.next_to(name, [0, -1, 0], buff=0.12, aligned_edge=[-1, 0, 0])
        return VGroup(name, told)

    def _stand(self, name: VGroup, point: np.ndarray) -> None:
        """At the end of its curve, below what stands there already."""
        name.next_to(point, [1, 0, 0], buff=3 * _MARK)
        before = self.names[: list(self.names).index(name)]
        for other in sorted(before, key=lambda one: -one.get_y()):
            if abs(other.get_y() - name.get_y()) < (other.height + name.height) / 2 + 0.1:
                low = other.get_bottom()[1] - 0.15 - name.height / 2
                name.set_y(low)

    def _small(self, text: str) -> Label:
        return Label(text, theme=self.theme, size="small", role="muted")


class _Part(VGroup):
    """What comes onto the page before the whole chart stands."""


def _along(line: VMobject) -> np.ndarray:
    """Points (k, 2) on a curve, near enough to each other that no number slips between."""
    starts, ends = line.points[::4], line.points[3::4]
    shares = np.linspace(0, 1, 24)[:, None, None]
    return np.asarray((starts + (ends - starts) * shares)[..., :2].reshape(-1, 2))


def _meets(box: Area, centre: np.ndarray, reach: np.ndarray) -> bool:
    apart = np.abs(box.center[:2] - centre)
    return bool(apart[0] < reach[0] + box.width / 2 and apart[1] < reach[1] + box.height / 2)


def _beside(label: Label, point: Any, away: float, taken: np.ndarray, boxes: list[Area]) -> None:
    """Move a label to the side of a point where it meets least, above it if it can."""
    half = np.array([label.width / 2, label.height / 2])
    best = None
    for far in (0.06, 0.2):
        for across, up in ((0, 1), (0, -1), (-1, 1), (1, -1), (1, 1), (-1, -1), (-1, 0), (1, 0)):
            centre = np.asarray(point)[:2] + (half + away + far) * (across, up)
            reach = half + 0.04
            met = (np.abs(taken - centre) < reach).all(axis=1).sum()
            met += 20 * sum(_meets(box, centre, reach) for box in boxes)
            if best is None or met < best[0]:
                best = met, centre
    assert best is not None
    label.move_to([*best[1], 0])


def _mark(place: int, ink: str) -> VMobject:
    """A shape a word, so that colour is not all that parts them."""
    shapes = (
        Dot(radius=_MARK),
        Square(1.7 * _MARK),
        Triangle(radius=1.3 * _MARK),
        Square(1.7 * _MARK).rotate(np.pi / 4),
        Triangle(radius=1.3 * _MARK).rotate(np.pi),
        Circle(radius=_MARK),
    )
    return shapes[place].set_fill(ink, 1).set_stroke(ink, 0)
