"""Truth: what is printed and painted is what was computed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlanim.colour import to_hex
from mlanim.review.finding import Finding
from mlanim.review.picture import Picture, Tensor, Weights

__all__ = ["untrue_cells", "untrue_numbers", "untrue_weights"]

_COLOUR = 2.5 / 255  # a channel may be off by rounding
_SUM = 2e-3
_STEP = 1e-6  # weights that differ by less count as equal
_SHARE = 0.01  # of the longest bar


def untrue_numbers(picture: Picture) -> Iterator[Finding]:
    """Printed numbers that are not their array's values, rounded as the cell says."""
    for tensor in picture.tensors:
        for place, expected in tensor.expected.items():
            printed = tensor.printed.get(place)
            if printed is None or printed == expected:
                continue
            problem = f"prints {printed}, its value is {expected}"
            advice = "print the array's own value: set_values() draws both"
            yield _untrue(picture, _cell(tensor, place), problem, advice)


def untrue_cells(picture: Picture) -> Iterator[Finding]:
    """Cells that have another colour than the scale gives their value."""
    for tensor in picture.tensors:
        off = np.abs(tensor.drawn - tensor.due).max(axis=1) if len(tensor.drawn) else np.zeros(0)
        for i in np.flatnonzero(off > _COLOUR):
            problem = f"is {to_hex(tensor.drawn[i])}, the scale says {to_hex(tensor.due[i])}"
            advice = "let the scale colour it: set_values(), not set_fill()"
            yield _untrue(picture, _cell(tensor, tensor.places[i]), problem, advice)


def untrue_weights(picture: Picture) -> Iterator[Finding]:
    """Weights that do not sum to 1, and arrows or bars that do not grow with them."""
    for weights in picture.weights:
        sums = np.atleast_2d(weights.values).sum(axis=-1)
        off = np.abs(sums - 1)
        if off.max() > _SUM:
            problem = f"its weights sum to {sums[off.argmax()]:.3f}"
            yield _untrue(picture, weights.name, problem, "show all of softmax's own weights")
        fault = _disproportion if weights.proportional else _disorder
        for size in weights.sizes:
            if problem := fault(weights, size):
                advice = "let the weights draw them: set_weights()"
                yield _untrue(picture, weights.name, problem, advice)


def _disproportion(weights: Weights, size: str) -> str:
    """Where a size is another share of the greatest than its weight is."""
    values, sizes = weights.values.ravel(), weights.sizes[size]
    top = int(values.argmax())
    if values[top] <= 0 or sizes[top] <= 0:
        return ""
    given, due = sizes / sizes[top], values / values[top]
    i = int(np.abs(given - due).argmax())
    if abs(given[i] - due[i]) <= _SHARE:
        return ""
    return (
        f"{weights.part} {i} has {given[i]:.2f} of the {size} of {weights.part} {top}, "
        f"but {due[i]:.2f} of its weight"
    )


def _disorder(weights: Weights, size: str) -> str:
    """Where a greater weight does not have the greater size."""
    values, sizes = weights.values.ravel(), weights.sizes[size]
    order = np.argsort(values, kind="stable")
    grown, steps = np.diff(sizes[order]), np.diff(values[order])
    wrong = np.flatnonzero((steps > _STEP) & (grown <= 0))
    if not len(wrong):
        return ""
    low, high = order[wrong[0]], order[wrong[0] + 1]
    return (
        f"{weights.part} {high} weighs {values[high]:.3f}, {weights.part} {low} {values[low]:.3f}, "
        f"but its {size} is not greater"
    )


def _cell(tensor: Tensor, place: str) -> str:
    return f"{tensor.name} cell {place}" if tensor.places else tensor.name


def _untrue(picture: Picture, name: str, problem: str, advice: str) -> Finding:
    return Finding(picture.step, picture.time, "untrue", (name,), problem, advice)
