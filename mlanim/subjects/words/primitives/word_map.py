"""Words on a plane: a mark for each, and names where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import Animation, Line, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen
from mlanim.primitives.charts.class_marks import CLASS_ROLES, mark_outline
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen, few
from mlanim.primitives.text import Label, shortened
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["WordMap"]

_MARK = 0.11  # units, a mark's radius
_GAP = 0.09
_LONGEST = 2.6  # units of a name
_ROOM = 0.05  # around a name
_STRETCH = 1.8


class WordMap(VGroup):
    """n words at places (n, 2), as large as the area allows.

    One unit may be longer across than up, or the other way round, up to 1.8 times.

    kinds: a number from 0 for each word, told by colour and shape. around: (m, 2), places that
    must be in view too. turned: the first number goes up and the second across, for tall pages;
    by itself, where that gives more room.

    Parts: `.dots`, `.names` (empty groups where no name finds room), `.place_names()` puts names
    beside the dots as they are now.

    >>> made = WordMap(["a", "b"], [[0, 0], [1, 2]], area=Area(0, 0, 6, 6))
    >>> made.places_drawn().round(6).tolist()
    [[0.0, 0.0], [1.0, 2.0]]
    """

    def __init__(
        self,
        words: Sequence[str],
        places: Any,
        *,
        area: Area,
        kinds: Sequence[int] = (),
        around: Any = None,
        first: Sequence[int] = (),
        named: bool = True,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = finite_array(places, "WordMap", (2,))
        if array.shape != (len(words), 2):
            raise UsageError(f"WordMap was given places {array.shape}", f"and {len(words)} words")
        self.theme, self.words, self.area = theme, tuple(words), area
        self._first = list(first)
        self.kinds = [*kinds, *[0] * len(words)][: len(words)]
        seen = array if around is None else np.vstack([array, np.asarray(around, float)])
        self._view(seen)
        self._values = array
        self.dots, self.names = VGroup(), VGroup(*(VGroup() for _ in words))
        for kind in self.kinds:
            dot = VMobject().set_fill(theme.role(CLASS_ROLES[kind % 6]).ink, 1)
            dot.set_stroke(width=0)
            self.dots.add(dot)
        self._outlines = [_MARK * mark_outline(kind % 6) for kind in self.kinds]
        self._show(array)
        self.add(self.dots, self.names)
        if named:
            self.place_names()

    @property
    def value_labels(self) -> tuple[str, ...]:
        """The words at the places, as `--values` tells them."""
        return self.words

    @property
    def values(self) -> np.ndarray:
        """The places (n, 2) that are drawn now, read-only."""
        return frozen(self._values)

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        return Seen(f"map of {len(self.words)} words", few(self.words))

    def page(self, places: Any) -> np.ndarray:
        """Where places (n, 2) stand on the page, (n, 3)."""
        flat = (np.asarray(places, float) - self._middle) * self._unit
        flat = flat[:, ::-1] if self.turned else flat
        return np.concatenate([flat, np.zeros((len(flat), 1))], axis=1) + self.area.center

    def places_drawn(self) -> np.ndarray:
        """The places (n, 2) read back from where the dots are on the page."""
        offset = [o.min(axis=0) + np.ptp(o, axis=0) / 2 for o in self._outlines]
        at = np.array([d.get_center() - o for d, o in zip(self.dots, offset, strict=True)])
        flat = (at - self.area.center)[:, :2]
        return (flat[:, ::-1] if self.turned else flat) / self._unit + self._middle

    def set_places(self, places: Any) -> Self:
        """Move the dots; names stay where they are. Also as `.animate.set_places(...)`."""
        self._show(finite_array(places, "WordMap.set_places", (2,)))
        return self

    @override_animate(set_places)
    def _animate_places(self, places: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        end = finite_array(places, "WordMap.set_places", (2,))
        return MovingValues(self, lambda: self.values, self.set_places, end, **anim_args or {})

    def lines(self, one: int, others: Sequence[int], role: str = "score") -> VGroup:
        """Lines from one word's dot to others', which begin and end beside the dots."""
        made = VGroup()
        for other in others:
            start, end = (self.dots[i].get_center() for i in (one, other))
            length = np.linalg.norm(end - start)
            if length < 4 * _MARK:
                continue
            cut = 1.5 * _MARK / length * (end - start)
            ink = self.theme.role(role).ink
            made.add(Line(start + cut, end - cut).set_stroke(ink, self.theme.stroke.normal))
        return made

    def place_names(self) -> Self:
        """Put each name beside its dot where nothing is yet; without room it is left out."""
        self.names.submobjects = self.name_labels()
        return self

    def name_labels(self, avoid: Sequence[Any] = (), only: Sequence[int] = ()) -> list[Any]:
        """A label for each name as `place_names` puts it; an empty group where there is no room.

        avoid: lines that no name may lie upon. only: the words that have one; none: all.
        """
        taken = [_box(dot) for dot in self.dots]
        for shape in avoid:
            start, end = shape.get_start(), shape.get_end()
            steps = int(np.linalg.norm(end - start) / 0.08) + 2
            taken += [np.array([*p[:2], *p[:2]]) for p in np.linspace(start, end, steps)]
        shapes = len(taken)
        order = [*self._first, *(i for i in range(len(self.words)) if i not in self._first)]
        order = [i for i in order if i in only or not only]
        limits = _box_of(self.area)
        names: list[Any] = [VGroup() for _ in self.words]
        for i in order:
            text = shortened(AsIs(self.words[i]), _LONGEST, theme=self.theme, size="body")
            role = CLASS_ROLES[self.kinds[i] % 6]
            for size in ("body", "small"):
                label = Label(AsIs(text), theme=self.theme, role=role, size=size)
                free = self._stand(label, self.dots[i], taken, limits)
                if not free and i in only:
                    free = self._stand(label, self.dots[i], taken, limits, far=3)
                if not free and i in self._first[:1]:  # the word that the map is about
                    free = any(
                        self._stand(label, self.dots[i], taken[:most], limits, far=3)
                        for most in (shapes, len(self.dots))
                    )
                if free:
                    taken.append(_box(label, _ROOM))
                    names[i] = label
                    break
        return names

    def _stand(
        self, label: Label, dot: VMobject, taken: list, limits: np.ndarray, far: float = 1
    ) -> bool:
        """Try the places around a dot, and `far` times as far from it; whether one was free."""
        return any(self._beside(label, dot, taken, limits, times) for times in sorted({1, far}))

    def _beside(
        self, label: Label, dot: VMobject, taken: list, limits: np.ndarray, times: float
    ) -> bool:
        at, gap = dot.get_center(), dot.width / 2 + times * _GAP
        aside, above = gap + label.width / 2, gap + label.height / 2
        slant = 0.5 * above + 0.04
        tried = [(aside, 0), (-aside, 0), (0, above), (0, -above)]
        tried += [(x, y) for x in (aside, -aside) for y in (slant, -slant)]
        tried += [(x, y) for x in (0.6 * aside, -0.6 * aside) for y in (above, -above)]
        for x, y in tried:
            label.move_to(at + np.array([x, y, 0]))
            box = _box(label, _ROOM)
            inside = (box[:2] >= limits[:2]).all() and (box[2:] <= limits[2:]).all()
            if inside and not any(_meet(box, other) for other in taken):
                return True
        return False

    def _view(self, seen: np.ndarray) -> None:
        """The scale: one for both directions, turned where that makes it larger."""
        low, high = seen.min(axis=0), seen.max(axis=0)
        self._middle = (low + high) / 2
        size = np.maximum(high - low, 1e-9)
        room = self.area.inset(0.35, 0.3)
        self.turned = bool((room.width > room.height) != (size[0] > size[1]))
        if self.turned:
            size = size[::-1]
        units = np.array([room.width, room.height]) / size
        units = np.minimum(units, _STRETCH * units.min())
        self._unit = units[::-1] if self.turned else units

    def _show(self, places: np.ndarray) -> None:
        self._values = places
        for dot, outline, at in zip(self.dots, self._outlines, self.page(places), strict=True):
            dot.points = outline + at


def _box(shape: Any, more: float = 0.0) -> np.ndarray:
    low, high = shape.get_corner((-1, -1, 0)), shape.get_corner((1, 1, 0))
    return np.array([*(low[:2] - more), *(high[:2] + more)])


def _box_of(area: Area) -> np.ndarray:
    return np.array([area.left, area.bottom, area.right, area.top])


def _meet(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one[:2] < other[2:]).all() and (other[:2] < one[2:]).all())
