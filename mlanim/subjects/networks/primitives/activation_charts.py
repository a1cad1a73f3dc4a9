"""Activation functions beside each other: what each gives, and its slope, dashed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DashedVMobject, VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.text import Label
from mlanim.subjects.networks.models.activations import ACTIVATIONS
from mlanim.theme import LIGHT, Theme

__all__ = ["ActivationCharts"]

_SPAN = (-4.0, 4.0)


class ActivationCharts(VGroup):
    """One chart a name of ACTIVATIONS. Parts of each: chart, curve, slope, name.

    >>> charts = ActivationCharts(["tanh", "relu"], area=Area(-7, -4, 14, 7))
    >>> [chart[3].text for chart in charts]
    ['tanh', 'relu']
    """

    def __init__(self, names: Sequence[str], *, area: Area, theme: Theme = LIGHT) -> None:
        super().__init__()
        xs = np.linspace(*_SPAN, 121)
        cap = theme.sizes.body
        for name, room in zip(names, area.squares(len(names), gap=0.4), strict=True):
            head, body = room.rows(2 * cap, room.height - 2 * cap - 0.1, gap=0.1)
            act = ACTIVATIONS[name]
            values = act.value(xs)
            slopes = act.slope(xs, values)
            high = 1.2 if values.max() <= 1 else 4.0
            low = -1.2 if values.min() < 0 else -0.1
            chart = Chart(_SPAN, (low, high), area=body, most_ticks=4, theme=theme)
            curve = chart.curve(np.stack([xs, values], axis=1), ink=theme.role("output").ink)
            # A jump is a jump, not a steep line.
            points = np.stack([xs, slopes], axis=1)
            slope = VGroup(
                *(
                    DashedVMobject(
                        chart.curve(part, ink=theme.role("context").ink, width=theme.stroke.normal),
                        num_dashes=max(4, int(0.3 * len(part))),
                    )
                    for part in np.split(points, np.flatnonzero(np.abs(np.diff(slopes)) > 0.5) + 1)
                )
            )
            label = Label(name, theme=theme, weight="bold", role="output")
            label.align_baseline(head.center[1] - cap / 2)
            label.shift([chart.box.left - label.get_left()[0], 0, 0])
            self.add(VGroup(chart, curve, slope, label))
