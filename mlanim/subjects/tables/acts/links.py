"""A link is played: in the table's own place, or with the result beside it."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label
from mlanim.subjects.tables.acts.groups import play_groups
from mlanim.subjects.tables.acts.joins import play_join
from mlanim.subjects.tables.models.numbered import as_frame
from mlanim.subjects.tables.models.trace import Moment
from mlanim.subjects.tables.motion.settle import settle
from mlanim.subjects.tables.motion.travel_cells import travel_cells
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.tables.primitives.family_roles import after_roles, before_roles
from mlanim.subjects.tables.primitives.table_layout import laid_out
from mlanim.subjects.tables.primitives.table_rooms import Sheet, table_rooms
from mlanim.words.table import AsIs

__all__ = ["play_link"]

_BESIDE = (
    "columns",
    "column",
    "kinds",
    "labels",
    "located",
    "pivot",
    "pivot_table",
    "melt",
    "stack",
    "unstack",
    "transpose",
    "set_index",
    "reset_index",
    "reduce",
    "value_counts",
    "concat",
)
_CHOSEN = ("columns", "located")  # cells go, and those that stay are as they were
_SMALLER = 0.8  # of its text alone: smaller, a table does not go beside what is chosen of it
_MARKS = 1.5  # units that truth values take beside a table
_FEW = 14  # rows that can all be seen


def play_link(
    scene: Explainer, moment: Moment, area: Area, current: DataTable | None = None
) -> DataTable:
    """Play one link; `current` is the table before, where it is on the screen already.

    Gives the table after, as it is on the screen then.
    """
    manner, rows = moment.link.manner, len(as_frame(moment.before))
    if manner == "group" and rows <= _FEW:
        return play_groups(scene, moment, area, current)
    if manner == "merge" and rows + len(moment.other) <= 2 * _FEW:
        return play_join(scene, moment, area, current)
    if manner in _CHOSEN and _is_narrow(scene, moment, area):
        return _in_place(scene, moment, area, current)
    if manner in _BESIDE or manner in ("group", "merge"):
        return _beside(scene, moment, area, current)
    return _in_place(scene, moment, area, current)


def _is_narrow(scene: Explainer, moment: Moment, area: Area) -> bool:
    """Whether a table and its result have much smaller text beside each other than alone."""
    theme = scene.theme
    sheets = table_rooms([Sheet(moment.before)], Sheet(moment.after), area, theme)
    caps = [
        laid_out(sheet.table, sheet.area, theme, dtypes=sheet.dtypes, spacing=sheet.spacing).cap
        for sheet in sheets
        if sheet.area is not None
    ]
    return min(caps) < _SMALLER * laid_out(moment.before, area, theme).cap


def _in_place(scene: Explainer, moment: Moment, area: Area, current: DataTable | None) -> DataTable:
    """The table becomes the next one where it stands."""
    style: dict[str, Any] = {"theme": scene.theme}
    marked = moment.link.manner == "mask"
    room = Area(area.left, area.bottom, area.width - _MARKS, area.height) if marked else area
    roles, _ = before_roles(moment)
    before = DataTable(moment.before, area=room, roles=roles, **style)
    new = DataTable(moment.after, area=area, roles=after_roles(moment), **style)
    _enter(scene, before, current)
    marks = _truths(moment, before, scene) if marked else VGroup()
    if len(marks):
        scene.play(do.appear(*marks, lag=min(0.12, 1.0 / len(marks))))
        scene.wait(0.8)
        scene.play(do.vanish(*marks, run_time=0.3))
    scene.play(travel_cells(moment, [before], new, stays=False))
    scene.wait(1.4)
    return new


def _enter(scene: Explainer, table: DataTable, current: DataTable | None) -> None:
    if current is None:
        scene.play(do.appear(table))
    else:
        scene.play(settle(current, table))
    scene.wait(1.0)


def _truths(moment: Moment, table: DataTable, scene: Explainer) -> VGroup:
    """True or False beside each row that is drawn."""
    assert moment.link.condition is not None
    mask = moment.link.condition.value(as_frame(moment.before), moment.other)
    marks = VGroup()
    for row in table.view.rows:
        if row is None:
            continue
        cells, holds = table.row(row), bool(mask.iloc[row])
        label = Label(
            AsIs(str(holds)),  # pandas' own
            theme=scene.theme,
            size=table.cap,
            role="positive" if holds else "muted",
            weight="bold" if holds else "normal",
        )
        x = cells.get_right()[0] + 0.25 + label.width / 2
        marks.add(label.center_on([x, cells.get_center()[1], 0]))
    return marks


def _beside(scene: Explainer, moment: Moment, area: Area, current: DataTable | None) -> DataTable:
    """The table steps aside, and the result grows beside it."""
    two = moment.other is not None
    before = [Sheet(moment.before, dtypes=not two)]
    before += [Sheet(moment.other, dtypes=False)] if two else []
    *sheets, last = table_rooms(before, Sheet(moment.after), area, scene.theme)
    tables = [
        DataTable(sheet.table, roles=roles, theme=scene.theme, **sheet.style())
        for sheet, roles in zip(sheets, before_roles(moment), strict=False)
    ]
    new = DataTable(moment.after, roles=after_roles(moment), theme=scene.theme, **last.style())
    _enter(scene, tables[0], current)
    if len(tables) > 1:
        scene.play(do.appear(tables[1]))
        scene.wait(0.6)
    scene.play(travel_cells(moment, tables, new, stays=True, run_time=2.8))
    scene.wait(2.8)
    return new
