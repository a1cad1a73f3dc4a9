"""Whether a result's cells are what the cells that they came from make of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mlanim.subjects.tables.models.numbered import Numbered, Place, as_frame
from mlanim.subjects.tables.models.table_view import view_of
from mlanim.subjects.tables.models.trace import Moment

MOVING = {
    "rows", "mask", "columns", "column", "kinds", "dropna", "labels", "located", "renamed",
    "set_index", "reset_index", "pivot", "melt", "stack", "unstack", "transpose", "to_frame",
    "merge", "concat", "shifted",
}  # fmt: skip
HOW = {
    "sum": np.nansum,
    "mean": lambda values: np.nanmean(values),
    "min": np.nanmin,
    "max": np.nanmax,
    "median": lambda values: np.nanmedian(values),
    "count": lambda values: sum(pd.notna(v) for v in values),
    "size": len,
}


def same(one: Any, other: Any) -> bool:
    if pd.isna(one) and pd.isna(other):
        return True
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return bool(np.isclose(float(one), float(other)))


def source_values(moment: Moment, place: Place) -> list[Any]:
    views = [view_of(moment.before), *([view_of(moment.other)] if moment.other is not None else [])]
    found = []
    for number in moment.sources.of(place):
        for cells, view in zip(moment.numbered, views, strict=True):
            if (at := cells.place(number)) is not None:
                found.append(view.value(at))
    return found


def check_shapes(moment: Moment) -> None:
    cells = Numbered.of(moment.after)
    for part in ("body", "index", "header"):
        assert getattr(moment.sources, part).shape == getattr(cells, part).shape, part


def check_moved_cells(moment: Moment) -> int:
    """Every cell of a link that moves cells has the value of all that it came from."""
    view, checked = view_of(moment.after), 0
    fills = "value" in moment.link.given or moment.link.name in ("replace", "round", "astype")
    for part in ("body", "index", "header"):
        block = getattr(moment.sources, part)
        for i, j in np.ndindex(block.shape):
            place = Place(part, i, j)  # type: ignore[arg-type]
            values = source_values(moment, place)
            if part == "header" and moment.link.manner in ("renamed", "merge"):
                continue  # whose names may be new
            if not values and part == "body":
                assert view.is_missing(place), place
            for value in [] if fills else values:
                assert same(view.value(place), value), (place, view.value(place), values)
                checked += 1
    return checked


def check_aggregates(moment: Moment) -> int:
    """Every cell of a groupby is the aggregate of the cells that it came from."""
    then = moment.link.then
    assert then is not None
    frame, checked = as_frame(moment.after), 0
    named = {k: v[1] for k, v in then.given.items() if isinstance(v, list) and k != "func"}
    for j, label in enumerate(frame.columns):
        top = label[-1] if isinstance(label, tuple) else label
        how = named.get(top, top if top in HOW else then.name)
        for i in range(len(frame)):
            values = source_values(moment, Place("body", i, j))
            assert values
            if how not in HOW or (any(isinstance(v, str) for v in values) and how != "size"):
                continue
            if how in ("mean", "min", "max", "median") and all(pd.isna(v) for v in values):
                assert pd.isna(frame.iat[i, j])
                continue
            assert same(HOW[how](values), frame.iat[i, j]), (how, values, frame.iat[i, j])
            checked += 1
    view = view_of(moment.after)
    for i, level in np.ndindex(moment.sources.index.shape):
        for value in source_values(moment, Place("index", i, level)):
            assert same(view.value(Place("index", i, level)), value)
    return checked


def check(moment: Moment) -> int:
    """Check what there is to check; how many cells that were."""
    check_shapes(moment)
    if moment.link.manner in MOVING:
        return check_moved_cells(moment)
    return check_aggregates(moment) if moment.link.manner == "group" else 0
