"""What a noun shows follows from its values alone, not from those that it showed before.

So a play that was jumped over ends as one gone through: processes that share a film tell each
other the state of every mobject, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mlanim.primitives import Area, LogitBars, Number, SoftmaxBars, TensorBox
from mlanim.render.watched.reaching import Walk
from mlanim.subjects.thoughts import ShadedText
from mlanim.theme import DARK

AREA = Area(0, 0, 8, 5)
WORDS = ["la", "maison", "noire"]
FIRST, BETWEEN, LAST = np.array([[0.1, 0.2, 0.7], [0.97, 0.01, 0.02], [0.3, 0.3, 0.4]])
Show = Callable[[Any, np.ndarray], object]
NOUNS: dict[str, tuple[Callable[[np.ndarray], object], Show]] = {
    "TensorBox": (
        lambda v: TensorBox(v, role="output", limit=1.0, numbers=True, cell=0.8),
        TensorBox.set_values,
    ),
    "SoftmaxBars": (
        lambda v: SoftmaxBars(v, labels=WORDS, theme=DARK),
        SoftmaxBars.set_weights,
    ),
    "LogitBars": (lambda v: LogitBars(v, area=AREA, theme=DARK), LogitBars.set_values),
    "ShadedText": (
        lambda v: ShadedText(WORDS, v, area=AREA, theme=DARK),
        ShadedText.set_values,
    ),
    "Number": (lambda v: Number(v[0], theme=DARK), lambda noun, v: noun.set_value(v[0])),
}


def state(noun: object) -> str:
    walk = Walk()
    walk.take(noun)
    return walk.digest()


@pytest.mark.parametrize("name", NOUNS)
def test_a_noun_has_no_past(name: str) -> None:
    make, show = NOUNS[name]
    through, at_once = make(FIRST), make(FIRST)
    assert state(through) == state(at_once)
    for share in (0.3, 0.7, 1.0):
        show(through, FIRST + share * (BETWEEN - FIRST))
    assert state(through) != state(at_once)
    show(through, LAST)
    show(at_once, LAST)
    assert state(through) == state(at_once)
