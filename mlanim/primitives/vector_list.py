"""Words and their vectors, one under the other, in as many columns as it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["VectorList"]

_LOWEST_ROW = 0.36  # a row is at least as high as a line of the smallest text
_NARROWEST = 0.5  # of a vector


class VectorList(VGroup):
    """n words, each with its vector (n, d) as a strip of cells, laid out in an area.

    Parts, index i for word i: `.tokens`, `.vectors`. Colours share one scale, `limit`.
    Raises UsageError when the counts differ, or the area is too small to be legible.

    >>> listed = VectorList(["je", "suis"], np.eye(2, 4), area=Area(0, 0, 6, 3))
    >>> len(listed.tokens), listed.vectors[1].values.tolist()
    (2, [0.0, 1.0, 0.0, 0.0])
    """

    def __init__(
        self,
        tokens: Sequence[str],
        vectors: Any,
        *,
        area: Area,
        role: str = "encoder",
        theme: Theme = LIGHT,
        limit: float | None = None,
        highest_row: float = 0.8,
    ) -> None:
        super().__init__()
        vectors = np.asarray(vectors, dtype=float)
        if len(tokens) != len(vectors):
            raise UsageError(f"{len(tokens)} words and {len(vectors)} vectors", "give one for each")
        self.theme, self.limit = theme, float(np.abs(vectors).max()) if limit is None else limit
        per_column = min(len(tokens), max(1, int(area.height / _LOWEST_ROW)))
        columns = math.ceil(len(tokens) / per_column)
        per_column = math.ceil(len(tokens) / columns)
        row = min(highest_row, area.height / per_column)
        gap = 0.25
        places = area.columns(*[1.0] * columns, gap=0.5)
        for size in ("body", "small") if columns == 1 and row > 0.5 else ("small",):
            labels = [Label(AsIs(token), theme=theme, role=role, size=size) for token in tokens]
            widest = max(label.width for label in labels)
            strip = min(places[0].width - widest - gap - 0.1, 0.55 * vectors.shape[1])
            if strip >= _NARROWEST:
                break
        else:
            raise NoRoomError(
                f"{len(tokens)} words with their vectors do not fit "
                f"{area.width:.1f} x {area.height:.1f} units legibly",
                "give them more room, or fewer words",
                lacks="width" if columns == 1 else "",
            )
        boxes = []
        for index, (label, vector) in enumerate(zip(labels, vectors, strict=True)):
            column, line = divmod(index, per_column)
            place = places[column]
            left = place.center[0] - (widest + gap + strip) / 2
            y = area.center[1] + (per_column / 2 - line - 0.5) * row
            box = TensorBox.strip(
                vector, width=strip, height=0.6 * row, role=role, theme=theme, limit=self.limit
            )
            boxes.append(box.move_to([left + widest + gap + strip / 2, y, 0]))
            label.move_to([left + widest - label.width / 2, y, 0])
            label.align_baseline(y - label.cap_height / 2)
        self.tokens, self.vectors = VGroup(*labels), VGroup(*boxes)
        self.add(self.tokens, self.vectors)
