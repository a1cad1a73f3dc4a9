"""A formula term by term: the mean squared error of three predictions."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.operations import play_code

__all__ = ["CODE", "PREDICTIONS", "formula"]

CODE = "1 / n * np.sum(np.square(predictions - labels))"
PREDICTIONS = {
    "predictions": np.array([1, 1, 1]),
    "labels": np.array([1, 2, 3]),
    "n": np.array(3),
}
_FORMULA = '"error" = 1/n sum_(i=1)^n ("prediction"_i - "label"_i)^2'


def formula(scene: Explainer) -> None:
    """The formula as it is written, then as NumPy computes it."""
    scene.turn_to("The mean squared error")
    written = show.Formula(_FORMULA, theme=scene.theme, size=0.5)
    room = scene.body.inset(0.3)
    if written.width > room.width:
        written.scale(room.width / written.width)
    scene.play(do.appear(room.place(written)))
    scene.wait(2)
    play_code(scene, CODE, PREDICTIONS, rest=0.7)
    scene.wait(1)
