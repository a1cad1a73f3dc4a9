"""What stands behind a sum: the sigmoid and its kin, softmax, and a hidden layer."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.networks.models.titanic import CLASSES, class_model, survival_model
from mlanim.subjects.networks.models.unit_passes import GIVEN, exclusive_or
from mlanim.subjects.networks.primitives.activation_charts import ActivationCharts
from mlanim.subjects.networks.primitives.forward_page import ForwardPage
from mlanim.subjects.networks.primitives.plain_number import plain_number
from mlanim.subjects.networks.primitives.softmax_table import SoftmaxTable
from mlanim.subjects.networks.primitives.survival_page import SurvivalPage
from mlanim.subjects.networks.primitives.told_line import ToldLine

__all__ = ["hidden_layer", "sigmoid_page", "softmax_page"]


def sigmoid_page(scene: Explainer) -> None:
    """Who survived the Titanic; then other functions that may stand in the sigmoid's place."""
    model = survival_model()
    page = SurvivalPage(model, **scene.on(scene.body))
    scene.turn_to("Who survived the Titanic?", page.chart, page.curve)
    scene.play(do.appear(page.heads, *page.names, *page.keys, lag=0.15))
    scene.play(do.appear(*page.marks, *page.rows, page.loss, lag=0.15))
    scene.wait(2)
    last = len(model.steps) - 1
    scene.play(scene.retitle("Two weights and a bias"))
    scene.play(do.learn(page, stage=last, run_time=5.0))
    scene.wait(3)
    charts = ActivationCharts(["sigmoid", "tanh", "relu"], **scene.on(scene.body))
    scene.turn_to("Others; slopes are dashed", *charts)
    scene.wait(4.5)


def softmax_page(scene: Explainer) -> None:
    """Four logits become four probabilities."""
    logits, counts = class_model()
    body = scene.body
    room, strip = body.rows(body.height - 0.9, 0.75, gap=0.15)
    table = SoftmaxTable(CLASSES, logits, **scene.on(room))
    scene.turn_to("Her class on the Titanic?", *table.names)
    scene.play(do.appear(table.heads[0], *table.logits, lag=0.15))
    scene.wait(1.2)
    powers = [do.carry(one, other) for one, other in zip(table.logits, table.powers, strict=True)]
    scene.play(*powers, do.after(0.5, do.appear(table.heads[1], *table.powers)))
    scene.wait(0.8)
    scene.play(do.appear(table.sum))
    scene.wait(0.8)
    scene.play(scene.retitle("Softmax: shares of a sum"))
    scene.play(do.attend(table.bars))
    scene.wait(1.2)
    was = ", ".join(f"{share:.3f}" for share in counts / counts.sum())
    line = ToldLine(
        [(f"of {counts.sum()} women who survived:", None), (was, "encoder")],
        scale=1.4,
        **scene.on(strip),
    )
    scene.play(do.appear(line))
    scene.wait(3.5)


def hidden_layer(scene: Explainer) -> None:
    """One forward pass through a network that learned the exclusive or, in numbers."""
    model, parameters = exclusive_or()
    body = scene.body
    room, strip = body.rows(body.height - 1.15, 1.0, gap=0.15)
    page = ForwardPage(model, parameters, np.array(GIVEN[:2]), **scene.on(room))
    scene.turn_to("A hidden layer", page.wires, page.circles, page.names)
    scene.play(do.appear(*page.numbers[0]))
    scene.wait(0.8)
    line: ToldLine | None = None
    for layer in range(1, len(model.sizes)):
        for unit in range(model.sizes[layer]):
            told = ToldLine(_sum(page, layer, unit), scale=1.4, **scene.on(strip))
            leaving = [line] if line else []
            scene.play(do.vanish(*leaving, run_time=0.25), do.after(0.2, do.appear(told)))
            line = told
            arriving = [
                do.flow(number, page.circles[layer][unit], bend=0, run_time=0.9)
                for number in page.numbers[layer - 1]
            ]
            scene.play(
                *arriving,
                do.after(0.7, do.appear(page.numbers[layer][unit])),
            )
            scene.wait(3.0 if (layer, unit) == (1, 0) else 2.4)
    target = plain_number(GIVEN[2])
    done = ToldLine([("it should be", None), (target, "encoder")], scale=1.4, **scene.on(strip))
    scene.play(*([do.vanish(line)] if line else []), do.after(0.3, do.appear(done)))
    scene.wait(1.6)


def _sum(page: ForwardPage, layer: int, unit: int) -> list[tuple[str, str | None]]:
    """What a unit computes, in numbers."""
    weights, bias = page.model.layers(page.parameters)[layer - 1]
    before = page.outputs[layer - 1]
    parts = [
        f"{plain_number(value)}×{plain_number(weight)}"
        for value, weight in zip(before.tolist(), weights[:, unit].tolist(), strict=True)
    ]
    total = plain_number(float(page.sums[layer - 1][unit]))
    sum_of = " + ".join([*parts, plain_number(float(bias[unit]))])
    out = plain_number(float(page.outputs[layer][unit]))
    if layer == len(page.model.sizes) - 1:
        return [(f"{sum_of} =", None), (out, "output")]
    return [(f"{sum_of} = {total},", None), (f"tanh({total}) =", None), (out, "hidden")]
