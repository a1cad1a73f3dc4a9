"""Which cells of a table belong together in a link: a group, a key's value, a column.

A family is a small number; whoever draws gives each a colour, and a result's cells take it from
the cells that they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.subjects.tables.models.grouping import groups_of
from mlanim.subjects.tables.models.joining import keys_of
from mlanim.subjects.tables.models.numbered import Place, as_frame, numbers_of
from mlanim.subjects.tables.models.reshaping import as_list
from mlanim.subjects.tables.models.trace import Moment

__all__ = ["KEY", "families_after", "families_of"]

KEY = -1  # the family of what is looked at, not of what moves
Families = Mapping[int, int]  # number of a cell: its family


def families_of(moment: Moment) -> dict[int, int]:
    """The families of the cells before, by their numbers; a cell that matters not has none."""
    link, cells = moment.link, moment.numbered[0]
    frame = as_frame(moment.before)
    found: dict[int, int] = {}
    if link.manner in ("group", "transform"):
        for family, rows in enumerate(groups_of(moment.before, link)):
            found |= {int(n): family for n in cells.body[rows].ravel()}
            found |= {int(n): family for n in cells.index[rows].ravel()}
    elif link.manner in ("pivot", "pivot_table", "value_counts"):
        names = as_list(link.given.get("columns") or link.given.get("subset")) or list(
            link.given.get("index", ()) and as_list(link.given.get("index"))
        )
        places = [frame.columns.get_loc(name) for name in names] or [0]
        shown = as_list(link.given.get("values"))
        beside = [frame.columns.get_loc(name) for name in shown] if shown else range(cells.columns)
        for i, family in enumerate(_alike(frame.iloc[:, places[0]])):
            found |= {int(cells.body[i, j]): family for j in {*beside, places[0]}}
    elif link.manner in ("melt", "stack"):
        kept = {frame.columns.get_loc(n) for n in as_list(link.given.get("id_vars"))}
        moved = [j for j in range(cells.columns) if j not in kept]
        for family, j in enumerate(moved):
            found |= dict.fromkeys(map(int, (*cells.body[:, j], *cells.header[:, j])), family)
    elif link.manner == "unstack":
        level = frame.index._get_level_number(link.given.get("level", -1))
        for i, family in enumerate(_alike(frame.index.get_level_values(level))):
            found |= dict.fromkeys(map(int, (*cells.body[i], cells.index[i, level])), family)
    elif link.manner == "concat":
        for family, one in enumerate(moment.numbered):
            found |= dict.fromkeys(map(int, one.body.ravel()), family)
    elif link.manner == "merge":
        found = _keys(moment)
    elif link.manner in ("columns", "column", "kinds", "labels", "located"):
        found = {n: KEY for entry in moment.sources.body.flat for n in numbers_of(entry)}
    else:
        found = _looked_at(moment, frame)
    return found


def _keys(moment: Moment) -> dict[int, int]:
    """Keys that are equal are of one family, on both sides."""
    left, right = keys_of(moment.before, moment.link, moment.other)
    known: dict[tuple[str, ...], int] = {}
    found: dict[int, int] = {}
    for frame, names, cells in zip(
        (moment.before, moment.other), (left, right), moment.numbered, strict=True
    ):
        places = [frame.columns.get_loc(name) for name in names]
        for i in range(cells.rows if places else 0):
            key = tuple(str(frame.iat[i, j]) for j in places)
            family = known.setdefault(key, len(known))
            found |= {int(cells.body[i, j]): family for j in places}
    return found


def _looked_at(moment: Moment, frame: Any) -> dict[int, int]:
    """The columns that decide which rows stay, and in which order."""
    link, cells = moment.link, moment.numbered[0]
    places: list[int] = []
    if link.condition is not None:
        each, whole = link.condition.columns(frame)
        places = [*each, *whole]
    elif link.manner == "assign":
        for expression in link.given.values():
            each, whole = expression.columns(frame)
            places += [*each, *whole]
    else:
        names = as_list(link.given.get("by") or link.given.get("columns") or link.given.get("keys"))
        if link.manner in ("rows", "set_index"):
            places = [frame.columns.get_loc(name) for name in names if name in frame.columns]
    return {int(n): KEY for j in places for n in cells.body[:, j]}


def _alike(values: Any) -> list[int]:
    known: dict[str, int] = {}
    return [known.setdefault(str(value), len(known)) for value in values]


def families_after(moment: Moment, families: Families, place: Place) -> int | None:
    """The family of a cell of the result: that of its sources; None where they are of several."""
    found = {families[number] for number in moment.sources.of(place) if number in families}
    return found.pop() if len(found) == 1 else None
