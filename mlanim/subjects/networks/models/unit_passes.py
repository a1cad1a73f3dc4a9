"""What a page computes anew: a softmax, and a hidden unit of a network that learned."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlanim.models.page_pass import PagePass
from mlanim.subjects.networks.models.dense import Dense
from mlanim.subjects.networks.models.fit import fit
from mlanim.subjects.networks.models.small_network import EXAMPLES
from mlanim.subjects.networks.models.titanic import CLASSES, class_model
from mlanim.words.table import Words

__all__ = ["GIVEN", "exclusive_or", "unit_passes"]

GIVEN = EXAMPLES[1]  # the example whose way through the network is shown: x1, x2 and the target


def exclusive_or() -> tuple[Dense, NDArray]:
    """A network of 2, 3 and 1 units that learned the exclusive or, and its parameters (13,).

    >>> model, parameters = exclusive_or()
    >>> outputs = model.forward(parameters, np.array(EXAMPLES)[:, :2]).outputs[-1]
    >>> bool((np.sign(outputs[:, 0]) == [-1, 1, 1, -1]).all())
    True
    """
    model, table = Dense((2, 3, 1)), np.array(EXAMPLES)
    made = fit(
        model,
        "squared error",
        "adam",
        table[:, :2],
        table[:, 2:],
        rate=0.1,
        steps=200,
        seed=1,
        kept=np.array([200]),
    )
    return model, made.parameters[-1]


def unit_passes(words: Words) -> dict[str, PagePass]:
    """By step: the softmax of four logits, and the first hidden unit of `exclusive_or`.

    >>> model, parameters = exclusive_or()
    >>> shown = model.forward(parameters, np.array([GIVEN[:2]])).outputs[1][0]
    >>> bool(unit_passes(Words({}))["hidden-layer"].result()[0] == shown[0])
    True
    """
    logits, _ = class_model()
    model, parameters = exclusive_or()
    weights, bias = model.layers(parameters)[0]
    unit: dict[str, ArrayLike] = {"inputs": GIVEN[:2], "weights": weights[:, 0], "bias": bias[:1]}
    return {
        "softmax": PagePass("softmax", {"scores": logits}, [words.said(name) for name in CLASSES]),
        "hidden-layer": PagePass("tanh-unit", unit, ("x1", "x2")),
    }
