"""A network learns a plane; four optimisers race; three parts are exchanged one by one."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.networks.models.frameworks import Exchange
from mlanim.subjects.networks.models.playground import Playground
from mlanim.subjects.networks.primitives.optimiser_page import OptimiserPage
from mlanim.subjects.networks.primitives.parts_page import PartsPage
from mlanim.subjects.networks.primitives.playground_page import PlaygroundPage

__all__ = ["framework", "optimisers", "playground"]

_STEPS = 120


def playground(scene: Explainer, made: Playground, title: str, seconds: float) -> None:
    """All views, weights, the boundary and the loss go through the training together."""
    page = PlaygroundPage(made, **scene.on(scene.body))
    scene.turn_to(title, page)
    scene.wait(1.6)
    scene.play(do.learn(page, stage=made.stages - 1, run_time=seconds))
    scene.wait(2.5)


def optimisers(scene: Explainer) -> None:
    """From one start on each surface: slowly at first, then faster."""
    page = OptimiserPage(_STEPS, **scene.on(scene.body))
    scene.turn_to("Four ways down", page)
    scene.wait(1.6)
    scene.play(do.learn(page, stage=10, run_time=3.0))
    scene.wait(0.4)
    scene.play(do.learn(page, stage=_STEPS, run_time=8.0))
    scene.wait(2.5)


def framework(scene: Explainer, made: Sequence[Exchange]) -> None:
    """Linear regression becomes logistic regression, then a network, then a faster one."""
    for exchange in made:
        page = PartsPage(exchange, **scene.on(scene.body))
        name = exchange.name.capitalize()
        scene.turn_to(name, *page.boxes, page.plane, page.marks, page.chart, page.numbers)
        scene.play(do.appear(page.curve))
        scene.wait(2.6)
