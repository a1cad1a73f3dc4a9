"""People as vectors: two traits as a direction on a plane, five where no plane can be drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.words import TraitPlane, WordBars
from mlanim.subjects.words.models.traits import FIVE, PEOPLE, SCORES
from mlanim.subjects.words.models.word_vectors import cosine
from mlanim.words.table import AsIs

__all__ = ["five_traits", "two_traits"]

_PRODUCT = "product"


def two_traits(scene: Explainer) -> None:
    """Three people on the plane of two traits, and the cosines of their angles."""
    two = SCORES[:, :2]
    first, *others = PEOPLE
    room = page_room(scene)
    wide = room.width >= 1.5 * room.height
    share = 1.5 if wide else min(1.9, (room.height - 2.1) / 1.8)  # the table's rows stay legible
    place, side = room.split(share, 1, gap=0.3)
    plane = TraitPlane(PEOPLE, two, FIVE[:2], **scene.on(place))
    beside = side.width >= 1.5 * side.height
    above, below = side.split(*((1, 1.5) if beside else (1.15, 1)), gap=0.4)
    table = _table(two, PEOPLE, FIVE[:2], above, scene)
    bars = WordBars(
        [AsIs(f"{first}, {other}") for other in others],
        [cosine(two[0], row) for row in two[1:]],
        decimals=3,
        **scene.on(below),
    )
    scene.turn_to("Two traits are a direction", plane.frame, plane.axes, plane.axis_names, table)
    for arrow, name in zip(plane.arrows, plane.names, strict=True):
        scene.play(do.draw(arrow), do.after(0.3, do.appear(name, run_time=0.3)))
    stand_whole(scene, plane)
    scene.wait(0.8)
    arc: Any = VGroup()
    for i in range(len(others)):
        leaving = do.vanish(arc)
        arc = plane.angle(0, i + 1, radius=0.16 + 0.09 * i)
        heading = "The cosine of the angle tells how alike"
        scene.play(*([scene.retitle(heading)] if not i else [leaving]), do.appear(arc))
        scene.play(do.appear(bars.row(i), *([bars.baseline] if not i else [])))
        scene.wait(1.4)


def five_traits(scene: Explainer) -> None:
    """The same for five traits: products, their sum, the lengths, the cosine."""
    upper, lower = page_room(scene).rows(1.8, 1, gap=0.4)
    rows = np.stack([SCORES[0], SCORES[1], SCORES[0] * SCORES[1]])
    table = _table(rows[:2], PEOPLE[:2], FIVE, upper, scene, spare=1)
    products = show.TensorBox(
        rows[2],
        role="score",
        orientation="row",
        cell=table.cells[0].width,
        cell_height=table.cells[0].height,
        limit=1.0,
        theme=scene.theme,
        shape_label=False,
    )
    down = table.frame.get_bottom()[1] - products.frame.height / 2 - 0.12
    products.shift(
        [table.frame.get_left()[0] - products.frame.get_left()[0], down - products.frame.get_y(), 0]
    )
    told = show.Label(_PRODUCT, theme=scene.theme, role="score", size="small")
    told.center_on([products.get_left()[0] - 0.12 - told.width / 2, products.frame.get_y(), 0])
    entries = _sums(0, 1)
    rows, numbers = _listed(entries, lower, scene)
    scene.turn_to("Five traits: no plane, the same sum", table)
    scene.wait(1)
    scene.play(do.carry(table.cells, products.cells), do.after(0.6, do.appear(products, told)))
    scene.play(do.appear(*rows, lag=0.35))
    scene.wait(2)
    other = _table(SCORES[[0, 2]], (PEOPLE[0], PEOPLE[2]), FIVE, upper, scene, spare=1)
    entries = _sums(0, 2)
    leaving = do.vanish(table)
    scene.play(leaving, do.after(0.3, do.appear(other)))
    scene.play(
        products.animate(run_time=1.2).set_values(SCORES[0] * SCORES[2]),
        *(
            number.animate(run_time=1.2).set_value(value)
            for number, (_, value, _) in zip(numbers, entries, strict=True)
        ),
    )
    scene.wait(2)


def _listed(
    entries: list[tuple[str, float, int]], area: show.Area, scene: Explainer
) -> tuple[VGroup, VGroup]:
    """What and how much, a row each in the middle of an area; the numbers end in one column."""
    pitch = min(0.75, area.height / len(entries))
    cap = float(np.clip(0.4 * pitch, scene.theme.sizes.small, 0.3))
    texts = [show.Label(what, theme=scene.theme, size=cap) for what, _, _ in entries]
    whole = max(text.width for text in texts) + 7 * cap
    cap = max(scene.theme.sizes.small, cap * min(1.0, area.width / whole))
    style: dict[str, Any] = {"theme": scene.theme, "size": cap}
    labels = [show.Label(what, **style) for what, _, _ in entries]
    wide = max(label.width for label in labels)
    end = area.center[0] + wide / 2 + 3.5 * cap
    rows, numbers = VGroup(), VGroup()
    for i, (label, (_, value, decimals)) in enumerate(zip(labels, entries, strict=True)):
        y = area.top - (i + 0.5) * pitch
        label.center_on([area.center[0] - wide / 2 - 3.5 * cap + label.width / 2, y, 0])
        number = show.Number(value, decimals=decimals, weight="bold", anchor="right", **style)
        numbers.add(number.center_on([end - number.width / 2, y, 0]))
        rows.add(VGroup(label, number))
    return rows, numbers


def _sums(one: int, other: int) -> list[tuple[str, float, int]]:
    a, b = SCORES[one], SCORES[other]
    return [
        ("sum of the products", float(a @ b), 3),
        ("divided by the first length", float(np.linalg.norm(a)), 3),
        ("and by the second length", float(np.linalg.norm(b)), 3),
        ("is the cosine", cosine(a, b), 3),
    ]


def _table(
    values: np.ndarray, people: Any, traits: Any, area: show.Area, scene: Explainer, spare: int = 0
) -> show.TensorBox:
    """People by traits, the cells as large as the area allows; room for `spare` more rows."""
    rows, columns = values.shape
    names = [*map(AsIs, people[:rows]), *([_PRODUCT] if spare else [])]
    beside = max(show.Label(n, theme=scene.theme, size="small").width for n in names) + 0.25
    cell = min(2.3, (area.width - beside) / columns)
    table = show.TensorBox(
        values,
        theme=scene.theme,
        cell=cell,
        cell_height=min(1.2, (area.height - 0.7) / (rows + spare)),
        limit=1.0,
        row_labels=people,
        column_labels=[scene.theme.words.said(trait) for trait in traits],
        numbers=True,
        decimals=1,
        shape_label=False,
    )
    area.place(table)
    left = area.center[0] + (beside - columns * cell) / 2  # of the cells, names to the left
    table.shift([left - table.frame.get_left()[0], spare * table.cells[0].height / 2, 0])
    return area.keep(table)
