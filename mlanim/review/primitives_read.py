"""What mlanim's own primitives claim, read from them: tensors, weights, and marks of a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import Mobject

from mlanim.colour import from_hex
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.logit_bars import LogitBars
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Formula, Label, Number, format_number
from mlanim.primitives.wire import Wire
from mlanim.review.naming import name_of, words_of
from mlanim.review.picture import Array, Mark, Tensor, Weights

__all__ = ["mark_of", "tensor_of", "weights_of"]

Chain = tuple[Mobject, ...]
_ARRAYS = (TensorBox, AttentionMatrix, SoftmaxBars)  # whose numbers are judged with their cells


def tensor_of(chain: Chain) -> Tensor | None:
    """The array that the last of the chain shows, with what its cells and numbers show of it."""
    thing = chain[-1]
    if isinstance(thing, TensorBox):
        shown = thing.shown_values.ravel()
        if thing.colour_scale == "weight":
            due = thing.theme.weight(shown, thing.role, thing.limit)
        else:
            due = thing.theme.signed(shown, thing.limit, thing.role)
        drawn = _colours(thing.cells)
        return _tensor(chain, thing.values, shown, drawn, due, thing.numbers, thing.decimals)
    if isinstance(thing, AttentionMatrix):
        rows, columns = thing.weights.shape
        revealed = [row for row in range(rows) if thing.is_revealed(row)]
        shown = thing.weights[revealed].ravel()
        places = [i for row in revealed for i in range(row * columns, (row + 1) * columns)]
        due = thing.theme.weight(shown, thing.role, thing.limit)
        drawn = _colours([thing.cells[i] for i in places])
        numbers = [thing.numbers[i] for i in places] if len(thing.numbers) else []
        return _tensor(chain, thing.weights, shown, drawn, due, numbers, thing.decimals, places)
    if isinstance(thing, SoftmaxBars):
        due = thing.theme.weight(thing.weights, thing.role, thing.limit)
        drawn = _colours(thing.bars)
        return _tensor(
            chain, thing.weights, thing.weights, drawn, due, thing.numbers, thing.decimals
        )
    if isinstance(thing, LogitBars):
        drawn, due = _colours(thing.bars), thing.colours()
        return _tensor(chain, thing.values, thing.values, drawn, due, (), 0)
    if isinstance(thing, Number) and not any(isinstance(m, _ARRAYS) for m in chain[:-1]):
        printed = format_number(thing.value, thing.decimals)
        if thing.sign and thing.value > 0 and printed.strip("0."):
            printed = f"+{printed}"
        none = np.zeros((0, 3))
        said, meant = {"0": thing.text}, {"0": printed}
        values = np.array([thing.value])
        return Tensor(name_of(chain), id(thing), values, [], none, none, said, meant)
    return None


def weights_of(chain: Chain) -> Weights | None:
    """The weights that the last of the chain draws as sizes."""
    thing = chain[-1]
    if isinstance(thing, SoftmaxBars):
        along = thing.baseline.get_end() - thing.baseline.get_start()
        outward = np.array([-along[1], along[0], 0]) / (np.linalg.norm(along) or 1)
        lengths = np.array([np.ptp(bar.points @ outward) for bar in thing.bars])
        sizes = {"length": lengths}
        return Weights(name_of(chain), id(thing), thing.weights, sizes, "bar", proportional=True)
    if isinstance(thing, LogitBars) and thing.colour_scale == "probabilities":
        sizes = {"length": np.array([np.ptp(bar.points[:, 1]) for bar in thing.bars])}
        return Weights(name_of(chain), id(thing), thing.values, sizes, "bar", proportional=True)
    if isinstance(thing, AttentionArrows):
        curves = [arrow.curve for arrow in thing.arrows]
        sizes = {
            "thickness": np.array([curve.get_stroke_width() for curve in curves]),
            "opacity": np.array([curve.stroke_rgbas[0, 3] for curve in curves]),
        }
        return Weights(name_of(chain), id(thing), thing.weights, sizes, "arrow")
    if isinstance(thing, AttentionMatrix):
        return Weights(name_of(chain), id(thing), thing.weights, {}, "cell")
    return None


def mark_of(chain: Chain) -> Mark | None:
    """The mark that the last of the chain is, if its role's colour says what it is.

    Text says itself what it is, a wire is known by what it joins, a part by the whole around it.
    """
    thing = chain[-1]
    role = getattr(thing, "role", None)
    if not isinstance(role, str) or isinstance(thing, Label | Formula | Wire):
        return None
    theme = next((m.theme for m in reversed(chain) if hasattr(m, "theme")), None)
    if theme is None or role not in theme.roles:
        return None
    look = type(thing).__name__
    if isinstance(thing, TensorBox):
        look += f" {thing.cells[0].width:.1f}x{thing.cells[0].height:.1f} {thing.values.shape}"
    label = next((w for m in reversed(chain) if (w := words_of(getattr(m, "label", None)))), "")
    return Mark(name_of(chain), look, from_hex(theme.role(role).ink), label, role)


def _tensor(
    chain: Chain,
    values: Array,
    shown: Array,
    drawn: Array,
    due: Array,
    numbers: Sequence[Number],
    decimals: int,
    indices: Sequence[int] | None = None,
) -> Tensor:
    """Numbers stand upon the first cells; `indices` name the cells where some are not drawn."""
    places = [str(i) for i in (range(len(shown)) if indices is None else indices)]
    return Tensor(
        name_of(chain),
        id(chain[-1]),
        values,
        places,
        drawn,
        due,
        {place: number.text for place, number in zip(places, numbers, strict=False)},
        {p: format_number(v, decimals) for p, v, _ in zip(places, shown, numbers, strict=False)},
    )


def _colours(cells: Iterable[Mobject]) -> Array:
    return np.array([cell.fill_rgbas[0, :3] for cell in cells]).reshape(-1, 3)
