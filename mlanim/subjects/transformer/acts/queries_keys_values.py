"""Queries, keys and values: three matrix products of the same vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, VGroup
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import MultiHeadWeights
from mlanim.primitives.facts import about

__all__ = ["queries_keys_values"]

_LARGEST = 0.6  # units of a cell
_KINDS = (("q", "query", "queries", "Q"), ("k", "key", "keys", "K"), ("v", "value", "values", "V"))


def queries_keys_values(
    scene: Explainer,
    words: Sequence[str],
    x: NDArray,
    weights: MultiHeadWeights,
    *,
    head: int,
    layer: int | None = None,
) -> None:
    """x (n, d) times a head's Wq, Wk and Wv (d, dk); the first product slowly, the others fast.

    layer, head: from 1.
    """
    body = scene.body
    left, right = body.columns(3.3, 1, gap=0.5) if body.is_wide else body.rows(3, 1, gap=0.3)
    slots = right.rows(1, 1, 1, gap=0.3) if body.is_wide else right.columns(1, 1, 1, gap=0.3)
    before: Any = None
    for (letter, role, plural, capital), slot in zip(_KINDS, slots, strict=True):
        matrix, bias = weights.matrix(letter, head - 1), _bias(weights, letter, head - 1)
        page = show.Matmul(
            x,
            matrix,
            bias=bias if bias.any() else None,
            names=("X", f"W{letter}", capital),
            roles=("encoder", role, role),
            rows=words,
            area=left,
            theme=scene.theme,
        )
        about(page, layer=layer, head=head)
        title = f"X times W{letter}: the {plural}"
        if before is None:
            scene.turn_to(title, page.a, page.names[0])
            scene.play(do.appear(page.signs, page.b, page.names[1:]))
            scene.play(do.matmul(page))
        else:
            old = before.b, before.c, before.bias, *before.names[1:]
            scene.play(
                scene.retitle(title),
                do.vanish(*old),
                do.after(0.3, do.appear(page.b, page.names[1:])),
            )
            scene.play(do.matmul(page, slowly=False, run_time=1.3))
        kept = _small(page.c, slot, f"{capital}: {plural}", scene)
        about(kept, layer=layer, head=head)
        scene.wait(0.3)
        scene.play(do.carry(page.c.cells, kept[0].cells, bend=0.05), do.after(0.6, do.appear(kept)))
        before = page


def _bias(weights: MultiHeadWeights, letter: str, head: int) -> NDArray:
    width = len(weights.out)
    start = "qkv".index(letter) * width + head * (width // weights.heads)
    return np.asarray(weights.into_bias[start : start + width // weights.heads])


def _small(product: show.TensorBox, slot: show.Area, name: str, scene: Explainer) -> VGroup:
    """The matrix in colours alone, with its name above."""
    n, width = product.values.shape
    cell = min(_LARGEST, (slot.width - 0.1) / width)
    box = show.TensorBox(
        product.values,
        role=product.role,
        means=product.means,
        theme=scene.theme,
        cell=cell,
        cell_height=min(_LARGEST, (slot.height - 0.7) / n),
        numbers=False,
        shape_label=False,
    )
    label = show.Label(name, theme=scene.theme, role=product.role, size="small", weight="bold")
    group = VGroup(box, label)
    box.next_to(label, DOWN, buff=0.14)
    return slot.place(group)
