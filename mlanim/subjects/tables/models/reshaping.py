"""Links that give a table another shape: the same cells, other rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.moving import Made, Way, new_labels
from mlanim.subjects.tables.models.numbered import NONE, Numbered, Sources, as_frame, united
from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["MOST_CELLS", "RESHAPING", "as_list", "labels_of", "need_room"]

MOST_CELLS = 2_000_000  # of a result
_Origin = Callable[[int, int], int]  # from a cell's row and column to the number of its label


def as_list(labels: Any) -> list[Any]:
    """One label or several, as a list.

    >>> as_list("genre"), as_list(None)
    (['genre'], [])
    """
    return labels if isinstance(labels, list) else [] if labels is None else [labels]


def need_room(rows: int, columns: int, link: Link) -> None:
    """Refuse a result that would be too large, before it is made."""
    if rows * max(1, columns) > MOST_CELLS:
        what = f"{link.written} would have {rows:,} rows of {columns:,} columns"
        raise UsageError(what, f"at most {MOST_CELLS:,} cells; choose fewer rows before it")


def labels_of(body: NDArray, cells: Numbered, origins: Sequence[_Origin], axis: int) -> NDArray:
    """Labels from the cells beside them, (rows, levels): each is that of all cells of its row.

    body: numbers, NONE where there is no cell. axis 1 is for rows' labels, 0 for columns', which
    come as (levels, columns).
    """
    lines = body if axis == 1 else body.T
    found = np.empty((len(lines), len(origins)), dtype=object)
    for i, line in enumerate(lines):
        places = [divmod(int(n) - cells.start, cells.columns) for n in line if n != NONE]
        for k, origin in enumerate(origins):
            found[i, k] = united(*(origin(row, column) for row, column in places))
    return found if axis == 1 else found.T


def _numbers(moved: Any) -> NDArray:
    """The body of a moved twin; what pandas had to fill in is NONE."""
    return as_frame(moved).astype(float).fillna(NONE).to_numpy().astype(np.int64)


def _set_index(table: Any, link: Link, other: Any) -> Made:
    cells = Numbered.of(table)
    after = table.set_index(**link.given)
    levels = [
        cells.body[:, places[0]]
        for key in as_list(link.given["keys"])
        if (places := [i for i, name in enumerate(table.columns) if name == key])
    ]
    kept = [] if not link.given.get("append") else list(cells.index.T)
    left = [table.columns.get_loc(name) for name in after.columns]
    body, header = cells.body[:, left], cells.header[:, left]
    return after, Sources(body, np.stack([*kept, *levels], axis=1), header)


def _reset_index(table: Any, link: Link, other: Any) -> Made:
    """The twin's index holds numbers too, which become cells of its columns."""
    cells = Numbered.of(table)
    after = table.reset_index(**link.given)
    frame = as_frame(table)
    twin = cells.twin(frame)
    arrays = [pd.Index(level) for level in cells.index.T]
    names = frame.index.names
    twin.index = (
        pd.MultiIndex.from_arrays(arrays, names=names)
        if len(arrays) > 1
        else pd.Index(arrays[0], name=names[0])
    )
    moved = (twin if table is frame else twin.iloc[:, 0]).reset_index(**link.given)
    body = _numbers(moved)
    is_new = isinstance(moved.index, pd.RangeIndex) and moved.index.nlevels == 1
    index = new_labels(len(body)) if is_new else _index_numbers(moved.index)
    header = new_labels(body.shape[1], as_frame(after).columns.nlevels).T
    if cells.rows:
        for j, number in enumerate(body[0]):
            if cells.start <= number < cells.start + cells.rows * cells.columns:
                header[:, j] = cells.header[:, (number - cells.start) % cells.columns]
    return after, Sources(body, index, header)


def _index_numbers(index: Any) -> NDArray:
    return np.stack([index.get_level_values(i).to_numpy() for i in range(index.nlevels)], axis=1)


def _pivot(table: Any, link: Link, other: Any) -> Made:
    given = link.given
    columns, rows = as_list(given.get("columns")), as_list(given.get("index"))
    if not columns:
        raise UsageError(f"{link.written} names no columns", "pivot(index=, columns=, values=)")
    after_rows = table[rows].drop_duplicates().shape[0] if rows else len(table)
    need_room(after_rows, table[columns].drop_duplicates().shape[0], link)
    after = table.pivot(**given)
    cells = Numbered.of(table)
    keys = {*columns, *rows}
    twin = cells.twin(table).astype(object)
    for name in keys:  # what is looked at to find the place stays as it is
        twin[name] = table[name]
    body = _numbers(twin.pivot(**given))
    at = [table.columns.get_loc(name) for name in (*rows, *columns)]
    row_origins = [_cell(cells, place) for place in at[: len(rows)]] or _levels(cells)
    column_origins = [_cell(cells, place) for place in at[len(rows) :]]
    if as_frame(after).columns.nlevels > len(columns):  # several columns of values
        column_origins = [*_header_levels(cells), *column_origins]
    index = labels_of(body, cells, row_origins, 1)
    return after, Sources(body, index, labels_of(body, cells, column_origins, 0))


