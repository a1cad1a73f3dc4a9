"""Add and normalise, around one sublayer after the other of a layer."""

from __future__ import annotations

from manim import VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.layer_norm import layer_norm
from mlanim.models.transformer_layer import EncoderTrace
from mlanim.subjects.transformer import ResidualWire

__all__ = ["residual_norm"]


def residual_norm(scene: Explainer, layer: EncoderTrace, position: int) -> None:
    """The vector of one position: past self-attention and past the feed-forward network.

    The norm's learned gain and bias follow the normalisation, as numbers that change in place.
    """
    around = layer.around_attention, layer.around_feed_forward
    inner = layer.attention.output, layer.feed_forward.output
    names = ("self-attention", "score"), ("feed-forward", "context")
    before = None
    for residual, made, (name, role), pace in zip(around, inner, names, (1.0, 0.4), strict=True):
        page = ResidualWire(
            name,
            residual.input[position],
            made[position],
            residual.added[position],
            layer_norm(residual.added)[position],
            residual.output[position],
            role=role,
            **scene.on(scene.body),
        )
        own, other = VGroup(page.x, page.names[0], page.note), page.wires
        if before is None:
            scene.turn_to("Add and normalise", own, page.sublayer)
        else:
            scene.play(
                scene.retitle(f"The same around {name}"),
                do.vanish(*(part for part in before if part is not before.normed), before.learned),
                do.flow(before.normed, page.x.frame, bend=0, copied=False, run_time=1.0),
                do.after(0.8, do.appear(own, page.sublayer)),
            )
        scene.play(do.draw(other[0]), do.flow(page.x, page.sublayer, bend=0, shrink=0.7))
        scene.play(
            do.pulse(page.sublayer, scale=1.04),
            do.draw(other[1]),
            do.after(0.3, do.appear(page.z, page.names[1], start=page.sublayer)),
            run_time=0.9 * pace + 0.2,
        )
        scene.play(
            do.appear(page.plus),
            do.draw(page.around, run_time=1.0),
            do.draw(other[2]),
            do.after(0.2, do.flow(page.x, page.around, shrink=0.5, run_time=1.1)),
        )
        scene.play(
            do.pulse(page.plus),
            do.draw(other[3]),
            do.after(0.2, do.appear(page.total, page.names[2], start=page.plus, scale=0.6)),
        )
        scene.play(do.appear(page.statistics[0]), do.appear(page.norm))
        scene.wait(0.7 * pace)
        scene.play(do.draw(other[4]), do.flow(page.total, page.norm, bend=0, shrink=0.7))
        scene.play(
            do.draw(other[5]),
            do.appear(page.normed, page.names[3], start=page.norm, scale=0.6),
            do.after(0.4, do.appear(page.statistics[1])),
        )
        scene.wait(0.8 * pace)
        output, (mean, spread) = residual.output[position], page.mean_and_spread
        scene.play(
            do.appear(page.learned),
            page.normed.animate(run_time=1.2).set_values(output),
            mean.animate(run_time=1.2).set_value(output.mean()),
            spread.animate(run_time=1.2).set_value(output.std()),
        )
        scene.wait(0.6 * pace)
        before = page
