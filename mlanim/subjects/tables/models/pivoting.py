"""Pivot tables: cells that meet in one place become one, with margins of all that lie beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.moving import Made, new_labels
from mlanim.subjects.tables.models.numbered import Numbered, Sources, as_frame
from mlanim.subjects.tables.models.reshaping import as_list, need_room

__all__ = ["key_places", "objects", "pivot_table"]

_LIKE = ("dropna", "sort", "margins", "margins_name")  # decide what meets where


def objects(rows: int, columns: int) -> NDArray:
    """An array of lists of cells, empty yet."""
    return np.empty((rows, columns), dtype=object)


def key_places(table: Any, link: Link, keys: Any) -> list[tuple[str, int]]:
    """Where keys stand: a column's place, or a level of the index.

    Raises:
        UsageError: there is no such column.
    """
    found = []
    for key in as_list(keys):
        frame = as_frame(table)
        if key in frame.columns:
            found.append(("body", frame.columns.get_loc(key)))
        elif key in frame.index.names:
            found.append(("index", frame.index.names.index(key)))
        else:
            known = ", ".join(str(name) for name in frame.columns)
            raise UsageError(f"{link.written}: no column {key!r}", f"there are {known}")
    return found


def pivot_table(table: Any, link: Link, other: Any) -> Made:
    """A pivot where several cells may meet in one place, and are aggregated there."""
    given = dict(link.given)
    rows, columns = as_list(given.get("index")), as_list(given.get("columns"))
    if not rows + columns:
        raise UsageError(f"{link.written} names no rows", "pivot_table(index=, columns=, values=)")
    if given.get("margins") and not rows:
        raise UsageError(f"{link.written}: margins lie beside rows", "name them: index='genre'")
    key_places(table, link, rows + columns)
    counts = [table[names].drop_duplicates().shape[0] if names else 1 for names in (rows, columns)]
    need_room(counts[0], counts[1], link)
    after = table.pivot_table(**given)
    frame, cells = as_frame(after), Numbered.of(table)
    met, level = frame.columns, _level_of_aggregates(given.get("aggfunc", "mean"))
    if level is not None:  # several of the same cells: they come from where one alone would
        met = met.droplevel(level)
    values = as_list(given.get("values")) or _values_of(table, met, rows + columns, columns)
    twin = table[[*rows, *columns]].copy()
    for name in values:
        twin[name] = cells.body[:, table.columns.get_loc(name)]
    shape = {"index": rows or None, "columns": columns or None}
    shape |= {key: given[key] for key in _LIKE if key in given}
    one = given.get("values") if isinstance(given.get("values"), str) else values
    lists = as_frame(twin.pivot_table(values=one, aggfunc=tuple, **shape))
    lists = lists.reindex(index=after.index).loc[:, lists.columns.intersection(met)]
    body, places = objects(*frame.shape), list(lists.columns)
    for j, label in enumerate(met):
        for i in range(len(body)):
            found = lists.iat[i, places.index(label)] if label in places else None
            body[i, j] = np.array(found if isinstance(found, tuple) else (), dtype=np.int64)
    at = {name: table.columns.get_loc(name) for name in rows + columns}
    index = _labels_beside(body, cells, [at[name] for name in rows])
    header = _labels_beside(body.T, cells, [at[name] for name in columns]).T
    if given.get("margins"):
        name = given.get("margins_name", "All")
        low = [bool(rows) and name in (label, label[0]) for label in after.index]
        last = frame.columns.get_level_values(frame.columns.nlevels - max(1, len(columns)))
        right = [bool(columns) and label == name for label in last]
        _forget(index, low)  # what they are called stood nowhere
        _forget(header.T, right)
        if given.get("dropna", True):  # pandas leaves rows with gaps out of margins alone
            held = table[[*rows, *columns, *values]] if given.get("values") else table
            full = held.notna().all(axis=1).to_numpy()
            for i, j in np.ndindex(body.shape):
                if low[i] or right[j]:
                    body[i, j] = body[i, j][full[body[i, j] // cells.columns]]
    above = frame.columns.nlevels - len(columns)
    if above:  # the values' own name, and what the aggregates are called
        header = np.concatenate([new_labels(body.shape[1], above).T.astype(object), header])
    return after, Sources(body, index, header)


def _level_of_aggregates(how: Any) -> int | None:
    """The level of the header that tells of several aggregates which one a column is."""
    if isinstance(how, list):
        return 0
    if isinstance(how, dict) and any(isinstance(one, list) for one in how.values()):
        return 1
    return None


def _forget(labels: NDArray, are_new: list[bool]) -> None:
    for i, is_new in enumerate(are_new):
        if is_new:
            for k in range(labels.shape[1]):
                labels[i, k] = np.array([], dtype=np.int64)


def _values_of(table: Any, met: Any, keys: list[Any], columns: list[Any]) -> list[Any]:
    """The columns that pandas aggregated where none were named."""
    tops = {label[0] if columns else label for label in met}
    return [name for name in table.columns if name in tops and name not in keys]


def _labels_beside(body: NDArray, cells: Numbered, places: list[int]) -> NDArray:
    """The keys' cells in the rows that met anywhere in a line of the body."""
    labels = objects(len(body), len(places))
    for i, line in enumerate(body):
        rows = np.unique(np.concatenate([entry // cells.columns for entry in line]))
        for k, place in enumerate(places):
            labels[i, k] = cells.body[rows.astype(np.int64), place]
    return labels
