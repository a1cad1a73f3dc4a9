"""The units of a layer's feed-forward network over a text, and the patterns that they share."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.primitives import Area, Label, TensorBox, about
from mlanim.subjects.thoughts.models.firing import factors_of
from mlanim.subjects.thoughts.models.thoughts import Thoughts
from mlanim.subjects.thoughts.primitives.shaded_text import ShadedText
from mlanim.theme import AsIs

__all__ = ["firing", "patterns"]

_ROW, _HIGHEST = 0.3, 0.7  # units: the lowest and the highest row of cells
_LEFT, _GAP = 1.2, 0.3  # units: beside the cells, for their names, at least; between two things
_BESIDE = 0.35  # units: between a name and its cells, and the frame's rim


def firing(scene: Explainer, found: Thoughts, layer: int, count: int) -> None:
    """Units over tokens, and below them the factors of these numbers."""
    neurons, numbers = found.neurons, found.neuron_numbers
    assert neurons is not None and numbers is not None
    fired = np.maximum(neurons[layer], 0)
    factors = factors_of(fired, count)
    room = page_room(scene)
    told = Label(
        f"units that fire most; full colour: {fired.max():.2f}. "
        f"The factors hold {100 * factors.explained:.0f} % of their squares.",
        theme=scene.theme,
        size="small",
        role="muted",
        width=room.width,
    )
    said = scene.theme.words.said
    units_named = [said(f"unit {number}") for number in numbers[layer]]
    factors_named = [said(f"factor {i + 1}") for i in range(len(factors.firing))]
    widest = max((*units_named, *factors_named), key=len)
    left = Label(AsIs(widest), theme=scene.theme, size="small").width + _BESIDE
    style: dict[str, Any] = {
        "theme": scene.theme,
        "cell": (room.width - max(_LEFT, left)) / len(found.tokens),
        "scale": "weight",
        "shape_label": False,
        "numbers": False,
        "means": "activation",
    }
    names = list(found.token_names)
    rim = TensorBox(fired[:1], cell_height=_ROW, column_labels=names, **style)
    free = room.height - (rim.height - _ROW) - told.height - 3 * _GAP
    rows = min(len(fired), max(2, int(free / _ROW) - len(factors.firing)))
    kept = np.sort(np.argsort(-fired.max(axis=1), kind="stable")[:rows])
    kept = kept[np.argsort(factors.loads[kept].argmax(axis=1), kind="stable")]
    style["cell_height"] = min(_HIGHEST, free / (rows + len(factors.firing)))
    units = TensorBox(
        fired[kept],
        role="hidden",
        row_labels=[units_named[i] for i in kept],
        column_labels=names,
        **style,
    )
    below = TensorBox(
        factors.firing,
        role="context",
        row_labels=factors_named,
        **style,
    )
    about(units, layer=layer + 1)
    about(below, layer=layer + 1)
    _stack(units, below, told, room)
    scene.turn_to(f"What fires in layer {layer + 1}", units)
    scene.wait(2)
    scene.play(do.appear(below, told, run_time=0.8))
    scene.wait(4.5)


def patterns(scene: Explainer, found: Thoughts, layer: int, count: int) -> None:
    """The text, shaded by one factor after the other."""
    assert found.neurons is not None
    factors = factors_of(found.neurons[layer], count)
    body = page_room(scene)
    text = ShadedText(
        found.token_names, factors.firing[0], limit=1.0, role="context", **scene.on(body)
    )
    scene.turn_to("Where factor 1 is at work", text)
    scene.wait(1.5)
    for number, row in enumerate(factors.firing[1:], 2):
        scene.play(
            scene.retitle(f"Where factor {number} is at work"),
            text.animate(run_time=0.8).set_values(np.maximum(row, 0)),
        )
        scene.wait(1.5)


def _stack(units: TensorBox, factors: TensorBox, told: Label, room: Area) -> None:
    """One above the other, column below column, in the middle of a room."""
    factors.next_to(units, [0, -1, 0], buff=_GAP)
    factors.shift([units.frame.get_x() - factors.frame.get_x(), 0, 0])
    told.next_to(factors, [0, -1, 0], buff=_GAP)
    low, top = told.get_bottom()[1], units.get_top()[1]
    left = min(units.get_left()[0], factors.get_left()[0])
    right = max(units.get_right()[0], factors.get_right()[0])
    middle = np.array([(left + right) / 2, (low + top) / 2, 0])
    for part in (units, factors):
        part.shift(room.center - middle)
    told.shift([0, room.center[1] - middle[1], 0])
    told.set_x(room.center[0])
