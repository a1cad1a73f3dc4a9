"""Several heads look in their own ways; what they found is joined and mixed."""

from __future__ import annotations

from collections.abc import Sequence

from manim import UP, Group, VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.dot_product_attention import MultiHeadTrace, MultiHeadWeights
from mlanim.primitives.facts import about
from mlanim.subjects.transformer import HeadMaps

__all__ = ["all_heads", "join_heads"]


def all_heads(
    scene: Explainer,
    words: Sequence[str],
    trace: MultiHeadTrace,
    *,
    known: int | None = None,
    layer: int | None = None,
) -> None:
    """The weights of every head; `known` is one that was looked into before (from 0), `layer` the
    one that they are of (from 1)."""
    heads = len(trace.weights)
    maps = HeadMaps(trace.weights, words, words, **scene.on(scene.body))
    about(maps, layer=layer)
    parts = [Group(*pair) for pair in zip(maps.maps, maps.names, strict=False)]
    if known is None:
        scene.turn_to(f"{heads} heads, {heads} ways to look", *parts)
        return
    scene.turn_to(f"{heads} heads, {heads} ways to look", parts[known])
    scene.wait(0.6)
    rest = [part for index, part in enumerate(parts) if index != known]
    if rest:
        scene.play(do.appear(*rest, lag=0.25))


def join_heads(
    scene: Explainer,
    words: Sequence[str],
    trace: MultiHeadTrace,
    weights: MultiHeadWeights,
    *,
    layer: int | None = None,
) -> None:
    """The heads' Z side by side (n, d), times Wo (d, d), plus its bias: the output of a layer
    (from 1)."""
    body = scene.body
    heads = len(trace.heads)
    upper, lower = body.rows(1, 3.6, gap=0.35)
    page = show.Matmul(
        trace.concatenated,
        weights.out.T,
        c=trace.output,
        bias=weights.out_bias if weights.out_bias.any() else None,
        names=("all Z", "Wo", "Z"),
        roles=("output", "output", "context"),
        rows=words,
        area=lower,
        theme=scene.theme,
    )
    about(page, layer=layer)
    slots = upper.columns(*[1.0] * heads, gap=0.25)
    parts = VGroup()
    for index, (z, slot) in enumerate(zip(trace.heads, slots, strict=True)):
        n, width = z.shape
        box = show.TensorBox(
            z,
            role="output",
            theme=scene.theme,
            cell=min(0.3, (slot.width - 0.1) / width),
            cell_height=min(0.28, (slot.height - 0.4) / n),
            limit=page.a.limit,
            numbers=False,
            shape_label=False,
        )
        about(box, layer=layer, head=index + 1)
        name = show.Label(f"Z of head {index + 1}", theme=scene.theme, role="output", size="small")
        if name.width > slot.width:
            name = show.Label(f"Z {index + 1}", theme=scene.theme, role="output", size="small")
        slot.place(VGroup(box, name.next_to(box, UP, buff=0.1)))
        parts.add(VGroup(box, name))
    scene.turn_to("Join the heads, multiply by Wo", *parts)
    scene.wait(0.6)
    columns = page.a.values.shape[1]
    flights = []
    for index, (box, _) in enumerate(parts):
        width = box.values.shape[1]
        cells = [
            page.a.cells[row * columns + index * width + column]
            for row in range(len(box.values))
            for column in range(width)
        ]
        flights.append(do.carry(box.cells, VGroup(*cells), bend=0.0))
    scene.play(do.together(*flights, lag=0.2), do.after(0.7, do.appear(page.a, page.names[0])))
    scene.play(do.appear(page.signs, page.b, *page.names[1:]))
    scene.play(do.matmul(page, slowly=False, run_time=2.2))
