"""A system as boxes and wires, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mlanim.errors import UsageError, did_you_mean

__all__ = ["MOST_BOXES", "MOST_WIRES", "System", "SystemBox", "loops_of"]

MOST_BOXES, MOST_WIRES = 12, 30  # that one page shows legibly

BoxKind = Literal["box", "gate", "counter"]


@dataclass(frozen=True)
class SystemBox:
    """One part of a system.

    gloss: a few words below the name. lane: the name of the band that it stands in, or "".
    kind: a `gate` lets packets pass or refuses them, a `counter` counts what arrives.
    picture: (height, width), (height, width, 3) or 4, of bytes; None for none. role: its colour.
    """

    name: str
    gloss: str = ""
    lane: str = ""
    kind: BoxKind = "box"
    picture: Any = field(default=None, compare=False)
    role: str = ""


@dataclass(frozen=True)
class System:
    """boxes, and wires as pairs of their names (from, to); cycles are allowed.

    Raises UsageError, in one line, for no boxes or too many, a name twice, a wire twice, and a
    wire to a box that is not there.

    >>> loop = System((SystemBox("a"), SystemBox("b")), (("a", "b"), ("b", "a")))
    >>> loop.ends, loops_of(2, loop.ends)
    (((0, 1), (1, 0)), (1,))
    """

    boxes: tuple[SystemBox, ...]
    wires: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        names = [box.name for box in self.boxes]
        if not 1 <= len(names) <= MOST_BOXES:
            hint = f"from 1 to {MOST_BOXES} fit a page legibly"
            raise UsageError(f"{len(names)} boxes", hint, "draw several of them as one")
        if len(self.wires) > MOST_WIRES:
            raise UsageError(f"{len(self.wires)} wires", f"at most {MOST_WIRES} can be followed")
        for i, name in enumerate(names):
            if name in names[:i]:
                raise UsageError(f"two boxes are called {name!r}", "give each its own name")
        for i, wire in enumerate(self.wires):
            for name in wire:
                if name not in names:
                    what = f"the wire {wire[0]} -> {wire[1]} knows no box {name!r}"
                    raise UsageError(what, did_you_mean(name, names))
            if wire in self.wires[:i]:
                raise UsageError(
                    f"the wire {wire[0]} -> {wire[1]} is there twice", "once is enough"
                )

    @property
    def names(self) -> tuple[str, ...]:
        """Of the boxes, in their order."""
        return tuple(box.name for box in self.boxes)

    @property
    def ends(self) -> tuple[tuple[int, int], ...]:
        """The wires by the boxes' places."""
        place = {name: i for i, name in enumerate(self.names)}
        return tuple((place[start], place[end]) for start, end in self.wires)

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes' names, in the order in which boxes name them."""
        return tuple(dict.fromkeys(box.lane for box in self.boxes))


def loops_of(count: int, ends: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Which wires lead back to where one came from, by a walk from box to box in their order."""
    onward: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for number, (start, end) in enumerate(ends):
        onward[start].append((number, end))
    loops: list[int] = []
    done: set[int] = set()

    def walk(box: int, way: tuple[int, ...]) -> None:
        for number, end in onward[box]:
            if end in (*way, box):
                loops.append(number)
            elif end not in done:
                walk(end, (*way, box))
        done.add(box)

    for box in range(count):
        if box not in done:
            walk(box, ())
    return tuple(sorted(loops))
