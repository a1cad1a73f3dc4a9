"""Pairs of a query and of a key as hands of dials, which turn with their positions."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import Animation, Circle, VGroup, VMobject, override_animate

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import frozen
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, Number
from mlanim.subjects.modern_attention.models.rotary import RotaryPairs, rotary_frequencies
from mlanim.theme import LIGHT, Theme

__all__ = ["RotaryDials"]

_ROLES = ("query", "key")
_TIP = 0.17  # units: the length of a query's tip, the width of a key's knob


class RotaryDials(VGroup):
    """A dial for each pair of a query (d,) and a key (d,), at positions (m, n).

    A query's hand ends in a tip, a key's in a knob; all dials have one scale, so that a longer
    hand is a longer pair. By each dial stands how far it turns from a place to the next, in
    radians, and what the pair adds to the score.

    Parts: `.dials`, `.hands` (query, key), `.ends`, `.names`, `.shares`, `.legend`, `.places` (m,
    n, m - n), `.score`. `.animate.set_at((m, n))` turns them.

    >>> pairs = RotaryPairs(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    >>> dials = RotaryDials(pairs, area=Area(-6, -3, 12, 6))
    >>> dials.set_at((np.pi / 2, 0)).score.text
    '1.00'
    """

    def __init__(
        self, pairs: RotaryPairs, *, area: Area, at: Any = (0, 0), theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.theme, self.pairs = theme, pairs
        frequencies = rotary_frequencies(len(pairs.query))
        upper, lower = area.rows(*((5, 1) if area.is_wide else (6, 1)), gap=0.25)
        boxes = upper.squares(len(frequencies), gap=0.3)
        beside = boxes[0].width > 1.5 * boxes[0].height  # where the texts stand
        cap = float(np.clip(0.075 * boxes[0].height, theme.sizes.small, 0.26))
        names = [
            Label(f"{turn:.2g} rad", theme=theme, size=cap, role="muted") for turn in frequencies
        ]
        named = max(name.width for name in names) + 0.3 if beside else 0.0
        self._radius = boxes[0].height / 2 - (0.05 if beside else 2.3 * cap)
        self._radius = min(self._radius, (boxes[0].width - named) / 2)
        longest = max(np.linalg.norm(np.concatenate(pairs.turned((0, 0))), axis=1))
        self._unit = 0.94 * self._radius / longest
        self.dials, self.names, self.shares = VGroup(), VGroup(), VGroup()
        for box, name in zip(boxes, names, strict=True):
            share = Number(0, theme=theme, size=1.3 * cap, sign=True, anchor="center")
            aside = self._radius + 0.2
            whole = aside + named - 0.3 + self._radius
            x = box.left + (box.width - whole) / 2 + self._radius if beside else box.center[0]
            centre = np.array([x, box.center[1], 0])
            if beside:
                name.center_on(centre + np.array([aside + name.width / 2, 1.4 * cap, 0]))
                share.center_on(centre + np.array([aside + name.width / 2, -1.4 * cap, 0]))
            else:
                name.center_on(centre + np.array([0, self._radius + 1.2 * cap, 0]))
                share.center_on(centre - np.array([0, self._radius + 1.2 * cap, 0]))
            dial = Circle(radius=self._radius, stroke_color=theme.muted)
            dial.set_stroke(width=theme.stroke.thin).set_fill(theme.surface, 1)
            self.dials.add(dial.move_to(centre))
            self.names.add(name)
            self.shares.add(share)
        self._lay_hands(len(frequencies))
        self._lay_line(lower)
        self.add(self.dials, self.hands, self.ends, self.names, self.shares)
        self.add(self.legend, self.place_names, self.places, self.score_name, self.score)
        self._show(np.asarray(at, float))

    @property
    def at(self) -> np.ndarray:
        """Positions (m, n) of the query and the key, as drawn now."""
        return frozen(self._at)

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """The pairs as points (d / 2, 2), what each adds (d / 2,), and the score."""
        query, key = self.pairs.turned(self._at)
        shares = self.pairs.shares(self._at)
        return {"query": query, "key": key, "shares": shares, "score": np.array([shares.sum()])}

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        m, n, back = (number.text for number in self.places)
        told = f"query at {m}, key at {n}, {back} apart: score {self.score.text}"
        return Seen(f"row of {len(self.dials)} dials", told)

    def set_at(self, at: Any) -> Self:
        """Turn the query to position m and the key to n; also `.animate.set_at((m, n))`."""
        self._show(np.asarray(at, float))
        return self

    @override_animate(set_at)
    def _animate_at(self, at: Any, anim_args: dict[str, Any] | None = None) -> Animation:
        return MovingValues(
            self, lambda: self.at, self._show, np.array(at, float), **anim_args or {}
        )

    def _lay_hands(self, count: int) -> None:
        self.hands = VGroup(*(VGroup(*(self._hand(r) for r in _ROLES)) for _ in range(count)))
        self.ends = VGroup(*(VGroup(*(self._end(r) for r in _ROLES)) for _ in range(count)))
        self._knob = Circle(radius=_TIP / 2).points

    def _hand(self, role: str) -> VMobject:
        return VMobject(stroke_color=self.theme.role(role).ink, stroke_width=self.theme.stroke.bold)

    def _end(self, role: str) -> VMobject:
        return VMobject(fill_color=self.theme.role(role).ink, fill_opacity=1, stroke_width=0)

    def _lay_line(self, area: Area) -> None:
        """The legend, the places and the score: on one line, or on two where it is narrow."""
        wide = area.width > 10
        style: dict[str, Any] = {"theme": self.theme, "size": "body"}
        first, second = (area, area) if wide else area.rows(1, 1, gap=0.1)
        self.legend, self.place_names, self.places = VGroup(), VGroup(), VGroup()
        x, y = area.left, first.center[1]
        for role, name in zip(_ROLES, ("query, at m", "key, at n"), strict=True):
            start = np.array([x, y, 0])
            sample = VGroup(self._hand(role), self._end(role))
            self._point(sample[0], sample[1], role, start, np.array([x + 0.7, y, 0]))
            label = Label(name, role=role, **style).center_on(start)
            label.shift([x + 0.85 - label.get_left()[0], 0, 0])
            self.legend.add(VGroup(sample, label))
            x = label.get_right()[0] + 0.5
        x, y = (x + 0.3 if wide else area.left), second.center[1]
        for name in ("m =", "n =", "m − n ="):
            label = Label(name, **style).center_on([x, y, 0])
            label.shift([x - label.get_left()[0], 0, 0])
            number = Number(888, decimals=0, anchor="left", **style)
            x = label.get_right()[0] + 0.12
            number.center_on([x + number.width / 2, y, 0])
            self.place_names.add(label)
            self.places.add(number)
            x += 0.75
        self.score = Number(-88.88, role="score", weight="bold", anchor="right", theme=self.theme)
        self.score.center_on([area.right - self.score.width / 2, y, 0])
        self.score_name = Label("score", role="score", weight="bold", **style)
        width = self.score_name.width
        self.score_name.center_on([self.score.get_left()[0] - 0.15 - width / 2, y, 0])

    def _point(
        self, hand: VMobject, end: VMobject, role: str, start: np.ndarray, to: np.ndarray
    ) -> None:
        """Draw a hand from a point to another, its end there."""
        length = float(np.linalg.norm(to - start))
        along = (to - start) / max(length, 1e-9)
        inner = start + max(0.0, length - 0.6 * _TIP) * along
        hand.set_points_as_corners([start, inner if length > 1e-6 else start + 1e-6])
        if role == "key":
            end.points = self._knob + to - _TIP / 2 * along
            return
        side = np.array([-along[1], along[0], 0.0]) * _TIP / 2
        base = to - min(_TIP, length) * along
        end.set_points_as_corners([to, base + side, base - side, to])

    def _show(self, at: np.ndarray) -> None:
        self._at = np.array(at, float)
        turned = self.pairs.turned(self._at)
        for i, dial in enumerate(self.dials):
            centre = dial.get_center()
            for j, role in enumerate(_ROLES):
                to = centre + self._unit * np.array([*turned[j][i], 0.0])
                self._point(self.hands[i][j], self.ends[i][j], role, centre, to)
        for number, share in zip(self.shares, self.pairs.shares(self._at), strict=True):
            number.set_value(float(share))
        m, n = self._at
        for number, value in zip(self.places, (m, n, m - n), strict=True):
            number.set_value(float(value))
        self.score.set_value(self.pairs.score(self._at))
