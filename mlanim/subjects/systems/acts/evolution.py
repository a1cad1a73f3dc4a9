"""Programs that learn are found by a search: mutations, tournaments, the oldest dies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, VGroup

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.primitives import Area
from mlanim.primitives.text import Label, Number
from mlanim.subjects.systems.acts.program_runs import program_runs
from mlanim.subjects.systems.models.evolution_log import SearchLog, load_search
from mlanim.subjects.systems.models.operations import OPERATIONS
from mlanim.subjects.systems.models.program import EMPTY, PLACES, Program, effective
from mlanim.subjects.systems.primitives.code_listing import CodeListing, changed_lines
from mlanim.subjects.systems.primitives.fitness_chart import FitnessChart
from mlanim.subjects.systems.primitives.population_page import PopulationPage

__all__ = ["evolution", "growth", "telling_mutations"]

_TOLD = {  # by the kind of mutation
    0: "Mutation: a line is inserted",
    1: "Mutation: a line is removed",
    2: "Mutation: a function's lines are drawn anew",
    3: "Mutation: an argument is changed",
}
_GROWTH = 6  # programs that the growth of the best is told by


def evolution(scene: Explainer) -> None:
    """The whole step, from what a program is to the winner at work."""
    log = load_search()
    body = page_room(scene)
    _what_a_program_is(scene, log, body)
    _population(scene, log, body)
    for place in telling_mutations(log):
        _mutation(scene, log, place, body)
    _best_grows(scene, log, body)
    program_runs(scene, effective(log.winner), body)


def telling_mutations(log: SearchLog) -> list[int]:
    """Of each kind of mutation the milestone whose child gained most, in their order.

    To insert and to remove a line count as one kind.
    """
    gains = log.milestone_fitness[:, 1] - log.milestone_fitness[:, 0]
    chosen: dict[int, int] = {}
    for place in np.argsort(-gains, kind="stable").tolist():
        chosen.setdefault(max(1, int(log.milestone_kinds[place])), place)
    return sorted(chosen.values())


def growth(log: SearchLog, most: int = _GROWTH) -> list[int]:
    """Milestones that part the way of the best into rises of about the same size; the last one."""
    fitness = log.milestone_fitness[:, 1]
    levels = np.linspace(fitness[0], fitness[-1], most)
    return sorted({int(np.argmax(fitness >= level - 1e-12)) for level in levels})


def _what_a_program_is(scene: Explainer, log: SearchLog, body: Area) -> None:
    first = effective(log.milestones[growth(log)[1]][1])
    rooms = body.columns(1, 1.15, gap=0.5) if body.width > 9 else body.rows(1, 1.1, gap=0.3)
    listing = CodeListing(first, **scene.on(rooms[0]))
    scalars = ", ".join(name for name in PLACES if name[0] == "s")
    others = ", ".join(name for name in PLACES if name[0] != "s")
    told = (
        "setup runs once.",
        "predict runs for each example: the features are in v0, what it leaves in s1 is predicted.",
        "learn runs after it, with the label in s0.",
        f"{len(OPERATIONS)} operations; scalars {scalars}, vectors and matrices {others}.",
    )
    notes = _notes(scene, told, rooms[1])
    scene.turn_to("A program that learns has three functions", listing)
    scene.play(do.appear(*notes, lag=0.9))
    scene.wait(6)


def _notes(scene: Explainer, told: Sequence[str], room: Area) -> list[Label]:
    """Lines one below the other, smaller where they would not fit."""
    for scale in (1.3, 1.15, 1.0, 0.85):
        cap, notes = scale * scene.theme.sizes.body, []
        y = room.top - 1.4 * cap
        for text in told:
            label = Label(text, theme=scene.theme, size=cap, width=room.width).align_baseline(y)
            notes.append(label.shift([room.left - label.get_left()[0], 0, 0]))
            y = label.get_bottom()[1] - 2.2 * cap
        if notes[-1].get_bottom()[1] >= room.bottom:
            break
    return notes


def _population(scene: Explainer, log: SearchLog, body: Area) -> None:
    page = PopulationPage(log, **scene.on(body))
    scene.turn_to(f"The best of {log.settings.tournament} has a child, the oldest dies", page)
    scene.wait(2)
    scene.play(do.learn(page, stage=_stirring(log), run_time=2.0))
    scene.wait(0.5)
    scene.play(do.learn(page, stage=len(log.stages) - 1, run_time=9.0))
    scene.wait(2.5)


def _stirring(log: SearchLog) -> int:
    """The last of the stages at which nothing was found yet."""
    best = log.best[np.searchsorted(log.best_births, log.stage_births, side="right") - 1]
    return max(0, int(np.argmax(best > 0.1)) - 1)


def _mutation(scene: Explainer, log: SearchLog, place: int, body: Area) -> None:
    """Parent and child side by side, with the lines that differ."""
    parent, child = log.milestones[place]
    before, after = log.milestone_fitness[place].tolist()
    cap = 1.15 * scene.theme.sizes.body
    room, strip = body.rows(body.height - 2.2 * cap, 2.0 * cap, gap=0.1)
    rooms = room.rows(1, 1, gap=0.3) if body.is_tall else room.columns(1, 1, gap=0.3)
    gone, new = changed_lines(parent, child)
    rows = max(sum(1 + max(1, len(part)) for part in program) for program in (parent, child))
    old = CodeListing(parent, least_rows=rows, **scene.on(rooms[0]))
    marked = CodeListing(parent, marked=gone, sign="−", least_rows=rows, **scene.on(rooms[0]))
    young = CodeListing(child, marked=new, least_rows=rows, **scene.on(rooms[1]))
    scene.turn_to(_TOLD[int(log.milestone_kinds[place])], old)
    told = [
        Label(f"fitness {value:.3f}", theme=scene.theme, size=cap, weight="bold", role=role)
        for value, role in ((before, None), (after, "positive"))
    ]
    for label, part in zip(told, strip.columns(1, 1, gap=0.5), strict=True):
        label.center_on(part.center)
    scene.play(do.appear(told[0]))
    scene.wait(2)
    if gone:
        scene.play(do.appear(marked), do.after(0.3, do.vanish(old, run_time=0.2)))
        scene.wait(0.8)
    scene.play(do.appear(young, start=rooms[0].center, scale=0.8, run_time=0.9))
    scene.play(do.appear(told[1]))
    scene.wait(3.5)


def _best_grows(scene: Explainer, log: SearchLog, body: Area) -> None:
    """The line of the best: at each of some rises what the program was, and what was new."""
    rooms = body.rows(1.25, 1, gap=0.3) if body.is_tall else body.columns(1, 1.1, gap=0.5)
    shown = growth(log)
    programs = [effective(log.milestones[i][1]) for i in shown]
    births, fitness = log.milestone_births[shown], log.milestone_fitness[shown, 1]
    first, last = 10 ** int(np.log10(births[0])), log.evaluations
    cap = 1.2 * scene.theme.sizes.body
    chart_room, strip = rooms[1].rows(rooms[1].height - 2.4 * cap, 2.2 * cap, gap=0.1)
    chart = FitnessChart(
        (first, last),
        area=chart_room,
        ticks=[(10**p, f"{10**p:,}") for p in range(2, 8) if first < 10**p < last][:2],
        names=("programs tried", "fitness of its ancestors"),
        log=True,
        theme=scene.theme,
    )
    line = np.column_stack([np.maximum(log.line_births, first), log.line])
    way = chart.curve(line, ink=scene.theme.muted, width=scene.theme.stroke.thin)
    dots = _ancestors(scene, chart, births, fitness)
    label = Label("fitness", theme=scene.theme, size=cap)
    label.center_on(strip.center).shift([-1.2, 0, 0])
    number = Number(
        fitness[0], decimals=3, theme=scene.theme, size=cap, weight="bold", role="score"
    )
    number.center_on(strip.center).shift([1.0, 0, 0])
    listing = _listing(scene, EMPTY, programs[0], rooms[0])
    scene.turn_to("The ancestors of the best", listing, chart, way, dots[0], label, number)
    scene.wait(2)
    for i in range(1, len(programs)):
        after = _listing(scene, programs[i - 1], programs[i], rooms[0])
        scene.play(
            do.vanish(listing, run_time=0.3),
            do.after(0.25, do.appear(after, dots[i])),
            number.animate(run_time=0.8).set_value(float(fitness[i])),
        )
        listing = after
        scene.wait(2.6)
    scene.play(scene.retitle(f"{log.generations:,} mutations made it"))
    scene.wait(2)


def _listing(scene: Explainer, before: Program, program: Program, room: Area) -> CodeListing:
    _, new = changed_lines(before, program)
    return CodeListing(program, marked=new, **scene.on(room))


def _ancestors(
    scene: Explainer, chart: FitnessChart, births: np.ndarray, fitness: np.ndarray
) -> list[VGroup]:
    """A numbered place on the chart for each program that is shown."""
    theme = scene.theme
    made = []
    for i, place in enumerate(chart.places(np.column_stack([births, fitness]))):
        disc = Circle(radius=1.15 * theme.sizes.small).move_to(place)
        disc.set_fill(theme.surface, 1).set_stroke(theme.role("score").ink, theme.stroke.normal)
        label = Label(str(i + 1), theme=theme, size="small", role="score", weight="bold")
        made.append(VGroup(disc, label.center_on(place)))
    return made
