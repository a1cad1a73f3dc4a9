"""A prediction beside what is right, and the difference: where each probability should go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.arrays import weight_array
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["PredictionError"]

_HEADS = ("predicted", "right", "error")


class PredictionError(VGroup):
    """Rows of words: predicted probabilities (n,), the one-hot target (n,), predicted minus target.

    Both sum to 1: the last row may stand for all other words. Minus the error is the gradient of
    the cross-entropy with respect to the logits, turned round: where each logit is nudged.

    Parts: `.names`, `.bars` (SoftmaxBars), `.right` and `.error` (TensorBox columns), `.heads`.

    >>> page = PredictionError(["a", "b"], [0.7, 0.3], [0.0, 1.0], area=Area(0, 0, 10, 5))
    >>> page.error.values.round(2).tolist()
    [0.7, -0.7]
    """

    def __init__(
        self,
        names: Sequence[str],
        predicted: Any,
        target: Any,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        chances = weight_array(predicted, "PredictionError", (1,))
        target = weight_array(target, "PredictionError target", (1,))
        self.theme = theme
        _, body = area.rows(0.5, 6, gap=0.15)
        row = min(0.75, body.height / len(names))
        labels = [Label(AsIs(name), theme=theme, role="output") for name in names]
        words = max(label.width for label in labels)
        width = min(area.width, 11.0)
        left = area.center[0] - width / 2
        top = body.center[1] + (len(names) - 1) * row / 2
        if body.height > (len(names) + 1) * row:
            top = body.top - 0.3 - row / 2
        self.names = VGroup(
            *(
                label.center_on([left + words - label.width / 2, top - i * row, 0])
                for i, label in enumerate(labels)
            )
        )
        style: dict[str, Any] = {
            "theme": theme,
            "cell": 0.95,
            "cell_height": row,
            "shape_label": False,
            "limit": 1.0,
        }
        error_x = left + width - 0.5
        right_x = error_x - (1.35 if area.is_wide else 1.15)
        middle = top - (len(names) - 1) * row / 2
        self.error = TensorBox(chances - target, role="negative", **style)
        self.error.move_to([error_x, middle, 0])
        self.right = TensorBox(target, role="output", scale="weight", decimals=0, **style)
        self.right.move_to([right_x, middle, 0])
        bars_left = left + words + 0.3
        self.bars = SoftmaxBars(
            chances,
            role="output",
            theme=theme,
            height=len(names) * row,
            width=max(0.8, right_x - 0.6 - bars_left - 0.85),
        )
        self.bars.shift(np.array([bars_left, middle, 0]) - self.bars.baseline.get_center())
        self.heads = VGroup()
        for text, x in zip(_HEADS, (bars_left, right_x, error_x), strict=True):
            label = Label(text, theme=theme, size="small", role="muted")
            at = x + label.width / 2 if text == _HEADS[0] else x
            self.heads.add(label.center_on([at, top + row / 2 + 0.3, 0]))
        area.keep(self.heads[2])
        self.add(self.names, self.bars, self.right, self.error, self.heads)
