"""All that is drawn of data, read back from a scene: arrays, numbers, points, curves, boundaries.

A primitive that shows one array has it as `values`, `weights`, `value` or `votes`; one that shows
more tells all of it by name, as `drawn_data`. What stands on a plane of data knows its place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from manim import Mobject, Scene, VMobject
from numpy.typing import NDArray

from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.facts import facts_of
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.plane_view import PlaneView
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Glyph, Number
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.review.naming import name_of
from mlanim.review.picture import VISIBLE

__all__ = ["DrawnValues", "ValueObserver", "chains_with_data", "data_of"]

Chain = tuple[Mobject, ...]

_TICK = 1e-6  # seconds
_ARRAYS = ("values", "weights", "value", "votes")
_NUMBERED = (TensorBox, AttentionMatrix, SoftmaxBars)  # whose numbers repeat their array


class DrawnValues:
    """Collects what is drawn, a record each: name, step, time, shape, values, and what it is of.

    Lines are lists of points, as many as each has: their shape is [lines, None, 2].
    A thing is told once in a step, and again when its values have changed.
    """

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self._seen: dict[tuple[int, str, str], tuple[bytes, Mobject]] = {}

    def note(self, scene: Scene, time: float, step: str) -> None:
        """Look at a scene as it stands at `time`, in a step."""
        for chain in chains_with_data(scene):
            for part, values in data_of(chain):
                self._keep(chain, part, values, time, step)

    def _keep(self, chain: Chain, part: str, values: Any, time: float, step: str) -> None:
        thing = chain[-1]
        lines = isinstance(values, list) and bool(values) and isinstance(values[0], np.ndarray)
        array = np.concatenate(values) if lines else np.asarray(values)
        key = (id(thing), part, step)
        # numbers beside texts are objects, whose bytes are addresses
        content = repr(array.tolist()).encode() if array.dtype.kind == "O" else array.tobytes()
        if self._seen.get(key, (None,))[0] == content:
            return
        self._seen[key] = (content, thing)  # kept alive, so that no other gets its id
        name = f"{name_of(chain)} {part}".strip()
        record: dict[str, Any] = {"name": name, "kind": type(thing).__name__}
        if isinstance(role := getattr(thing, "role", None), str):
            record["role"] = role
        record |= {"step": step, "time": round(time, 3)} | facts_of(chain)
        if labels := _labels(thing, part):
            record["labels"] = labels
        record["shape"] = [len(values), None, 2] if lines else list(array.shape)
        if axes := getattr(thing, "value_axes", ()):
            record["axes"] = list(axes)
        plain = [_plain(line) for line in values] if lines else _plain(array)
        self.records.append(record | {"values": plain})


class ValueObserver(Observer):
    """Looks at a render at the end of every play that is shown.

    Args:
        picture: keep only what stands on one picture, the last.
        at: the picture at this time of the output instead.
    """

    def __init__(self, *, picture: bool = False, at: float | None = None) -> None:
        self.drawn = DrawnValues()
        self._picture, self._at = picture, at
        self._step = ""
        self._scene: Scene | None = None

    def play_started(self, scene: Scene) -> None:
        """Note the step: it may be over when the play has ended."""
        self._scene, self._step = scene, moment_of(scene).step

    def frame(self, pixels: Any, time: float, repeat: int) -> None:
        """Note what stands on a picture that is wanted from within a play."""
        if self._at is not None and self._scene is not None and time <= self._at + _TICK:
            self._anew(self._scene, time)

    def play_finished(self, scene: Scene, time: float) -> None:
        """Note what stands there."""
        if self._at is None and not self._picture:
            self.drawn.note(scene, time, self._step)
        elif self._at is None or time <= self._at + _TICK:
            self._anew(scene, time)

    def _anew(self, scene: Scene, time: float) -> None:
        """Let go of what earlier pictures showed."""
        self.drawn = DrawnValues()
        self.drawn.note(scene, time, self._step)


def chains_with_data(scene: Scene) -> Iterator[Chain]:
    """Everything on screen that may show data, once, with its wholes from the outermost in."""
    met: set[int] = set()

    def descend(chain: Chain) -> Iterator[Chain]:
        thing = chain[-1]
        if id(thing) in met or isinstance(thing, Glyph):
            return
        met.add(id(thing))
        ours = type(thing).__module__.startswith("mlanim.")
        if (ours or hasattr(thing, "plane_view")) and _visible(thing):
            yield chain
        for part in thing.submobjects:
            yield from descend((*chain, part))

    for mobject in dict.fromkeys([*scene.mobjects, *scene.foreground_mobjects]):
        yield from descend((mobject,))


def _visible(thing: Mobject) -> bool:
    """Whether any part of it leaves ink."""
    for part in thing.get_family():
        if not isinstance(part, VMobject):
            if len(part.points):
                return True  # a picture
        elif len(part.points) and max(part.get_fill_opacity(), part.get_stroke_opacity()) > VISIBLE:
            return True
    return False


def data_of(chain: Chain) -> Iterator[tuple[str, Any]]:
    """What the last of a chain shows: parts by name, "" for its one array."""
    thing: Any = chain[-1]
    if isinstance(thing, Number) and any(isinstance(whole, _NUMBERED) for whole in chain[:-1]):
        return
    if isinstance(thing, HeatImage) and any(
        getattr(whole, "picture", None) is thing for whole in chain[:-1]
    ):
        return  # its whole tells the array that it pictures
    told = getattr(thing, "drawn_data", None)
    if isinstance(told, Mapping):
        yield from told.items()
        return
    for name in _ARRAYS:
        values = getattr(thing, name, None)
        if isinstance(values, np.ndarray | float | int) and np.asarray(values).dtype.kind in "fiu":
            yield "", np.atleast_1d(values)
            return
    view = getattr(thing, "plane_view", None)
    if isinstance(view, PlaneView) and isinstance(thing, VMobject):
        yield "", view.lines(thing.points)


def _labels(thing: Any, part: str) -> list[str]:
    """The word at each row: of all that a thing shows, or of its one array."""
    if told := getattr(thing, "value_labels", ()):
        return list(told)
    labels = () if part else getattr(thing, "labels", ())
    return [label.text for label in labels if hasattr(label, "text")]


def _plain(array: NDArray) -> Any:
    """Lists of numbers; what is not finite has no number in JSON."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        held: NDArray[Any] = array.astype(object)
        held[~np.isfinite(array)] = None
        return held.tolist()
    return array.tolist()
