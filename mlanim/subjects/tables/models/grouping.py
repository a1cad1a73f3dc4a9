"""Links in which many cells become one: groups, aggregates, counts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.moving import Made, Way, new_labels
from mlanim.subjects.tables.models.numbered import Numbered, Sources, as_frame
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.tables.models.pivoting import key_places, objects, pivot_table
from mlanim.subjects.tables.models.reshaping import as_list

__all__ = ["GROUPING", "groups_of"]


def _grouped(table: Any, link: Link) -> Any:
    grouped = table.groupby(**link.given)
    if link.chosen is None:
        return grouped
    return grouped[link.chosen]


def groups_of(table: Any, link: Link) -> list[NDArray]:
    """The rows of each group, by their places, in the order in which pandas gives the groups."""
    numbers = table.groupby(**link.given).ngroup().to_numpy()
    return _split(numbers)


def _split(numbers: NDArray) -> list[NDArray]:
    """Places by group number; what belongs to none has NaN or -1."""
    numbers = np.where(np.isnan(numbers.astype(float)), -1, numbers).astype(np.int64)
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers[order], np.arange(numbers.max(initial=-1) + 2))
    return [order[a:b] for a, b in pairwise(ends.tolist())]


def _group(table: Any, link: Link, other: Any) -> Made:
    """Each group becomes a row."""
    assert link.then is not None
    keys = key_places(table, link, link.given["by"])
    after = getattr(_grouped(table, link), link.then.name)(**_named(link.then))
    groups, cells = groups_of(table, link), Numbered.of(table)
    frame = as_frame(after)
    if len(frame) != len(groups):
        raise UsageError(f"{link.written} gives {len(frame)} rows for {len(groups)} groups", "")
    blocks = {"body": cells.body, "index": cells.index}
    labels = objects(len(groups), len(keys))
    for i, rows in enumerate(groups):
        for k, (part, place) in enumerate(keys):
            labels[i, k] = blocks[part][rows, place]
    places = _read_columns(table, after, link, keys)
    body = objects(*frame.shape)
    for j, (part, column) in enumerate(places):
        for i, rows in enumerate(groups):
            body[i, j] = blocks[part][rows, column]
    header = _headers(frame, cells, places)
    index: NDArray = labels
    if link.given.get("as_index") is False:
        index = new_labels(len(groups))
    return after, Sources(body, index, header)


def _named(then: Link) -> dict[str, Any]:
    """agg's named pairs as pandas takes them."""
    return {
        key: tuple(value) if key != "func" and isinstance(value, list) else value
        for key, value in then.given.items()
    }


