"""All kinds of join on the same two tables, one result after the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlanim.explainer import Explainer
from mlanim.subjects.tables.acts.joins import join_tables, play_result
from mlanim.subjects.tables.acts.table_page import TablePage
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.joining import matched_rows
from mlanim.subjects.tables.models.told import code_of
from mlanim.subjects.tables.models.trace import Moment, follow_link

__all__ = ["KINDS", "play_kinds_of_join"]

KINDS = {
    "inner": "Inner: each tie is a row",
    "left": "Left: all of the left",
    "right": "Right: all of the right",
    "outer": "Outer: all of both",
    "cross": "Cross: each with each",
    "semi": "Semi: rows that have a tie",
    "anti": "Anti: rows that have none",
}
_CODES = {
    "cross": "merge(other, how='cross')",
    "semi": "[df.artist.isin(other.artist)]",
    "anti": "[~df.artist.isin(other.artist)]",
}


def play_kinds_of_join(scene: Explainer, page: TablePage, table: Any, other: Any, how: str) -> None:
    """Play one kind, or "all"; the tables have the column artist in common."""
    kinds = list(KINDS) if how == "all" else [how]
    (inner,) = read_chain("merge(other, on='artist', how='inner')")
    keys = follow_link(table, inner, other)
    tables = None
    for kind in kinds:
        code = _CODES.get(kind, f"merge(other, on='artist', how='{kind}')")
        (link,) = read_chain(code)
        moment = follow_link(table, link, other)
        area = page.area("df.merge(other, on='artist', how='outer')")
        shown = code_of(link)
        if tables is None:
            tables = join_tables(keys, other, area, scene)
            page.open(KINDS[kind], shown, *tables)
        else:
            page.turn(KINDS[kind], shown, *tables)
        scene.wait(0.6)
        drawn = moment if link.manner == "merge" else _with_other(moment, other)
        play_result(scene, drawn, tables, _pairs(moment, keys, other), area, keys)
        scene.wait(1.6)


def _pairs(moment: Moment, keys: Moment, other: Any) -> list[tuple[int, int]]:
    """The rows that are tied: those of the join, or of the inner one where rows are only chosen."""
    tied = moment.link if moment.link.manner == "merge" else keys.link
    mine, theirs = matched_rows(moment.before, tied, other)
    return [(int(a), int(b)) for a, b in np.stack([mine, theirs], axis=1)]


def _with_other(moment: Moment, other: Any) -> Moment:
    """A choice of rows, told beside the table that was looked into."""
    return Moment(moment.link, moment.before, moment.after, moment.sources, other)
