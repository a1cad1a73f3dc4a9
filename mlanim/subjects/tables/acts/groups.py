"""Split, apply, combine: rows go to their group, and each group becomes a row."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.tables.models.grouping import groups_of
from mlanim.subjects.tables.models.numbered import Numbered, Place, Sources
from mlanim.subjects.tables.models.trace import Moment, follow_link
from mlanim.subjects.tables.motion.settle import settle
from mlanim.subjects.tables.motion.travel_cells import travel_cells
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.tables.primitives.family_roles import after_roles, role_of
from mlanim.subjects.tables.primitives.table_rooms import Sheet, table_rooms

__all__ = ["play_groups"]


def play_groups(
    scene: Explainer, moment: Moment, area: Area, current: DataTable | None = None
) -> DataTable:
    """Play a groupby with an aggregate; rows whose key is missing belong to no group and leave."""
    groups = groups_of(moment.before, moment.link)
    split = _split(moment, groups)
    starts = np.cumsum([0, *(len(rows) for rows in groups)]).tolist()
    breaks = starts[1:-1]
    parts = Sheet(split.after, breaks=breaks)
    left, right = table_rooms([parts], Sheet(moment.after), area, scene.theme)
    style: dict[str, Any] = {"theme": scene.theme, **left.style()}
    before = DataTable(moment.before, **style)
    parted = DataTable(split.after, breaks=breaks, roles=_roles(split, starts), **style)
    if current is None:
        scene.play(do.appear(before))
    else:
        scene.play(settle(current, before))
    scene.wait(1.0)
    scene.play(travel_cells(split, [before], parted, stays=False))
    scene.wait(1.0)
    combined = follow_link(split.after, moment.link)
    style = {"theme": scene.theme, **right.style()}
    new = DataTable(moment.after, roles=after_roles(combined), **style)
    scene.play(travel_cells(combined, [parted], new, stays=True, run_time=1.2 * len(groups) + 1))
    scene.wait(1.8)
    return new


def _split(moment: Moment, groups: list[np.ndarray]) -> Moment:
    """The same rows, group after group."""
    order = np.concatenate(groups) if groups else np.array([], dtype=np.int64)
    cells = Numbered.of(moment.before)
    sources = Sources(cells.body[order], cells.index[order], cells.header)
    return Moment(moment.link, moment.before, moment.before.iloc[order], sources)


def _roles(split: Moment, starts: list[int]) -> dict[Place, str]:
    """A colour for each group."""
    cells = Numbered.of(split.after)
    found = {}
    for group, (first, last) in enumerate(pairwise(starts)):
        for row in range(first, last):
            for part, width in (("body", cells.columns), ("index", cells.levels)):
                for j in range(width):
                    found[Place(part, row, j)] = role_of(group) or ""  # type: ignore[arg-type]
    return found
