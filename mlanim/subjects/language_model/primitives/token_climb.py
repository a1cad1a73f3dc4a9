"""One token on its way through a stack of layers: a vector below, between and above them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.facts import about
from mlanim.primitives.layer_stack import LayerStack
from mlanim.primitives.short_vector import short_vector
from mlanim.primitives.text import Label
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["TokenClimb"]

_STATE = 0.3  # units: height of a state's strip
_PITCH = 1.25  # units a layer needs, so that there is room for a strip between two


class TokenClimb(VGroup):
    """hidden_states (L + 1, d) of one token: what enters the first of L layers, what leaves each.

    Where there are more layers than can be drawn, some are, evenly chosen, the last among them.

    Parts: `.stack` (LayerStack), `.states` (one more than layers drawn), `.token`, `.drawn` (the
    numbers of the layers, from 1), `.note`.
    """

    def __init__(
        self,
        token: str,
        hidden_states: Any,
        *,
        area: Area,
        name: str = "layer",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        states = np.asarray(hidden_states, dtype=float)
        count = len(states) - 1
        most = min(count, max(1, int((area.height - 1.1) / _PITCH)))
        self.drawn = [int(i) for i in np.unique(np.linspace(1, count, most).round())]
        low = 0.75
        inner = Area(area.left, area.bottom + low, area.width, area.height - low - _STATE)
        self.stack = LayerStack(len(self.drawn), name, area=inner, role="decoder", theme=theme)
        for number, layer in zip(self.drawn, self.stack.layers, strict=True):
            if layer.label.text != f"{name} {number}":
                layer.label.become(
                    Label(
                        f"{name} {number}",
                        theme=theme,
                        role="decoder",
                        weight="bold",
                        size=layer.label.cap_height,
                    ).move_to(layer.label)
                )
        width = min(4.2, 0.55 * area.width)
        style: dict[str, Any] = {"theme": theme, "role": "hidden", "height": _STATE, "cell": 0.2}
        self.states = VGroup(
            *(
                short_vector(states[i], width=width, limit=float(np.abs(states[i]).max()), **style)
                for i in (0, *self.drawn)
            )
        )
        for state, layer in zip(self.states, (0, *self.drawn), strict=True):
            about(state, layer=layer)
        for state, (start, end) in zip(self.states, self.stack.spans, strict=True):
            state.move_to([area.center[0], (start[1] + end[1]) / 2, 0])
        self.token = Label(AsIs(token), theme=theme, role="decoder", weight="bold", size=0.26)
        self.token.center_on([area.center[0], area.bottom + 0.2, 0])
        self.states[0].move_to([area.center[0], area.bottom + low, 0])
        said = f"{states.shape[1]} numbers, each on its own scale"
        if len(self.drawn) < count:
            said += f"; {len(self.drawn)} of {count} layers"
        beside = (area.width - width) / 2 - 0.3
        self.note = Label(said, theme=theme, size="small", role="muted", width=beside)
        self.note.move_to([area.left + self.note.width / 2, area.center[1], 0])
        self.add(self.stack, self.states, self.token, self.note)
