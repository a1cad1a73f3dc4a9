"""Logits, their exponentials, and the shares that these are of their sum, one row a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from mlanim.primitives.area import Area
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.text import Label, Number
from mlanim.theme import LIGHT, Theme

__all__ = ["SoftmaxTable"]


class SoftmaxTable(VGroup):
    """names and logits (k,). Parts: `.names`, `.heads`, `.logits`, `.powers`, `.sum` (name and
    number), `.bars` (the probabilities).

    >>> table = SoftmaxTable(["a", "b"], [0.0, 0.0], area=Area(-7, -4, 14, 7))
    >>> table.bars.weights.tolist(), table.sum[1].text
    ([0.5, 0.5], '2.00')
    """

    def __init__(
        self,
        names: Sequence[str],
        logits: Sequence[float] | NDArray,
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        values = np.asarray(logits, float)
        powers = np.exp(values)
        count = len(values)
        cap = min(1.6 * theme.sizes.body, area.height / (3.2 * (count + 2)), area.width / 34)
        cap = max(cap, theme.sizes.small)
        style: dict[str, Any] = {"theme": theme, "size": cap}
        pitch = min(area.height / (count + 2), 5.5 * cap)
        top = area.center[1] + pitch * (count + 1) / 2
        named = max(Label(name, **style).width for name in names)
        free = area.width - named
        logit_end, power_end = area.left + named + 0.22 * free, area.left + named + 0.46 * free
        start = power_end + 0.06 * free
        self.names, self.logits, self.powers = VGroup(), VGroup(), VGroup()
        for i, name in enumerate(names):
            y = top - (i + 1) * pitch - cap / 2
            label = Label(name, weight="bold", **style).align_baseline(y)
            self.names.add(label.shift([area.left - label.get_left()[0], 0, 0]))
            self.logits.add(_ends(Number(values[i], anchor="right", **style), logit_end, y))
            powered = Number(powers[i], anchor="right", role="hidden", **style)
            self.powers.add(_ends(powered, power_end, y))
        y = top - cap / 2
        heads = (("logit", logit_end), ("exp", power_end))
        self.heads = VGroup(
            *(_ends(Label(text, role="muted", **style), end, y) for text, end in heads)
        )
        y = top - (count + 1) * pitch - cap / 2
        self.sum = VGroup(
            _ends(Label("sum", role="muted", **style), logit_end, y),
            _ends(Number(powers.sum(), anchor="right", role="hidden", **style), power_end, y),
        )
        shares = powers / powers.sum()
        end = area.right - Label("0.000", theme=theme, size="small").width - 0.2
        self.bars = SoftmaxBars(
            shares,
            theme=theme,
            width=end - start,
            height=count * pitch,
            limit=float(shares.max()),
            decimals=3,
        )
        self.bars.shift(np.array([start, top - pitch / 2, 0]) - self.bars.baseline.get_start())
        self.add(self.names, self.heads, self.logits, self.powers, self.sum, self.bars)


def _ends(label: Label, right: float, y: float) -> Label:
    label.align_baseline(y)
    return label.shift([right - label.get_right()[0], 0, 0])
