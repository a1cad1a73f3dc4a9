"""The program that won learns a task that the search never had, line by line."""

from __future__ import annotations

from manim import VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives import Area, format_number
from mlanim.primitives.text import Label
from mlanim.subjects.systems.models.program import Program
from mlanim.subjects.systems.models.program_run import fitness, tasks
from mlanim.subjects.systems.models.program_trace import Moment, traced
from mlanim.subjects.systems.primitives.code_listing import CodeListing, told_value
from mlanim.subjects.systems.primitives.error_chart import ErrorChart
from mlanim.subjects.systems.primitives.plain_table import PlainTable

__all__ = ["FRESH", "program_runs"]

#: A task of another seed than those of the search.
FRESH = {"count": 1, "examples": 24, "unseen": 32, "seed": 2024}
_LETTERS = 28  # that a row of four numbers takes, and some space before it
_SHOWN = 3  # unseen examples


def program_runs(scene: Explainer, program: Program, body: Area) -> None:
    """Setup; the first example; the error as it learns from all; examples that it has not seen."""
    given = tasks(**FRESH)
    trace = traced(program, given)
    apart = body.width < 9 and not body.is_tall  # no room for both
    rooms = body.rows(1.4, 1, gap=0.3) if body.is_tall else body.columns(1.5, 1, gap=0.5)
    if apart:
        rooms = (body, body)
    listing = CodeListing(program, room_for=_LETTERS, **scene.on(rooms[0]))
    errors = [moment.prediction - moment.label for moment in trace.learned]
    chart = ErrorChart(errors, **scene.on(rooms[1]))
    first = [listing] if apart else [listing, chart]
    scene.turn_to("The winner meets a task it never saw", *first)
    scene.wait(1.2)
    setup = listing.values(0, trace.setup)
    if len(setup):
        scene.play(do.appear(*setup, lag=0.3))
        scene.wait(1)
    values = _one_example(scene, listing, trace.learned[0], "Example 1")
    last = len(errors)
    if apart:
        scene.turn_to("Then the others, one by one", chart)
    else:
        scene.play(do.learn(chart, stage=1, run_time=0.4))
        scene.wait(1.2)
        scene.play(scene.retitle("Then the others, one by one"), do.vanish(values))
    scene.play(do.learn(chart, stage=last, run_time=4.0))
    scene.wait(0.8)
    if not apart:
        _one_example(scene, listing, trace.learned[-1], f"Example {last}")
        scene.wait(1.5)
    score = fitness(program, given)
    rows = [
        [told_value(m.features), format_number(m.prediction, 3), format_number(m.label, 3)]
        for m in trace.unseen[:_SHOWN]
    ]
    cap = 1.25 * scene.theme.sizes.body
    room, strip = body.rows(body.height - 3 * cap, 2.4 * cap, gap=0.2)
    table = PlainTable(
        ["features", "predicted", "label"],
        rows,
        roles=[None, "output", "encoder"],
        **scene.on(room),
    )
    said = f"{len(trace.unseen)} unseen examples: 1 − RMSE = {score:.3f}"
    told = Label(said, theme=scene.theme, size=cap, weight="bold")
    if told.width > strip.width:
        told.scale(strip.width / told.width)
    told.center_on(strip.center)
    scene.turn_to("And examples that it has not learned from", table.heads)
    scene.play(do.appear(*table.rows, lag=0.6))
    scene.wait(1.5)
    scene.play(do.appear(told))
    scene.wait(3.5)


def _one_example(scene: Explainer, listing: CodeListing, moment: Moment, name: str) -> VGroup:
    """What each line of predict gives, then, with the label, each of learn."""
    predict, learn = listing.values(1, moment.predict), listing.values(2, moment.learn)
    scene.play(
        scene.retitle(f"{name}: predicted {format_number(moment.prediction, 3)}"),
        do.appear(*predict, lag=0.5),
    )
    scene.wait(1.2)
    scene.play(
        scene.retitle(f"{name}: the label is {format_number(moment.label, 3)}"),
        do.appear(*learn, lag=0.5),
    )
    scene.wait(1.5)
    return VGroup(predict, learn)