def _read_columns(
    table: Any, after: Any, link: Link, keys: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """For each column of the result the part and column whose cells it is made of."""
    assert link.then is not None
    frame, before = as_frame(after), as_frame(table)
    named = {k: v[0] for k, v in link.then.given.items() if k != "func" and isinstance(v, list)}
    found: list[tuple[str, int]] = []
    given_keys = as_list(link.given["by"])
    for label in frame.columns:
        top = label[0] if isinstance(label, tuple) and before.columns.nlevels == 1 else label
        if link.given.get("as_index") is False and top in given_keys:
            found.append(keys[given_keys.index(top)])
        elif top in named:
            found.append(("body", before.columns.get_loc(named[top])))
        elif top in before.columns and link.then.name != "size":
            found.append(("body", before.columns.get_loc(top)))
        elif isinstance(link.chosen, str) and link.then.name != "size":
            found.append(("body", before.columns.get_loc(link.chosen)))
        elif isinstance(table, pd.Series):
            found.append(("body", 0))
        else:  # size counts rows: their keys stand for them
            found.append(keys[0])
    return found


def _headers(frame: Any, cells: Numbered, places: list[tuple[str, int]]) -> NDArray:
    """Names that stay are those of the columns; what aggregates are called is new."""
    header = new_labels(frame.shape[1], frame.columns.nlevels).T
    for j, (part, column) in enumerate(places):
        if part == "body" and cells.header_levels <= len(header):
            header[: cells.header_levels, j] = cells.header[:, column]
    return header


def _transform(table: Any, link: Link, other: Any) -> Made:
    """Each cell gets what its group became."""
    assert link.then is not None
    keys = key_places(table, link, link.given["by"])
    after = _grouped(table, link).transform(link.then.given.get("func"))
    cells, frame = Numbered.of(table), as_frame(after)
    places = _read_columns(table, after, link, keys)
    body = objects(*frame.shape)
    body.fill(np.array([], dtype=np.int64))
    for rows in groups_of(table, link):
        for j, (_, column) in enumerate(places):
            numbers = cells.body[rows, column]
            for row in rows:
                body[row, j] = numbers
    return after, Sources(body, cells.index, _headers(frame, cells, places))


def _reduce(table: Any, link: Link, other: Any) -> Made:
    """Each column becomes a value, the whole a column of them; a single column, one value."""
    if link.name in ("first", "last", "size"):
        raise UsageError(f"{link.written} is for groups", "write groupby('genre') before it")
    func = link.given.get("func")
    if link.name in ("agg", "aggregate") and not isinstance(func, str | list | dict):
        raise UsageError(f"{link.written} of a whole table", "one aggregate, or groupby before it")
    cells = Numbered.of(table)
    given = {k: v for k, v in link.given.items() if isinstance(table, pd.DataFrame) or k == "func"}
    after = getattr(table, link.name)(**given)
    if isinstance(func, list | dict):
        return _several(table, after, func)
    if not isinstance(after, pd.Series):
        body = objects(1, 1)
        body[0, 0] = cells.body[:, 0]
        return after, Sources(body, new_labels(1), new_labels(1))
    places = [table.columns.get_loc(label) for label in after.index]
    body = objects(len(places), 1)
    for i, column in enumerate(places):
        body[i, 0] = cells.body[:, column]
    return after, Sources(body, cells.header[:, places].T, new_labels(1))


def _several(table: Any, after: Any, func: Any) -> Made:
    """Several aggregates of a whole table: a row for each, or a value for each column."""
    cells, frame, made = Numbered.of(table), as_frame(table), as_frame(after)
    body = objects(*made.shape)
    body.fill(np.array([], dtype=np.int64))
    for i, row in enumerate(made.index):
        for j, column in enumerate(made.columns):
            named = row if isinstance(after, pd.Series) else column
            label = named if isinstance(table, pd.DataFrame) else frame.columns[0]
            asked = as_list(func[label]) if isinstance(func, dict) else as_list(func)
            if isinstance(after, pd.Series) or row in asked:
                body[i, j] = cells.body[:, frame.columns.get_loc(label)]
    index, header = new_labels(len(body)), new_labels(body.shape[1])
    if isinstance(table, pd.DataFrame):  # columns keep their names
        places = [frame.columns.get_loc(n) for n in (after.index if after.ndim == 1 else after)]
        if after.ndim == 1:
            index = cells.header[:, places].T
        else:
            header = cells.header[:, places]
    return after, Sources(body, index, header)


def _value_counts(table: Any, link: Link, other: Any) -> Made:
    """How often each value occurs: the cells that hold it are counted."""
    after = table.value_counts(**link.given)
    frame, cells = as_frame(table), Numbered.of(table)
    names = as_list(link.given.get("subset")) or list(frame.columns)
    places = [frame.columns.get_loc(name) for name in names]
    keep = {"dropna": link.given.get("dropna", True)}
    numbers = frame.groupby([frame.iloc[:, p].to_numpy() for p in places], **keep).ngroup()
    groups = _split(numbers.to_numpy())
    first = {_key(frame.iloc[rows[0], places]): rows for rows in groups}
    labels, body = objects(len(after), len(places)), objects(len(after), 1)
    for i, label in enumerate(after.index):
        rows = first[_key(label if isinstance(label, tuple) else [label])]
        for k, place in enumerate(places):
            labels[i, k] = cells.body[rows, place]
        body[i, 0] = cells.body[rows, places[0]]
    return after, Sources(body, labels, new_labels(1))


def _key(values: Any) -> tuple[Any, ...]:
    """Values that compare equal where pandas counts them as one; NaN is not equal to itself."""
    return tuple("\0missing" if pd.isna(value) else value for value in values)


GROUPING: Mapping[str, Way] = {
    "group": _group,
    "transform": _transform,
    "reduce": _reduce,
    "value_counts": _value_counts,
    "pivot_table": pivot_table,
}
