"""Where things go: a rectangle that splits into rows and columns, computed from the frame's size.

Scenes lay out through areas and never through constants, so that 16:9, 1:1 and 9:16 all work.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from mlanim.errors import NoRoomError, UsageError

__all__ = ["MINIMUM_CAP_HEIGHT", "Area"]

#: 1/45 of the frame's shorter side (8 units): 24 px at 1080p, 11 px at 480p.
MINIMUM_CAP_HEIGHT = 8 / 45

# Longer than the other side by this much is "wide" or "tall"; between lies "about square".
_BROAD = 7.5  # units
_ELONGATED = 1.2


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in Manim units, y pointing up.

    >>> page = Area.of_frame(16, 9, margin=0.5)
    >>> title, body = page.rows(1, 3, gap=0.4)
    >>> title.width, round(title.height, 2), round(body.height, 2)
    (15.0, 1.9, 5.7)
    >>> page.is_wide
    True
    """

    left: float
    bottom: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise NoRoomError(
                f"an area of {self.width:.2f} x {self.height:.2f} units is empty",
                "width and height must be greater than 0",
                "use smaller margins or gaps, or fewer parts",
                lacks="" if self.width <= 0 >= self.height else self.short_of(1e-5, 1e-5),
            )

    @classmethod
    def of_frame(cls, width: float, height: float, margin: float = 0.4) -> Area:
        """The frame (centred on the origin) without a margin on each side."""
        return cls(-width / 2, -height / 2, width, height).inset(margin)

    @classmethod
    def around(cls, mobject: Any) -> Area:
        """The box that a mobject fills."""
        x, y, _ = mobject.get_center()
        width, height = float(mobject.width), float(mobject.height)
        return cls(x - width / 2, y - height / 2, width, height)

    @property
    def right(self) -> float:
        """x of the right side."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """y of the upper side."""
        return self.bottom + self.height

    @property
    def center(self) -> np.ndarray:
        """The middle, a point of shape (3,)."""
        return self.point(0, 0)

    @property
    def is_wide(self) -> bool:
        """Clearly wider than tall."""
        return self.width > _ELONGATED * self.height

    @property
    def is_broad(self) -> bool:
        """A wide page: a square one is flat too where a logo takes of its height."""
        return self.is_wide and self.width > _BROAD

    @property
    def is_tall(self) -> bool:
        """Clearly taller than wide."""
        return self.height > _ELONGATED * self.width

    def short_of(self, width: float, height: float) -> Literal["width", "height", ""]:
        """Which of its sides is too short for so many units; "" if both or none."""
        narrow, low = width > self.width + 1e-6, height > self.height + 1e-6
        return "" if narrow == low else "width" if narrow else "height"

    def point(self, across: float, up: float) -> np.ndarray:
        """A point (3,): (0, 0) is the middle, (-1, -1) lower left, (1, 1) upper right."""
        return np.array(
            [
                self.left + (1 + across) / 2 * self.width,
                self.bottom + (1 + up) / 2 * self.height,
                0.0,
            ]
        )

    def inset(self, horizontal: float, vertical: float | None = None) -> Area:
        """The area without a border; one number is for all four sides."""
        vertical = horizontal if vertical is None else vertical
        return Area(
            self.left + horizontal,
            self.bottom + vertical,
            self.width - 2 * horizontal,
            self.height - 2 * vertical,
        )

    def shrunk(self, times: float) -> Area:
        """The same shape about the same middle, so many times smaller.

        >>> Area(0, 0, 8, 4).shrunk(2)
        Area(left=2.0, bottom=1.0, width=4.0, height=2.0)
        """
        width, height = self.width / times, self.height / times
        x, y, _ = self.center.tolist()
        return Area(x - width / 2, y - height / 2, width, height)

    def columns(self, *weights: float, gap: float = 0.25) -> tuple[Area, ...]:
        """Split from left to right, widths in the ratio of the weights."""
        spans = _spans(weights, self.width, gap)
        return tuple(
            Area(self.left + start, self.bottom, end - start, self.height) for start, end in spans
        )

    def rows(self, *weights: float, gap: float = 0.25) -> tuple[Area, ...]:
        """Split from top to bottom, heights in the ratio of the weights."""
        spans = _spans(weights, self.height, gap)
        return tuple(
            Area(self.left, self.top - end, self.width, end - start) for start, end in spans
        )

    def split(self, *weights: float, gap: float = 0.4) -> tuple[Area, ...]:
        """Columns where it is at least half as wide again as it is high, rows else.

        >>> [part.height for part in Area(0, 0, 8, 4).split(1, 1)]
        [4, 4]
        """
        return (self.columns if self.width >= 1.5 * self.height else self.rows)(*weights, gap=gap)

    def squares(self, count: int, gap: float = 0.3) -> tuple[Area, ...]:
        """So many equal parts in rows, as nearly square as can be; a last row may have fewer.

        >>> [len(Area(0, 0, 8, 4).squares(n)) for n in (2, 5)], Area(0, 0, 8, 4).squares(2)[0].width
        ([2, 5], 3.85)
        """
        rows = max(range(1, count + 1), key=lambda rows: self._side(rows, count, gap))
        columns = -(-count // rows)
        parts = [
            part
            for row in self.rows(*[1] * rows, gap=gap)
            for part in row.columns(*[1] * columns, gap=gap)
        ]
        return tuple(parts[:count])

    def _side(self, rows: int, count: int, gap: float) -> float:
        columns = -(-count // rows)
        return min((self.width + gap) / columns, (self.height + gap) / rows) - gap

    def place(self, mobject: Any, edge: Any = (0.0, 0.0, 0.0)) -> Any:
        """Move the mobject to the middle, or against an edge (`UP`, `DL`, ...); its size stays."""
        across, up = np.sign(edge[0]), np.sign(edge[1])
        target = self.point(across, up)
        target -= np.array([across * mobject.width / 2, up * mobject.height / 2, 0.0])
        return mobject.move_to(target)

    def keep(self, mobject: Any) -> Any:
        """Move the mobject in as far as it sticks out; what is too large stands in the middle."""
        low, high = mobject.get_corner((-1, -1, 0)), mobject.get_corner((1, 1, 0))
        least, most = self.point(-1, -1) - low, self.point(1, 1) - high
        shift = np.where(least > most, (least + most) / 2, np.clip(0, least, most))
        return mobject.shift(shift * (1, 1, 0))

    def part(self, *mobjects: Any, gap: float = 0.15) -> None:
        """Move what stands in a row sideways, by as little as parts it and keeps it inside."""
        widths = np.array([mobject.width + gap for mobject in mobjects])
        before = np.concatenate([[0.0], np.cumsum(widths)[:-1]])
        lefts = np.array([mobject.get_left()[0] for mobject in mobjects])
        # Those that meet stand together, around the middle of where they all wanted to be.
        met: list[list[float]] = []
        for wanted in (lefts - before).tolist():
            met.append([wanted])
            while len(met) > 1 and np.mean(met[-2]) > np.mean(met[-1]):
                met[-2:] = [met[-2] + met[-1]]
        free = np.concatenate([[np.mean(block)] * len(block) for block in met])
        last = self.right - widths.sum() + gap
        for mobject, left, aim in zip(
            mobjects, lefts, np.clip(free, self.left, max(self.left, last)) + before, strict=True
        ):
            if abs(aim - left) > 1e-6:
                mobject.shift([aim - left, 0, 0])

    def fit(self, mobject: Any, edge: Any = (0.0, 0.0, 0.0)) -> Any:
        """Place the mobject, scaled down if it is too large.

        Raises UsageError when its smallest text would fall below the legible size.
        """
        factor = min(
            1.0, self.width / max(mobject.width, 1e-9), self.height / max(mobject.height, 1e-9)
        )
        if factor < 1:
            self._refuse_illegible(mobject, factor)
            mobject.scale(factor)
        return self.place(mobject, edge)

    def _refuse_illegible(self, mobject: Any, factor: float) -> None:
        labels = [part for part in mobject.get_family() if hasattr(part, "cap_height")]
        small = min(labels, key=lambda label: label.cap_height, default=None)
        if small is not None and small.cap_height * factor < MINIMUM_CAP_HEIGHT - 1e-6:
            least = MINIMUM_CAP_HEIGHT / small.cap_height
            needs = (mobject.width * least, mobject.height * least)
            raise NoRoomError(
                f"{type(mobject).__name__} ({mobject.width:.1f} x {mobject.height:.1f} units) does "
                f"not fit {self.width:.1f} x {self.height:.1f} units legibly",
                f"its text {getattr(small, 'text', '')!r} would be "
                f"{small.cap_height * factor:.2f} units tall, below {MINIMUM_CAP_HEIGHT:.2f}",
                f"give it {needs[0]:.1f} x {needs[1]:.1f} units, or show fewer cells or words",
                lacks=self.short_of(*needs),
            )


def _spans(weights: tuple[float, ...], length: float, gap: float) -> list[tuple[float, float]]:
    """Start and end of each part of a length, the parts in the ratio of the weights."""
    if not weights or min(weights) <= 0:
        raise UsageError(
            f"cannot split an area by weights {weights}", "give one or more numbers greater than 0"
        )
    shares = np.asarray(weights, dtype=float) / sum(weights)
    free = length - gap * (len(weights) - 1)
    ends = np.cumsum(shares) * free
    return [
        (start + gap * index, end + gap * index)
        for index, (start, end) in enumerate(pairwise([0.0, *ends.tolist()]))
    ]
