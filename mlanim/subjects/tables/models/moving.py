"""Links that move cells or change them in their places: rows, columns, labels, values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.numbered import NONE, Numbered, Sources, as_frame
from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["MOVING", "Made", "new_labels"]

Made = tuple[Any, Sources]  # the table after a link, and where its cells came from
Way = Callable[[Any, Link, Any], Made]


def new_labels(count: int, levels: int = 1) -> NDArray:
    """Sources of labels that came from nowhere."""
    return np.full((count, levels), NONE, dtype=np.int64)


def _rows_at(table: Any, places: NDArray, after: Any, *, new_index: bool = False) -> Made:
    """Sources where whole rows were taken."""
    cells = Numbered.of(table)
    index = new_labels(len(places), cells.levels) if new_index else cells.index[places]
    return after, Sources(cells.body[places], index, cells.header)


def _places(table: Any, choose: Callable[[Any], Any]) -> NDArray:
    """Which rows pandas takes, and in which order: their places become a level of the index."""
    places = range(len(table))
    levels = [table.index.get_level_values(i) for i in range(table.index.nlevels)]
    labels = pd.MultiIndex.from_arrays([*levels, places], names=[*table.index.names, None])
    chosen = choose(table.set_axis(labels, axis=0))
    return chosen.index.get_level_values(-1).to_numpy(dtype=np.int64)


def _rows(table: Any, link: Link, other: Any) -> Made:
    given = dict(link.given)
    new_index = given.pop("ignore_index", False)
    after = getattr(table, link.name)(**link.given)
    places = _places(table, lambda labelled: getattr(labelled, link.name)(**given))
    return _rows_at(table, places, after, new_index=new_index)


def _mask(table: Any, link: Link, other: Any) -> Made:
    assert link.condition is not None
    frame = as_frame(table)
    mask = link.condition.value(frame, other)
    if str(getattr(mask, "dtype", "")) not in ("bool", "boolean"):
        raise UsageError(f"{link.written} is no condition", "compare: plays > 10")
    mask = mask.fillna(False).to_numpy(dtype=bool)
    return _rows_at(table, np.flatnonzero(mask), table[mask])


def _columns_at(table: Any, places: Any, after: Any) -> Made:
    """Sources where whole columns were taken."""
    cells = Numbered.of(table)
    places = np.asarray(places, dtype=np.int64)
    return after, Sources(cells.body[:, places], cells.index, cells.header[:, places])


def _column_places(frame: Any, labels: Any) -> list[int]:
    places: list[int] = []
    for label in labels:
        found = [i for i, name in enumerate(frame.columns) if name == label]
        if not found:
            known = [str(name) for name in frame.columns]
            raise UsageError(f"no column {label!r}", did_you_mean(str(label), known))
        places += found
    return places


def _columns(table: Any, link: Link, other: Any) -> Made:
    _need_frame(table, link)
    labels = link.given["labels"]
    return _columns_at(table, _column_places(table, labels), table[list(labels)])


def _column(table: Any, link: Link, other: Any) -> Made:
    _need_frame(table, link)
    label = link.given["label"]
    if label in table.columns and table.columns.nlevels > 1 and not isinstance(label, tuple):
        raise UsageError(f"{link.written}: the header has levels", "name all: ['plays', 'sum']")
    (place, *more) = _column_places(table, [label])
    if more:
        told = "rename one of them"
        raise UsageError(f"the table has {len(more) + 1} columns {label!r}", told)
    return _columns_at(table, [place], table[label])


def _kinds(table: Any, link: Link, other: Any) -> Made:
    """Columns that pandas chooses by what they hold: their places stand for their labels."""
    _need_frame(table, link)
    after = getattr(table, link.name)(**link.given)
    placed = table.set_axis(range(table.shape[1]), axis=1)
    return _columns_at(table, getattr(placed, link.name)(**link.given).columns, after)


def _dropna(table: Any, link: Link, other: Any) -> Made:
    of_columns = link.given.get("axis") in (1, "columns")
    return _kinds(table, link, other) if of_columns else _rows(table, link, other)


def _labels(table: Any, link: Link, other: Any) -> Made:
    """What chooses by labels chooses the same of the twin, whose labels are the same."""
    return _by_twin(table, lambda one: getattr(one, link.name)(**link.given))


def _located(table: Any, link: Link, other: Any) -> Made:
    assert link.located is not None
    located = link.located
    rows, columns = located.on(as_frame(table))
    if hasattr(rows, "fillna"):
        rows = rows.fillna(False).to_numpy(dtype=bool)
    if not isinstance(table, pd.DataFrame):
        return _by_twin(table, lambda one: getattr(one, link.name)[rows])
    whole = isinstance(columns, slice) and columns == slice(None)
    chosen = rows if whole else (rows, columns)
    if located.one_row and not isinstance(table.index, pd.MultiIndex):
        return _one_row(table, link, chosen)
    return _by_twin(table, lambda one: getattr(one, link.name)[chosen])


def _one_row(table: Any, link: Link, chosen: Any) -> Made:
    """A row that stands up as a column: its header becomes the index."""
    cells = Numbered.of(table)
    after = getattr(table, link.name)[chosen]
    numbers = getattr(cells.twin(table), link.name)[chosen]
    if not isinstance(after, pd.Series):  # a label that several rows have
        return _by_twin(table, lambda one: getattr(one, link.name)[chosen])
    body = numbers.to_numpy(dtype=np.int64)
    row, columns = divmod(body, cells.columns)
    index = cells.header.T[columns]
    return after, Sources(body[:, None], index, cells.index[row[:1]][:, -1:])


def _by_twin(table: Any, do: Callable[[Any], Any]) -> Made:
    cells = Numbered.of(table)
    frame = as_frame(table)
    twin = cells.twin(frame)
    after, moved = do(table), do(twin if table is frame else twin.iloc[:, 0])
    body = as_frame(moved).to_numpy(dtype=np.int64)
    if not body.size:
        return after, _empty(as_frame(after), cells)
    row, column = np.divmod(body, cells.columns)
    if np.ndim(after) == 0:
        return after, Sources(body, new_labels(1), new_labels(1))
    frame = as_frame(after)  # of which a label may have taken a level
    index = cells.index[row[:, 0]][:, -frame.index.nlevels :]
    return after, Sources(body, index, cells.header[-frame.columns.nlevels :, column[0]])


def _empty(frame: Any, cells: Numbered) -> Sources:
    """Nothing is left but labels; whole axes keep theirs."""
    rows, columns = frame.shape
    index = cells.index if rows == cells.rows else new_labels(rows, frame.index.nlevels)
    kept = columns == cells.columns
    header = cells.header if kept else new_labels(frame.columns.nlevels, columns)
    return Sources(np.empty((rows, columns), dtype=np.int64), index, header)


def _in_place(table: Any, link: Link, other: Any) -> Made:
    cells = Numbered.of(table)
    given = dict(_known_columns(table, link))
    values = [given.pop("arg")] if "arg" in given else []  # releases call it by other names
    after = getattr(table, link.name)(*values, **given)
    return after, Sources(cells.body, cells.index, cells.header)


def _known_columns(table: Any, link: Link) -> Mapping[str, Any]:
    """pandas passes over columns that are not there; here a slip of the pen is told."""
    given = (link.given.get(key) for key in ("value", "dtype", "columns", "decimals"))
    values = next((one for one in given if one is not None), link.given.get("to_replace"))
    if (
        isinstance(values, dict)
        and link.name == "replace"
        and not isinstance(next(iter(values.values())), dict)
    ):
        return link.given  # values, not columns
    if isinstance(values, dict) and isinstance(table, pd.DataFrame):
        _column_places(table, values)
    return link.given


def _text(table: Any, link: Link, other: Any) -> Made:
    if not isinstance(table, pd.Series):
        raise UsageError(f"{link.written} is asked of a whole table", "choose a column before it")
    name = link.name.removeprefix("str.")
    if str(table.dtype) not in ("str", "string", "object"):
        raise UsageError(f"{link.written} of numbers", "it is for a column of texts")
    letters = {"regex": False} if name == "contains" else {}
    cells = Numbered.of(table)
    after = getattr(table.str, name)(*link.given["values"], **letters)
    return after, Sources(cells.body, cells.index, cells.header)


def _shifted(table: Any, link: Link, other: Any) -> Made:
    """Cells that are copies of those above or below: so are their numbers."""
    cells = Numbered.of(table)
    twin = cells.twin(as_frame(table)).astype(float)
    if link.name != "shift":
        twin = twin.where(as_frame(table).notna().to_numpy())
    moved = getattr(twin, link.name)(**link.given)
    body = moved.fillna(NONE).to_numpy().astype(np.int64)
    return getattr(table, link.name)(**link.given), Sources(body, cells.index, cells.header)


def _running(table: Any, link: Link, other: Any) -> Made:
    """Cells that come from those above them: all, or the nearest."""
    cells = Numbered.of(table)
    if cells.rows > 2000 and link.name == "cumsum":
        raise UsageError(f"{link.written} of {cells.rows:,} rows", "at most 2,000: head(2000)")
    body = np.empty(cells.body.shape, dtype=object)
    for i in range(cells.rows):
        first = 0 if link.name == "cumsum" else max(0, i - 1)
        for j in range(cells.columns):
            body[i, j] = cells.body[first : i + 1, j]
    after = getattr(table, link.name)(**link.given)
    return after, Sources(body, cells.index, cells.header)


def _assign(table: Any, link: Link, other: Any) -> Made:
    """New columns, each cell from those of its row that the expression reads."""
    _need_frame(table, link)
    told: Sources | None = None
    for name, expression in link.given.items():
        table, sources = _with_column(table, name, expression, other)
        told = sources if told is None else _then(told, sources)
    if told is None:
        raise UsageError(f"{link.written} names no column", "write assign(total=df.plays * 2)")
    return table, told


def _with_column(table: Any, name: str, expression: Any, other: Any) -> Made:
    cells = Numbered.of(table)
    after = table.assign(**{name: expression.value(table, other)})
    each, whole = expression.columns(table)
    made = np.empty((cells.rows, 1), dtype=object)
    for i in range(cells.rows):
        made[i, 0] = cells.body[i, each]
    body, header = cells.body.astype(object), cells.header
    if name in table.columns:
        body[:, [_column_places(table, [name])[0]]] = made
    else:
        body = np.concatenate([body, made], axis=1)
        header = np.concatenate([header, new_labels(cells.header_levels)], axis=1)
    return after, Sources(body, cells.index, header, tuple(whole))


def _then(first: Sources, second: Sources) -> Sources:
    """Sources of a second column, told in the cells of the table before the first."""
    flat = np.concatenate([first.body.ravel(), first.index.ravel(), first.header.ravel()])
    body = np.empty(second.body.shape, dtype=object)
    for place in np.ndindex(body.shape):
        numbers = np.atleast_1d(second.body[place])
        found = [np.atleast_1d(flat[n]) for n in numbers]
        body[place] = np.concatenate(found) if found else np.array([], dtype=np.int64)
    header = np.array([[flat[n] if n != NONE else NONE for n in row] for row in second.header])
    return Sources(body, first.index, header.astype(np.int64), first.whole + second.whole)


def _need_frame(table: Any, link: Link) -> None:
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"{link.written} is asked of a single column", "it is for a whole table")


MOVING: Mapping[str, Way] = {
    "rows": _rows,
    "mask": _mask,
    "columns": _columns,
    "column": _column,
    "kinds": _kinds,
    "dropna": _dropna,
    "labels": _labels,
    "located": _located,
    "renamed": _in_place,
    "cells": _in_place,
    "text": _text,
    "shifted": _shifted,
    "running": _running,
    "assign": _assign,
}
