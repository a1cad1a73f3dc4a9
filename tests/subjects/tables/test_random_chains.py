"""Whatever chain: each link equals pandas' own, and each cell is where pandas put it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from mlanim.errors import UsageError
from mlanim.primitives import Area
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.numbered import Numbered, Place
from mlanim.subjects.tables.models.table_view import view_of
from mlanim.subjects.tables.models.trace import follow_link
from mlanim.subjects.tables.motion.journeys import Journeys
from mlanim.subjects.tables.motion.travel_cells import travel_cells
from mlanim.subjects.tables.primitives.data_table import DataTable
from tests.subjects.tables.followed_cells import check
from tests.subjects.tables.random_tables import OTHER, by_python, chains, tables

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def assert_same(ours: Any, theirs: Any) -> None:
    """Values, index, kinds, names, NaN."""
    if isinstance(theirs, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, theirs)
    elif isinstance(theirs, pd.Series):
        pd.testing.assert_series_equal(ours, theirs)
    else:
        assert ours == theirs or (pd.isna(ours) and pd.isna(theirs))


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(tables(), chains())
def test_each_link_is_pandas_own_and_each_cell_is_followed(
    table: pd.DataFrame, written: list[str]
) -> None:
    for text in written:
        for link in read_chain(text):
            try:
                theirs = by_python(table, link.written)
            except Exception:
                with pytest.raises(UsageError):
                    follow_link(table, link, OTHER)
                return
            if not isinstance(table, pd.DataFrame | pd.Series):
                return
            moment = follow_link(table, link, OTHER)
            assert_same(moment.after, theirs)
            check(moment)
            table = moment.after


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(tables(), chains())
def test_drawn_cells_arrive_where_pandas_put_them(table: pd.DataFrame, written: list[str]) -> None:
    for text in written:
        for link in read_chain(text):
            try:
                moment = follow_link(table, link, OTHER)
            except UsageError:
                return
            if isinstance(table := moment.after, pd.DataFrame) and not table.size:
                return
            left, right = Area(-8, -4, 7.5, 8), Area(0.5, -4, 7.5, 8)
            drawn = [DataTable(moment.before, area=left)]
            if moment.other is not None:
                drawn.append(DataTable(moment.other, area=left))
            new = DataTable(moment.after, area=right)
            timeline = travel_cells(moment, drawn, new, stays=True)
            timeline.begin()
            timeline.finish()
            view, cells = view_of(moment.after), Numbered.of(moment.after)
            for cell in new.cells:
                assert cell.text == cell.label.text == view.text(cell.place)
            if not new.dots:
                unnamed = sum(not name for name in view.header_texts)
                assert len(new.cells) == cells.count - unnamed or view.is_single
            for animation in timeline.animations:
                if isinstance(animation, Journeys):
                    arrived(animation, new)
            if not isinstance(table, pd.DataFrame | pd.Series):
                return


def arrived(journeys: Journeys, new: DataTable) -> None:
    """Each copy is where a cell of the result is."""
    places = {tuple(cell.plate.get_center().round(6)) for cell in new.cells}
    for copy in journeys.mobject:
        assert tuple(copy.get_center().round(6)) in places


def test_a_wrong_way_would_be_noticed() -> None:
    table = pd.DataFrame({"genre": ["jazz", "folk", "jazz"], "plays": [3, 1, 5]})
    for text in ("sort_values('plays')", "groupby('genre').plays.sum()"):
        (link,) = read_chain(text)
        moment = follow_link(table, link)
        assert check(moment)
        wrong = replace(moment.sources, body=moment.sources.body[::-1])
        with pytest.raises(AssertionError):
            check(replace(moment, sources=wrong))


def test_a_join_multiplies_keys_that_occur_twice() -> None:
    left = pd.DataFrame({"k": ["a", "a", "b"], "x": [1, 2, 3]})
    right = pd.DataFrame({"k": ["a", "a", "c"], "y": [4, 5, 6]})
    (link,) = read_chain("merge(other, on='k', how='outer')")
    moment = follow_link(left, link, right)
    assert len(moment.after) == 2 * 2 + 1 + 1
    # Both keys are sources of a key; an unmatched row has one, and a gap none.
    assert len(moment.sources.of(Place("body", 0, 0))) == 2
    assert len(moment.sources.of(Place("body", 4, 0))) == 1
    assert moment.sources.of(Place("body", 4, 2)) == ()


def test_semi_and_anti_joins_choose_rows() -> None:
    left = pd.DataFrame({"k": ["a", "b", "a"]})
    right = pd.DataFrame({"k": ["a", "a"]})
    for text, wanted in (("[df.k.isin(other.k)]", [0, 2]), ("[~df.k.isin(other.k)]", [1])):
        (link,) = read_chain(text)
        assert follow_link(left, link, right).after.index.tolist() == wanted
