"""A join: lines tie equal keys, and each line becomes a row; keys that occur twice multiply."""

from __future__ import annotations

from typing import Any

from manim import Line, VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.tables.models.joining import matched_rows
from mlanim.subjects.tables.models.numbered import NONE
from mlanim.subjects.tables.models.trace import Moment
from mlanim.subjects.tables.motion.settle import settle
from mlanim.subjects.tables.motion.travel_cells import travel_cells
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.tables.primitives.family_roles import after_roles, before_roles
from mlanim.subjects.tables.primitives.table_layout import (
    DENSE,
    USUAL,
    laid_out,
    natural_size,
)

__all__ = ["join_tables", "play_join", "play_result"]

_APART = 1.1  # units between the tables, for the lines
_LEAST_APART = 0.6  # where the tables need the width
_TRIES = 4  # a narrower room cuts texts, which leaves more for the other table


def _rooms(area: Area) -> tuple[Area, Area]:
    """Where both tables stand, and their result: beside them, or below."""
    beside = area.width >= 2 * area.height
    both, result = area.columns(1.5, 1, gap=0.5) if beside else area.rows(1.1, 1, gap=0.3)
    return both, result


def join_tables(moment: Moment, other: Any, area: Area, scene: Explainer) -> list[DataTable]:
    """Both tables, equal keys in equal colours; whole, if closer lines or rows can make them so."""
    tables, theme = (moment.before, other), scene.theme
    both, _ = _rooms(area)
    found = []
    for apart, spacing in ((_APART, USUAL), (_APART, DENSE), (_LEAST_APART, DENSE)):
        style: dict[str, Any] = {"dtypes": False, "spacing": spacing}
        needs = [natural_size(table, both.width, theme, **style)[0] for table in tables]
        rooms = both.columns(1, 1, gap=apart)
        if max(needs) * theme.sizes.small > rooms[0].width:  # then each as much as it needs
            rooms = both.columns(*needs, gap=apart)
        for _ in range(_TRIES):
            pairs = list(zip(tables, rooms, strict=True))
            laid = [laid_out(table, room, theme, **style) for table, room in pairs]
            fit = all(one.is_inside(room) for one, room in zip(laid, rooms, strict=True))
            found.append((fit, sum(one.share for one in laid), rooms, laid, style))
            if fit:
                break
            # as much as each needs of which columns are left out, for text of the same size
            rooms = both.columns(*(sum(one.widths) / one.cap for one in laid), gap=apart)
    _, _, rooms, laid, style = max(found, key=lambda one: one[:2])  # the first of equals
    style |= {"largest": min(one.cap for one in laid), "theme": theme}
    roles = before_roles(moment)
    return [
        DataTable(table, area=room, roles=own, **style)
        for table, room, own in zip(tables, rooms, roles, strict=True)
    ]


def play_join(
    scene: Explainer, moment: Moment, area: Area, current: DataTable | None = None
) -> DataTable:
    """Both tables, the lines, the rows."""
    tables = join_tables(moment, moment.other, area, scene)
    if current is None:
        scene.play(do.appear(*tables, lag=0.3))
    else:
        scene.play(settle(current, tables[0]), do.after(0.4, do.appear(tables[1])))
    scene.wait(0.8)
    pairs = list(zip(*matched_rows(moment.before, moment.link, moment.other), strict=True))
    new, _ = play_result(scene, moment, tables, pairs, area, moment)
    scene.wait(1.8)
    return new


def play_result(
    scene: Explainer,
    moment: Moment,
    tables: list[DataTable],
    pairs: list[tuple[int, int]],
    area: Area,
    keys: Moment,
) -> tuple[DataTable, VGroup]:
    """The lines between rows that are paired, then the result; both stay.

    keys: the join whose keys gave the tables their colours.
    """
    lines = _lines(scene, tables, pairs)
    if len(lines):
        scene.play(do.appear(*lines, lag=min(0.25, 2.0 / len(lines))))
        scene.wait(0.6)
    style: dict[str, Any] = {"roles": after_roles(moment, keys), "theme": scene.theme}
    new = DataTable(moment.after, area=_rooms(area)[1], dtypes=False, **style)
    seconds = min(5.0, 1.2 + 0.5 * len(new.view.rows))
    scene.play(travel_cells(moment, tables, new, stays=True, run_time=seconds))
    return new, lines


def _lines(scene: Explainer, tables: list[DataTable], pairs: list[tuple[int, int]]) -> VGroup:
    """A line for each pair of rows that are both drawn."""
    lines = VGroup()
    left, right = tables
    for mine, theirs in pairs:
        if NONE in (mine, theirs):
            continue
        start, end = left.row(mine), right.row(theirs)
        if len(start) and len(end):
            role = scene.theme.role("score")
            line = Line(start.get_right(), end.get_left(), stroke_color=role.ink)
            lines.add(line.set_stroke(width=scene.theme.stroke.normal))
    return lines
