"""A line through houses: a guess, its error, the best line, and the way down to it."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.networks.models.houses import Table
from mlanim.subjects.networks.models.linear_fit import best_line, best_weight, descend_line
from mlanim.subjects.networks.primitives.descent_page import DescentPage, PredictedPage
from mlanim.subjects.networks.primitives.line_page import LinePage

__all__ = ["best_lines", "error", "gradient_descent", "price", "two_features"]

_STEPS = 600
_SLOW = 6  # steps that are gone one by one


def price(scene: Explainer, table: Table, guess: float) -> LinePage:
    """Points, then a first line through the origin with the guessed weight."""
    page = LinePage(table, (guess, 0.0), **scene.on(scene.body))
    fit = page.fit
    given, wanted = (name.partition(" (")[0] for name in (table.names[0], table.names[-1]))
    scene.turn_to(f"{wanted.capitalize()} from {given}", fit.chart)
    scene.play(do.appear(*fit.dots, lag=min(0.4, 2.0 / len(fit.dots))))
    scene.play(do.appear(*fit.prices, *page.heads[:1], lag=0.2))
    scene.play(do.appear(*page.column("target"), lag=0.2))
    scene.wait(1.2)
    scene.play(scene.retitle(f"A first guess: weight {guess:g}"))
    scene.play(do.vanish(*fit.prices), do.appear(fit.line, page.weight))
    fit.remove(fit.prices)  # the table has them, and the line may come by there
    scene.play(do.appear(*page.heads[1:2], *page.column("prediction"), lag=0.2))
    scene.wait(1.8)
    return page


def error(scene: Explainer, page: LinePage) -> None:
    """How far the line is off, squared, and the mean of that."""
    fit = page.fit
    scene.play(scene.retitle("How far off is it?"))
    scene.play(do.appear(*fit.errors, lag=min(0.3, 1.5 / len(fit.errors))))
    scene.play(do.appear(*page.heads[2:3], *page.column("error"), lag=0.2))
    scene.wait(1.2)
    scene.play(do.appear(*page.heads[3:], *page.column("squared"), lag=0.2))
    scene.wait(0.8)
    scene.play(do.appear(page.mean))
    scene.wait(2)


def best_lines(scene: Explainer, page: LinePage, table: Table) -> None:
    """The best weight alone, then the best weight and bias."""
    inputs = table.inputs[:, :1]
    weight = best_weight(inputs[:, 0], table.targets)
    scene.play(scene.retitle("The best weight alone"))
    scene.play(page.animate(run_time=2.0).set_weights((weight, 0.0)))
    scene.wait(2)
    scene.play(scene.retitle("With a bias as well"), do.appear(page.bias))
    scene.play(page.animate(run_time=3.0).set_weights(best_line(inputs, table.targets)))
    scene.wait(2.6)


def gradient_descent(scene: Explainer, table: Table, rate: float | None) -> None:
    """The line and the loss surface side by side, step after step."""
    inputs = table.scaled[:, :1]
    path = descend_line(inputs, table.targets, np.zeros(2), _STEPS, rate)
    page = DescentPage(
        inputs,
        table.targets,
        path,
        best=best_line(inputs, table.targets),
        names=(table.scaled_name(0), table.names[-1]),
        **scene.on(scene.body),
    )
    scene.turn_to("Downhill, step by step", page)
    scene.wait(1.6)
    _go_down(scene, page)


def two_features(scene: Explainer, table: Table, rate: float | None) -> None:
    """Two inputs, two weights: the same walk on another surface."""
    inputs = table.scaled - table.scaled.mean(axis=0)
    mean = float(table.targets.mean())
    path = descend_line(inputs, table.targets, np.array([0.0, 0.0, mean]), _STEPS, rate)
    page = PredictedPage(
        inputs,
        table.targets,
        path,
        best=best_line(inputs, table.targets),
        names=(table.scaled_name(0), table.scaled_name(1), table.names[2]),
        **scene.on(scene.body),
    )
    scene.turn_to(f"Two inputs: {len(table.targets)} {table.what}", page)
    scene.wait(1.6)
    _go_down(scene, page)


def _go_down(scene: Explainer, page: DescentPage | PredictedPage) -> None:
    """A few steps one by one, then faster and faster."""
    for step in range(1, _SLOW + 1):
        scene.play(page.animate(run_time=0.5).set_stage(step))
        scene.wait(0.25)
    for step, seconds in ((40, 2.5), (_STEPS, 4.0)):
        scene.play(page.animate(run_time=seconds).set_stage(step))
        scene.wait(0.5)
    scene.wait(1.5)
