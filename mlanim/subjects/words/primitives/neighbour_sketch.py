"""One word and its neighbours, and which of them is predicted from which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array
from mlanim.primitives.seen import Seen
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["NeighbourSketch"]

_STRIP = 0.55  # units, how high a vector is
_CELLS = 32  # of a vector that are drawn, as they are without numbers


class NeighbourSketch(VGroup):
    """Skip-gram (`way="out"`): the word's vector predicts each neighbour. Continuous bag of words
    (`way="in"`): the neighbours' vectors, of which the mean predicts the word.

    vectors: the word's (d,), or the neighbours' (n, d). Parts: `.title`, `.given` (labels),
    `.strips` (a TensorBox each), `.mean` (a TensorBox; an empty group for "out"), `.wires`,
    `.asked` (labels of what is predicted).

    >>> sketch = NeighbourSketch(
    ...     "king", ["the", "wore"], [[1.0, 0], [0, 1]], way="in", area=Area(0, 0, 6, 5))
    >>> sketch.mean.values.tolist()
    [0.5, 0.5]
    """

    def __init__(
        self,
        word: str,
        neighbours: Sequence[str],
        vectors: Any,
        *,
        way: Literal["in", "out"],
        area: Area,
        title: str = "",
        limit: float | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        array = np.atleast_2d(finite_array(vectors, "NeighbourSketch", (1, 2)))
        self.theme = theme
        limit = float(np.abs(array).max() or 1.0) if limit is None else limit
        head, body = area.rows(0.5, 5, gap=0.1)
        self.title = Label(title or " ", theme=theme, role="muted", weight="bold")
        self.title.center_on(head.center)
        pitch = body.height / len(neighbours)
        rows = [body.top - (i + 0.5) * pitch for i in range(len(neighbours))]
        middle = body.center[1]
        size = float(np.clip(0.28 * min(pitch, 1.1), theme.sizes.small, 0.3))
        several = [Label(AsIs(n), theme=theme, role="key", size=size) for n in neighbours]
        one = Label(AsIs(word), theme=theme, role="query", weight="bold", size=max(size, 0.24))
        room = body.width - one.width - max(label.width for label in several) - 0.3
        wide = min(3.4, (0.36 if way == "in" else 0.6) * room)
        style: dict[str, Any] = {
            "theme": theme,
            "limit": limit,
            "cell": wide / min(_CELLS, array.shape[1]),
        }
        shown = _CELLS if array.shape[1] > _CELLS else None

        def strip(values: np.ndarray, role: str = "hidden") -> TensorBox:
            return TensorBox(
                values,
                role=role,
                cell_height=min(_STRIP, 0.7 * pitch),
                orientation="row",
                numbers=False,
                shape_label=False,
                shown=shown,
                means="embedding" if role == "hidden" else "",
                **style,
            )

        self.strips, self.wires, self.mean = VGroup(), VGroup(), VGroup()
        if way == "out":
            left = body.left + one.width / 2
            one.center_on([left, middle, 0])
            vector = strip(array[0])
            vector.move_to([body.left + one.width + 0.15 + vector.width / 2, middle, 0])
            self.strips.add(vector)
            edge = body.right - max(label.width for label in several)
            for label, y in zip(several, rows, strict=True):
                label.center_on([edge + label.width / 2, y, 0])
                self.wires.add(self._wire(vector.get_right(), [edge - 0.12, y, 0], "key"))
            self.given, self.asked = VGroup(one), VGroup(*several)
        else:
            edge = body.left + max(label.width for label in several)
            for label, y, row in zip(several, rows, array, strict=True):
                label.center_on([edge - label.width / 2, y, 0])
                vector = strip(row)
                self.strips.add(vector.move_to([edge + 0.15 + vector.width / 2, y, 0]))
            one.center_on([body.right - one.width / 2, middle, 0])
            self.mean = strip(array.mean(axis=0))
            self.mean.move_to([one.get_left()[0] - 0.5 - self.mean.width / 2, middle, 0])
            for vector in self.strips:
                self.wires.add(self._wire(vector.get_right(), self.mean.get_left(), "hidden"))
            self.wires.add(self._wire(self.mean.get_right(), one.get_left(), "query"))
            self.given, self.asked = VGroup(*several), VGroup(one)
        self.add(self.wires, self.title, self.given, self.strips, self.mean, self.asked)

    def _wire(self, start: Any, end: Any, role: str) -> Wire:
        shift = np.array([0.08, 0, 0])
        return Wire(
            np.asarray(start) + shift,
            np.asarray(end) - (shift if role != "key" else 0),
            role=role,
            theme=self.theme,
            tip_length=0.12,
        )

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        given = ", ".join(label.text for label in self.given)
        return Seen(f"drawing of {given}", "predicting " + ", ".join(a.text for a in self.asked))
