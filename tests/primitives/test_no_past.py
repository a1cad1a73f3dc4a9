"""What a noun shows follows from its values alone, not from those that it showed before.

So a play that was jumped over ends as one gone through: processes that share a film tell each
other the state of every mobject, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mlanim.primitives import Area, LogitBars, Number, SoftmaxBars, TensorBox
from mlanim.render.watched.reaching import Walk
from mlanim.subjects.thoughts import ShadedText
from mlanim.theme import DARK

AREA = Area(0, 0, 8, 5)
WORDS = ["la", "maison", "noire"]
FIRST, BETWEEN, LAST = np.array([[0.1, 0.2, 0.7], [0.97, 0.01, 0.02], [0.3, 0.3, 0.4]])
NOUNS: dict[str, Callable[[np.ndarray], object]] = {
    "TensorBox": lambda v: TensorBox(v, role="output", limit=1.0, numbers=True, cell=0.8),
    "SoftmaxBars": lambda v: SoftmaxBars(v, labels=WORDS, theme=DARK),
    "LogitBars": lambda v: LogitBars(v, area=AREA, theme=DARK),
    "ShadedText": lambda v: ShadedText(WORDS, v, area=AREA, theme=DARK),
    "Number": lambda v: Number(v[0], theme=DARK),
}


def shown(noun: object, values: np.ndarray) -> object:
    """The noun, with other values."""
    if isinstance(noun, Number):
        return noun.set_value(values[0])
    if isinstance(noun, SoftmaxBars):
        return noun.set_weights(values)
    return noun.set_values(values)  # type: ignore[attr-defined]


def state(noun: object) -> str:
    walk = Walk()
    walk.take(noun)
    return walk.digest()


@pytest.mark.parametrize("name", NOUNS)
def test_a_noun_has_no_past(name: str) -> None:
    through, at_once = NOUNS[name](FIRST), NOUNS[name](FIRST)
    assert state(through) == state(at_once)
    for share in (0.3, 0.7, 1.0):
        through = shown(through, FIRST + share * (BETWEEN - FIRST))
    assert state(through) != state(at_once)
    assert state(shown(through, LAST)) == state(shown(at_once, LAST))
