"""Asking: which number a drawn thing stands for, and all arrays that are drawn, with their values.

What `--values` writes is what a page tells: the same arrays, named in the same way. A mark joins a
track to what it shows of an array: the bar to its weight, the dot to its row, the curve to all rows
that it runs through.
"""

from __future__ import annotations

import re
import weakref
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from manim import Mobject, Scene
from numpy.typing import NDArray

from mlanim.primitives.facts import facts_of
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Number
from mlanim.publish.page.marking import ALONG, WHOLE, marks_of
from mlanim.publish.page.recording import Recorder
from mlanim.review.drawn_values import chains_with_data, data_of
from mlanim.review.naming import name_of, words_of

__all__ = ["Asker", "Mark", "Tensor", "content_of"]

Mark = tuple[int, int, int, int]
Shape = list[Any]  # of lines, how many points each has stands in the middle: [2, [9, 5], 2]


@dataclass
class Tensor:
    """An array that is drawn.

    Attributes:
        name: as `--values` has it; title: as a reader would call it, "" for a number alone.
        values: of a time, in thousandths of a second, the shape and the values from then on, flat;
            the first are told before, too.
    """

    name: str
    title: str
    what: str
    kind: str
    role: str
    facts: dict[str, Any]
    labels: list[str]
    axes: list[str]
    values: list[tuple[int, Shape, NDArray]] = field(default_factory=list)


class Asker:
    """Notes at the end of each play which numbers are drawn, and where.

    Attributes:
        marks: of a track, from a time on, the number of its tensor, the flat index within, and 0 or
            the number of values that the tensor had when a copy was made of it.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.tensors: list[Tensor] = []
        self.marks: dict[int, list[Mark]] = {}
        self._recorder = recorder
        self._within: list[int] = []  # how many wholes each tensor's thing was found in, and itself
        self._of: dict[tuple[int, str], tuple[weakref.ref[Mobject], int]] = {}

    def ask(self, scene: Scene) -> None:
        """Look at a scene whose state was just recorded."""
        copies = [(track, origin, self._mark_of(origin)) for track, origin in self._recorder.copies]
        self._recorder.copies.clear()
        found: dict[int, tuple[tuple[int, int], int, int]] = {}
        for chain in chains_with_data(scene):
            for part, values in data_of(chain):
                lines = isinstance(values, list) and bool(values)
                lines = lines and isinstance(values[0], np.ndarray)
                array = np.concatenate(values) if lines else np.asarray(values)
                if array.dtype.kind not in "fiubUO" or not array.size:  # or texts, or both
                    continue
                shape: Shape = list(array.shape)
                if lines:
                    shape = [len(values), [len(line) for line in values], 2]
                self._find(found, chain, part, array, self._note(chain, part, array, shape))
        now = self._recorder.times[-1]
        for track, (_, tensor, index) in found.items():
            held = self.marks.setdefault(track, [])
            if not held or held[-1][1:] != (tensor, index, 0):
                held.append((now if held else 0, tensor, index, 0))
        for track, origin, before in copies:
            if mark := before or self._mark_of(origin):  # or it came when the copy arrived
                self.marks.setdefault(track, []).insert(0, mark)

    def _mark_of(self, origin: Mobject) -> Mark | None:
        """What a copy shows: the number of what it stands for, as it was last noted."""
        track = self._recorder.track_of(origin)
        held = None if track is None else self.marks.get(track)
        if not held:
            return None
        _, tensor, index, _ = held[-1]
        return 0, tensor, index, len(self.tensors[tensor].values)

    def _note(self, chain: tuple[Mobject, ...], part: str, array: NDArray, shape: Shape) -> int:
        """Take down an array's values; its number."""
        thing: Any = chain[-1]
        known = self._of.get((id(thing), part))
        number = known[1] if known and known[0]() is thing else None
        if number is None:
            number = len(self.tensors)
            self._of[id(thing), part] = weakref.ref(thing), number
            self.tensors.append(_tensor(chain, part))
            self._within.append(len(chain))
        elif len(chain) > self._within[number]:  # it came alone, and is called by its whole now
            self.tensors[number] = replace(_tensor(chain, part), values=self.tensors[number].values)
            self._within[number] = len(chain)
        held = self.tensors[number].values
        if not held or held[-1][1] != shape or content_of(held[-1][2]) != content_of(array):
            held.append((self._recorder.times[-1], shape, array.copy().ravel()))
        return number

    def _find(
        self,
        found: dict[int, tuple[tuple[int, int], int, int]],
        chain: tuple[Mobject, ...],
        part: str,
        array: NDArray,
        number: int,
    ) -> None:
        """What shows least of an array tells most of it; of those alike, the nearest thing."""
        for mobject, index in marks_of(chain, part, array):
            rank = (1 if index == ALONG else 0 if index == WHOLE else 2), len(chain)
            for leaf in mobject.get_family():
                track = self._recorder.track_of(leaf)
                if track is not None and (track not in found or found[track][0] < rank):
                    found[track] = rank, number, index


def content_of(array: NDArray) -> tuple[str, bytes]:
    """What tells an array's values, flat, from all others: numbers beside texts have addresses."""
    if array.dtype.kind == "O":
        return "O", repr(array.ravel().tolist()).encode()
    return array.dtype.str, array.tobytes()


def _tensor(chain: tuple[Mobject, ...], part: str) -> Tensor:
    thing: Any = chain[-1]
    seen = getattr(thing, "seen", None)
    what = seen.what if isinstance(seen, Seen) else ""
    role = getattr(thing, "role", None)
    label = words_of(getattr(thing, "label", None)) or _whole_label(chain)
    name = f"{name_of(chain)} {part}".strip()
    title = " ".join(word for word in (label or words_of(thing), part) if word)
    if isinstance(thing, Number) and not label:
        title = ""  # its own words are its digits, which it may change
    else:
        title = title or _in_words(name, thing) or what or name
    labels = [label.text for label in getattr(thing, "labels", ()) if hasattr(label, "text")]
    return Tensor(
        name,
        title,
        what,
        type(thing).__name__,
        role if isinstance(role, str) else "",
        facts_of(chain),
        labels if not part else [],
        list(getattr(thing, "value_axes", ())),
    )


def _in_words(name: str, thing: Any) -> str:
    """ "AttentionTable state 1" as "attention table state 1"; "" for a bare class."""
    if name == type(thing).__name__:
        return ""
    name = name.removeprefix("VMobject ").strip("'")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _whole_label(chain: tuple[Mobject, ...]) -> str:
    """What the nearest whole around a thing is called."""
    labels = (words_of(getattr(whole, "label", None)) for whole in reversed(chain[:-1]))
    return next(filter(None, labels), "")
