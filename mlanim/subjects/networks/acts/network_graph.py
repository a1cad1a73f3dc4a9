"""A network of 2, 3 and 1 units as a graph of single numbers, and what it learns."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim.explainer import Explainer
from mlanim.subjects.networks.acts.graph import GraphFilm
from mlanim.subjects.networks.models.small_network import EXAMPLES, NetworkStep, network_graph
from mlanim.subjects.networks.primitives.plain_number import plain_number

__all__ = ["network_film"]


def network_film(scene: Explainer, steps: Sequence[NetworkStep]) -> None:
    """Forward and back for the first example; the others' errors; then all steps of descent."""
    graph = network_graph()
    runs = [run for step in steps for run in step.runs]
    film = GraphFilm(scene, graph, steps[0].named(0), runs)
    film.build("2, 3 and 1 units")
    film.forward("Values forward")
    film.backward("Gradients back")
    page = film.show_end("Mean of four examples")
    errors = [plain_number(steps[0].runs[0].values[-1])]
    for example in range(1, len(EXAMPLES)):
        named = steps[0].named(example)
        scene.play(page.animate(run_time=1.0).set_named([named[name] for name in graph.names]))
        errors.append(plain_number(steps[0].runs[example].values[-1]))
        scene.wait(0.5)
    film.tell(
        [
            (f"squared errors {', '.join(errors)}: mean", None),
            (plain_number(steps[0].loss), "output"),
        ]
    )
    scene.wait(3.2)
    scene.play(scene.retitle("Against the mean gradient"))
    last = len(EXAMPLES) - 1
    for step, made in _shown(steps):
        film.tell(
            [
                (f"after {step} step{'s' * (step != 1)}: mean squared error", None),
                (plain_number(made.loss), "output"),
            ]
        )
        named = made.named(last)
        scene.play(page.animate(run_time=1.6).set_named([named[name] for name in graph.names]))
        scene.wait(1.4)


def _shown(steps: Sequence[NetworkStep]) -> list[tuple[int, NetworkStep]]:
    """The first step, then fewer and fewer of those that follow."""
    last = len(steps) - 1
    places = [i for i in (1, 2, 5) if i < last]
    return [(i, steps[i]) for i in (*places, last)]
