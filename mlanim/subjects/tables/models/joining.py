"""Links in which two tables become one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.moving import Made, Way, new_labels
from mlanim.subjects.tables.models.numbered import NONE, Numbered, Sources, as_frame, united
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.tables.models.reshaping import as_list, need_room

__all__ = ["JOINING", "keys_of", "matched_rows"]

_LEFT, _RIGHT = "\0left", "\0right"  # columns of row numbers, which no table has


def keys_of(table: Any, link: Link, other: Any) -> tuple[list[Any], list[Any]]:
    """The columns that are compared: of this table, and of the other."""
    given = link.given
    if given.get("how") == "cross":
        return [], []
    if "on" in given:
        return as_list(given["on"]), as_list(given["on"])
    if "left_on" in given or "right_on" in given:
        return as_list(given.get("left_on")), as_list(given.get("right_on"))
    shared = [name for name in table.columns if name in other.columns]
    return shared, shared


def matched_rows(table: Any, link: Link, other: Any) -> tuple[NDArray, NDArray]:
    """For each row of the result, the rows of both tables that it was made of; NONE where none."""
    given = {key: value for key, value in link.given.items() if key != "right"}
    left, right = keys_of(table, link, other)
    if given.get("how") != "cross":  # the keys alone, so that no other column needs a new name
        given = {k: v for k, v in given.items() if k in ("how", "sort")}
        given |= {"left_on": left, "right_on": right}
    one, two = table[left].copy(), other[right].copy()
    one[_LEFT], two[_RIGHT] = np.arange(len(one)), np.arange(len(two))
    met = one.merge(two, **given)
    return tuple(met[name].fillna(NONE).to_numpy().astype(np.int64) for name in (_LEFT, _RIGHT))


def _merge(table: Any, link: Link, other: Any) -> Made:
    other = _the_other(other, link)
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"{link.written} is asked of a single column", "it is for a whole table")
    left, right = keys_of(table, link, other)
    for frame, names, which in ((table, left, "the table"), (other, right, "other")):
        for name in names:
            if name not in frame.columns:
                known = ", ".join(str(column) for column in frame.columns)
                raise UsageError(f"{link.written}: {which} has no {name!r}", f"it has {known}")
    need_room(_count(table, other, left, right), table.shape[1] + other.shape[1], link)
    given = {key: value for key, value in link.given.items() if key != "right"}
    if "suffixes" in given:
        given["suffixes"] = tuple(given["suffixes"])
    after = table.merge(other, **given)
    rows, more = matched_rows(table, link, other)
    mine = Numbered.of(table)
    theirs = Numbered.of(other, mine.count)
    shared = {name for name, twin in zip(left, right, strict=True) if name == twin}
    taken = [i for i, name in enumerate(other.columns) if name not in shared]
    body = np.empty(after.shape, dtype=object)
    header = np.empty((1, after.shape[1]), dtype=object)
    for j in range(table.shape[1]):
        key = table.columns[j] if table.columns[j] in shared else None
        twin = other.columns.get_loc(key) if key is not None else None
        header[0, j] = united(mine.header[0, j], *_of(theirs.header[0], twin))
        for i, (row, met) in enumerate(zip(rows, more, strict=True)):
            one = mine.body[row, j] if row != NONE else NONE
            two = theirs.body[met, twin] if twin is not None and met != NONE else NONE
            body[i, j] = united(one, two)
    for k, place in enumerate(taken, table.shape[1]):
        header[0, k] = theirs.header[0, place]
        for i, met in enumerate(more):
            body[i, k] = theirs.body[met, place] if met != NONE else NONE
    return after, Sources(body, new_labels(len(after)), header)


def _of(numbers: NDArray, place: int | None) -> list[int]:
    return [] if place is None else [numbers[place]]


def _the_other(other: Any, link: Link) -> Any:
    if other is None:
        raise UsageError(f"{link.written} needs another table", "give it: --set other=FILE")
    return other


def _count(table: Any, other: Any, left: list[Any], right: list[Any]) -> int:
    """How many rows a join has at most: equal keys multiply."""
    if not left:
        return len(table) * len(other)
    ours, theirs = (
        frame.groupby(names, dropna=False).size()
        for frame, names in ((table, left), (other, right))
    )
    met = ours.reindex(theirs.index).fillna(0).to_numpy() @ theirs.to_numpy()
    return int(met) + len(table) + len(other)


def _concat(table: Any, link: Link, other: Any) -> Made:
    """One below the other, or beside it; the twins too."""
    other = _the_other(other, link)
    given = {key: value for key, value in link.given.items() if key != "objs"}
    after = pd.concat([table, other], **given)
    need_room(*as_frame(after).shape, link)
    mine = Numbered.of(table)
    theirs = Numbered.of(other, mine.count)
    frames = as_frame(table), as_frame(other)
    twins = [cells.twin(frame) for cells, frame in zip((mine, theirs), frames, strict=True)]
    moved = pd.concat(twins, **given).astype(float).fillna(NONE)
    body = moved.to_numpy().astype(np.int64)
    frame = as_frame(after)
    below = given.get("axis", 0) in (0, "index")
    again = bool(given.get("ignore_index"))
    index = _labels(body, (mine, theirs), "index", frame.index.nlevels)
    header = _labels(body.T, (mine, theirs), "header", frame.columns.nlevels).T
    if again and below:
        index = new_labels(len(body))
    if again and not below:
        header = new_labels(body.shape[1]).T
    return after, Sources(body, index, header)


def _labels(lines: NDArray, both: tuple[Numbered, Numbered], part: str, levels: int) -> NDArray:
    """The labels of the cells in each line, of whichever table they are."""
    found = np.empty((len(lines), levels), dtype=object)
    for i, line in enumerate(lines):
        numbers = []
        for cells in both:
            for n in line[(line >= cells.start) & (line < cells.start + cells.count)]:
                row, column = divmod(int(n) - cells.start, cells.columns)
                labels = cells.index[row] if part == "index" else cells.header[:, column]
                numbers.append(labels[:levels])
        for k in range(levels):
            found[i, k] = united(*(label[k] for label in numbers if k < len(label)))
    return found


JOINING: Mapping[str, Way] = {"merge": _merge, "concat": _concat}
