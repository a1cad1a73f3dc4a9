"""One encoder layer: all positions together through self-attention, each alone through its net."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.transformer_layer import EncoderTrace
from mlanim.primitives.facts import about
from mlanim.subjects.transformer import EncoderLayer

__all__ = ["encoder_layer"]


def encoder_layer(scene: Explainer, words: Sequence[str], layer: EncoderTrace, number: int) -> None:
    """What enters the layer (of a number from 1), what self-attention makes of it, what leaves."""
    page = EncoderLayer(
        words, layer.input, layer.attention.output, layer.output, **scene.on(scene.body)
    )
    about(page, layer=number)
    scene.turn_to(
        f"Inside encoder {number}", page.box, page.words, page.names[0], page.inputs, page.note
    )
    scene.play(do.appear(page.attention))
    scene.play(
        do.draw(*page.up),
        *(do.flow(x, page.attention, bend=0, shrink=0.6) for x in page.inputs),
    )
    scene.play(do.pulse(page.attention, scale=1.03))
    scene.play(do.draw(*page.across), do.appear(*page.mixed, page.names[1], start=page.attention))
    scene.wait(0.5)
    scene.play(do.appear(*page.forwards, lag=0.1), do.draw(*page.into))
    pace = min(1.0, 4 / len(page.forwards))
    for z, net, out, wire in zip(
        page.mixed, page.forwards, page.outputs, page.out, strict=True
    ):  # one position after the other: they have nothing to do with each other here
        scene.play(
            do.in_turn(
                do.flow(z, net, bend=0, shrink=0.7, run_time=0.5),
                do.pulse(net, scale=1.05, run_time=0.3),
                do.together(
                    do.draw(wire, run_time=0.4), do.appear(out, start=net, scale=0.6, run_time=0.4)
                ),
                run_time=1.2 * pace,
            )
        )
    scene.play(do.appear(page.names[2]))
