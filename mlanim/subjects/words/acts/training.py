"""One step of training, row by row and cell by cell; then all of it, with the loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.words import SampleTable, WordMap
from mlanim.subjects.words.models.learned_words import LearnedWords
from mlanim.subjects.words.models.principal_components import main_plane
from mlanim.subjects.words.models.skip_gram import descend, skip_gram_step

__all__ = ["many_steps", "one_step"]

SHOWN_RATE = 0.25  # of the step that is shown: with that of the training no colour would change


def one_step(scene: Explainer, learned: LearnedWords, centre: int, samples: Sequence[int]) -> None:
    """Dot, sigmoid, target, error; then both matrices' rows move, and it is asked again."""
    inputs, outputs = learned.run.first_inputs.copy(), learned.run.first_outputs.copy()
    asked = (np.array([centre]), np.array([list(samples)]))
    step = skip_gram_step(inputs, outputs, *asked)
    descend(inputs, outputs, step, SHOWN_RATE)
    again = skip_gram_step(inputs, outputs, *asked)
    columns = {
        "dot": step.dots[0],
        "sigmoid": step.chances[0],
        "target": step.targets[0],
        "error": step.errors[0],
    }
    after = np.vstack([inputs[[centre]], outputs[list(samples)]])
    before = np.vstack([step.centre_vectors, step.sample_vectors[0]])
    table = SampleTable(
        [learned.words[i] for i in samples],
        step.sample_vectors[0],
        centre=(learned.words[centre], step.centre_vectors[0]),
        columns=columns,
        limit=float(max(np.abs(before).max(), np.abs(after).max())),
        decimals={"target": 0},
        **scene.on(page_room(scene)),
    )
    rows = [part for pair in zip(table.labels, table.strips, strict=True) for part in pair]
    scene.turn_to("One step: how alike are they?", table.centre_label, table.centre, *rows)
    scene.wait(0.6)
    titles = ("Dot product", "Sigmoid: neighbours or not?", "What it should be", "The error")
    for title, head, numbers in zip(titles, table.heads, table.columns, strict=True):
        flights = []
        if title == titles[0]:
            flights = [do.flow(table.centre, strip, bend=0, run_time=0.8) for strip in table.strips]
        scene.play(
            scene.retitle(title), *flights, do.after(0.4, do.appear(head, *numbers, lag=0.1))
        )
        scene.wait(0.8)
    changed = zip(
        table.columns, (again.dots, again.chances, again.targets, again.errors), strict=True
    )
    numbers = [
        number.animate(run_time=1.8).set_value(float(value))
        for column, values in changed
        for number, value in zip(column, values[0], strict=True)
    ]
    scene.play(
        scene.retitle("Each row moves against its error"),
        do.become_values([table.centre, *table.strips], [after[0], *after[1:]], run_time=1.8),
        *numbers,
    )
    scene.wait(2)


def many_steps(scene: Explainer, learned: LearnedWords, kind_of: Callable[[str], int]) -> None:
    """The map of the watched words while they are learned, and the loss beside it."""
    run = learned.run
    words = [learned.words[i] for i in learned.watched]
    plane = main_plane(run.snapshots[-1])
    places = plane.places(run.snapshots)
    room, side = page_room(scene).split(1.9, 1, gap=0.4)
    made = WordMap(
        words,
        places[0],
        kinds=[kind_of(word) for word in words],
        around=places.reshape(-1, 2),
        named=False,
        **scene.on(room),
    )
    high = min(side.height, 0.75 * side.width)
    side = show.Area(side.left, side.center[1] - high / 2, side.width, high)
    curve = show.LossCurve(run.steps, {"loss": run.losses}, step=run.steps[0], **scene.on(side))
    total = int(run.snapshot_steps[-1])
    scene.turn_to(f"Then {total:,} steps more", made, curve)
    scene.wait(0.8)
    each = 9.0 / len(places)
    scene.play(
        do.in_turn(
            *(
                do.together(
                    made.animate(run_time=each).set_places(place),
                    curve.animate(run_time=each).set_step(float(step)),
                )
                for place, step in zip(places[1:], run.snapshot_steps[1:], strict=True)
            )
        )
    )
    labels = made.name_labels()
    names = [name for name in labels if len(name.submobjects)]
    scene.play(scene.retitle("Like words have come together"), do.appear(*names, lag=0.04))
    made.names.submobjects = labels
    stand_whole(scene, made)
    scene.wait(2.4)