def _cell(cells: Numbered, column: int) -> _Origin:
    return lambda row, _: int(cells.body[row, column])


def _levels(cells: Numbered, but: Sequence[int] = ()) -> list[_Origin]:
    def origin(level: int) -> _Origin:
        return lambda row, _: int(cells.index[row, level])

    return [origin(level) for level in range(cells.levels) if level not in but]


def _header_levels(cells: Numbered, but: Sequence[int] = ()) -> list[_Origin]:
    def origin(level: int) -> _Origin:
        return lambda _, column: int(cells.header[level, column])

    return [origin(level) for level in range(cells.header_levels) if level not in but]


def _melt(table: Any, link: Link, other: Any) -> Made:
    kept = as_list(link.given.get("id_vars"))
    names = link.given.get("value_vars")
    melted = len(as_list(names)) if names is not None else table.shape[1] - len(kept)
    need_room(len(table) * melted, len(kept) + 2, link)
    after = table.melt(**link.given)
    cells = Numbered.of(table)
    moved = cells.twin(table).melt(**link.given)
    values = moved.iloc[:, -1].to_numpy(dtype=np.int64)
    row, column = np.divmod(values, cells.columns)
    body = np.empty(moved.shape, dtype=np.int64)
    body[:, : len(kept)] = moved.iloc[:, : len(kept)].to_numpy(dtype=np.int64)
    body[:, len(kept) : -1] = cells.header[:, column].T
    body[:, -1] = values
    again = link.given.get("ignore_index", True)
    index = new_labels(len(body)) if again else cells.index[row]
    header = new_labels(body.shape[1], cells.header_levels).T[: as_frame(after).columns.nlevels]
    for j, name in enumerate(kept):
        header[:, j] = cells.header[0, table.columns.get_loc(name)]
    return after, Sources(body, index, header)


def _stack(table: Any, link: Link, other: Any) -> Made:
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"{link.written} is asked of a single column", "it is for a whole table")
    after = table.stack(**link.given)
    cells = Numbered.of(table)
    body = _numbers(cells.twin(table).stack(**link.given))
    level = table.columns._get_level_number(link.given.get("level", -1))
    origins = [*_levels(cells), _header_levels(cells)[level]]
    index = labels_of(body, cells, origins, 1)
    if body.shape[1] == 1 and cells.header_levels == 1:
        return after, Sources(body, index, new_labels(1))
    return after, Sources(body, index, labels_of(body, cells, _header_levels(cells, [level]), 0))


def _unstack(table: Any, link: Link, other: Any) -> Made:
    if table.index.nlevels < 2:
        told = "set_index(['artist', 'season']) or groupby of two columns makes it"
        raise UsageError(f"{link.written} wants an index of two levels", told)
    level = table.index._get_level_number(link.given.get("level", -1))
    wide = table.index.get_level_values(level).nunique()
    need_room(len(table.index.droplevel(level).unique()), wide * as_frame(table).shape[1], link)
    after = table.unstack(**link.given)
    cells = Numbered.of(table)
    twin = cells.twin(as_frame(table))
    if isinstance(table, pd.Series):
        twin = twin.iloc[:, 0]
    body = _numbers(twin.unstack(level=link.given.get("level", -1)))
    above = [] if isinstance(table, pd.Series) else _header_levels(cells)
    index = labels_of(body, cells, _levels(cells, [level]), 1)
    return after, Sources(body, index, labels_of(body, cells, [*above, _levels(cells)[level]], 0))


def _transpose(table: Any, link: Link, other: Any) -> Made:
    cells = Numbered.of(table)
    if isinstance(table, pd.Series):
        return table.T, Sources(cells.body, cells.index, cells.header)
    need_room(table.shape[1], len(table), link)
    return table.T, Sources(cells.body.T, cells.header.T, cells.index.T)


def _to_frame(table: Any, link: Link, other: Any) -> Made:
    if not isinstance(table, pd.Series):
        raise UsageError(f"{link.written} is asked of a whole table", "it is for a single column")
    cells = Numbered.of(table)
    header = new_labels(1) if "name" in link.given else cells.header
    return table.to_frame(**link.given), Sources(cells.body, cells.index, header)


RESHAPING: Mapping[str, Way] = {
    "set_index": _set_index,
    "reset_index": _reset_index,
    "pivot": _pivot,
    "melt": _melt,
    "stack": _stack,
    "unstack": _unstack,
    "transpose": _transpose,
    "to_frame": _to_frame,
}
