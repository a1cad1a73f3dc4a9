"""Asking: which number a drawn thing stands for, and all arrays that are drawn, with their values.

What `--values` writes is what a page tells: the same arrays, named in the same way. A mark joins a
track to a number: the bar to its weight, the cell to its value.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Scene
from numpy.typing import NDArray

from mlanim.primitives.facts import facts_of
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.publish.page.recording import Recorder
from mlanim.review.drawn_values import chains_with_data, data_of
from mlanim.review.naming import name_of, words_of

__all__ = ["WHOLE", "Asker", "Tensor", "content_of", "marks_of"]

WHOLE = -1  # in place of an index: the thing shows all of its array
_PARTS = ("numbers", "cells", "bars", "arrows", "dots", "rows", "columns", "curves", "lines")
_DRAWN_AS = {"weights": "arrows", "losses": "curve"}


@dataclass
class Tensor:
    """An array that is drawn.

    Attributes:
        name: as `--values` has it; title: as a reader would call it.
        values: pairs of a time, in thousandths of a second, and the values from then on, flat.
    """

    name: str
    title: str
    what: str
    kind: str
    role: str
    shape: list[int | None]
    facts: dict[str, Any]
    labels: list[str]
    axes: list[str]
    values: list[tuple[int, NDArray]] = field(default_factory=list)


class Asker:
    """Notes at the end of each play which numbers are drawn, and where.

    Attributes:
        marks: of a track, the number of its tensor and the flat index within.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.tensors: list[Tensor] = []
        self.marks: dict[int, tuple[int, int]] = {}
        self._recorder = recorder
        self._of: dict[tuple[int, str], tuple[weakref.ref[Mobject], int]] = {}

    def ask(self, scene: Scene) -> None:
        """Look at a scene whose state was just recorded."""
        for chain in chains_with_data(scene):
            for part, values in data_of(chain):
                lines = isinstance(values, list) and bool(values)
                lines = lines and isinstance(values[0], np.ndarray)
                array = np.concatenate(values) if lines else np.asarray(values)
                if array.dtype.kind not in "fiubUO" or not array.size:  # or texts, or both
                    continue
                shape = [len(values), None, 2] if lines else list(array.shape)
                self._note(chain, part, array, shape)

    def _note(
        self, chain: tuple[Mobject, ...], part: str, array: NDArray, shape: list[int | None]
    ) -> None:
        thing: Any = chain[-1]
        known = self._of.get((id(thing), part))
        number = known[1] if known and known[0]() is thing else None
        if number is None or self.tensors[number].shape != shape:
            number = len(self.tensors)
            self._of[id(thing), part] = weakref.ref(thing), number
            self.tensors.append(_tensor(chain, part, shape))
        held = self.tensors[number].values
        if not held or content_of(held[-1][1]) != content_of(array):
            held.append((self._recorder.times[-1] if held else 0, array.copy().ravel()))
        told: set[int] = set()  # each by the first that names it, which is the nearest
        for mobject, index in marks_of(chain, part, array):
            tracks = {self._recorder.track_of(leaf) for leaf in mobject.get_family()}
            for track in tracks - told - {None}:
                if track is None or (index == WHOLE and track in self.marks):
                    continue
                self.marks[track] = number, index
                told.add(track)


def content_of(array: NDArray) -> tuple[str, bytes]:
    """What tells an array's values, flat, from all others: numbers beside texts have addresses."""
    if array.dtype.kind == "O":
        return "O", repr(array.ravel().tolist()).encode()
    return array.dtype.str, array.tobytes()


def _tensor(chain: tuple[Mobject, ...], part: str, shape: list[int | None]) -> Tensor:
    thing: Any = chain[-1]
    seen = getattr(thing, "seen", None)
    what = seen.what if isinstance(seen, Seen) else ""
    label = words_of(getattr(thing, "label", None)) or _whole_label(chain) or words_of(thing)
    name = f"{name_of(chain)} {part}".strip()
    role = getattr(thing, "role", None)
    labels = [label.text for label in getattr(thing, "labels", ()) if hasattr(label, "text")]
    return Tensor(
        name,
        " ".join(word for word in (label, part) if word) or _in_words(name, thing) or what or name,
        what,
        type(thing).__name__,
        role if isinstance(role, str) else "",
        shape,
        facts_of(chain),
        labels if not part else [],
        list(getattr(thing, "value_axes", ())),
    )


def _in_words(name: str, thing: Any) -> str:
    """ "AttentionTable state 1" as "attention table state 1"; "" for a bare class."""
    if name == type(thing).__name__:
        return ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _whole_label(chain: tuple[Mobject, ...]) -> str:
    """What the nearest whole around a thing is called."""
    labels = (words_of(getattr(whole, "label", None)) for whole in reversed(chain[:-1]))
    return next(filter(None, labels), "")


def marks_of(
    chain: tuple[Mobject, ...], part: str, array: NDArray
) -> Iterator[tuple[Mobject, int]]:
    """The parts that stand for single numbers, then the whole thing."""
    thing: Any = chain[-1]
    if shown := getattr(thing, "drawn_parts", {}).get(part):  # it tells which part is which number
        yield from ((one, i) for i, one in enumerate(shown) if one is not None)
    elif array.size > 1 and not isinstance(thing, HeatImage):
        yield from _parts(thing, part, array)
    elif array.size == 1:
        yield from _single(thing, part)
    if array.size > 1:
        yield thing, WHOLE


def _single(thing: Any, part: str) -> Iterator[tuple[Mobject, int]]:
    """A number of its own: the thing is it, or one of the thing's parts, by its name's place."""
    if not part:
        yield thing, 0
        return
    names = list(thing.drawn_data)
    groups = [members for name in _PARTS if (members := _members(getattr(thing, name, None)))]
    for members in groups:
        if len(members) == len(names):
            yield members[names.index(part)], 0
    if len(names) == 1:
        yield thing, 0


def _parts(thing: Any, part: str, array: NDArray) -> Iterator[tuple[Mobject, int]]:
    places: NDArray | None = None
    if isinstance(thing, TensorBox):
        shown = thing.shown_values.shape
        at = np.unravel_index(np.arange(int(np.prod(shown))), shown)
        places = np.ravel_multi_index(at, array.shape)
    names = (part.replace(" ", "_"), f"{part}s", _DRAWN_AS.get(part, "")) if part else _PARTS
    for name in names:
        group = getattr(thing, name, None) if name and name != "points" else None
        members = _members(group)
        if places is not None:
            count = len(places)
            if members and len(members) <= count:
                yield from zip(members, places.tolist(), strict=False)
        elif members and len(members) == array.size:
            yield from zip(members, range(array.size), strict=True)
        elif name in ("rows", "columns"):  # of which none is a single number
            continue
        elif members and array.ndim > 1 and len(members) == len(array):
            row = array.size // len(array)
            yield from ((member, i * row) for i, member in enumerate(members))


def _members(group: Any) -> list[Mobject]:
    if isinstance(group, Mobject):
        return list(group.submobjects)
    if isinstance(group, list | tuple) and all(isinstance(one, Mobject) for one in group):
        return list(group)
    return []
