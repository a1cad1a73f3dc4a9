"""Pivot tables with margins and with several aggregates: each cell is made of those told for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlanim.errors import UsageError
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.numbered import Place, as_frame
from mlanim.subjects.tables.models.trace import Moment, follow
from tests.subjects.tables.followed_cells import HOW, check_shapes, same, source_values
from tests.subjects.tables.random_tables import by_python

SEASONS = "index='artist', columns='season', values='plays'"


def moment_of(table: pd.DataFrame, text: str) -> Moment:
    (moment,) = follow(table, read_chain(text), music.homes())
    theirs: Any = by_python(table, text)
    assert as_frame(moment.after).equals(as_frame(theirs))
    check_shapes(moment)
    return moment


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (music.seasons(), f"pivot_table({SEASONS}, aggfunc='sum', margins=True)"),
        (music.seasons(), f"pivot_table({SEASONS}, aggfunc='mean', margins=True, sort=False)"),
        (music.seasons(), f"pivot_table({SEASONS}, aggfunc=['sum', 'count'], margins=True)"),
        (music.seasons(), f"pivot_table({SEASONS}, aggfunc=['min', 'max'])"),
        (music.artists(), "pivot_table(index='genre', values=['plays', 'hours'], margins=True)"),
        (music.artists(), "pivot_table(index='genre', values='plays', aggfunc=['sum', 'mean'])"),
        (
            music.artists(),
            "pivot_table(index='genre', values=['plays', 'hours'],"
            " aggfunc={'plays': ['sum', 'max'], 'hours': 'mean'})",
        ),
        (music.artists(), "[['plays', 'hours']].agg(['sum', 'mean'])"),
        (music.artists(), "agg({'plays': ['sum', 'max'], 'hours': 'mean'})"),
        (music.artists(), "agg({'plays': 'sum', 'hours': 'mean'})"),
        (music.artists(), "plays.agg(['sum', 'mean'])"),
    ],
)
def test_each_cell_is_the_aggregate_of_the_cells_it_came_from(
    table: pd.DataFrame, text: str
) -> None:
    *before, last = read_chain(text)
    for link in before:
        table = by_python(table, link.written)
    moment = moment_of(table, last.written)
    frame, checked = as_frame(moment.after), 0
    for i, j in np.ndindex(frame.shape):
        words = {*np.ravel([*np.atleast_1d(frame.columns[j]), *np.atleast_1d(frame.index[i])])}
        asked = moment.link.given.get("aggfunc", moment.link.given.get("func", "mean"))
        if isinstance(asked, dict):
            asked = next(how for column, how in asked.items() if column in words)
        how = asked if isinstance(asked, str) else next((h for h in asked if h in words), "")
        values = source_values(moment, Place("body", i, j))
        if values:
            assert same(HOW[how](values), frame.iat[i, j]), (i, j, how, values)
            checked += 1
        else:
            assert pd.isna(frame.iat[i, j])
    assert checked >= frame.size / 2


def test_what_margins_are_called_came_from_nowhere() -> None:
    moment = moment_of(
        music.seasons(), f"pivot_table({SEASONS}, aggfunc='sum', margins=True, margins_name='all')"
    )
    names = as_frame(moment.after)
    assert names.index[-1] == names.columns[-1] == "all"
    last = Place("index", len(names) - 1, 0)
    assert source_values(moment, last) == []
    assert len(source_values(moment, Place("header", 0, names.shape[1] - 1))) == 0
    assert set(source_values(moment, Place("index", 0, 0))) == {names.index[0]}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("fillna(method='ffill')", "ffill()"),
        ("join(other)", "merge(other, how='left'"),
        ("apply(len)", "no functions run here"),
        ("groupby('genre').apply(len)", "no functions run here"),
        ("sample(3)", "head(5)"),
        ("merge(other, left_index=True)", "reset_index()"),
        ("pivot_table(columns='genre', values='plays', margins=True)", "index='genre'"),
        ("round({'hourz': 1})", "did you mean 'hours'"),
        ("replace({'genr': {'jazz': 'J'}})", "did you mean 'genre'"),
    ],
)
def test_what_is_not_followed_is_answered_with_what_is(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        follow(music.artists(), read_chain(text), music.homes())
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "round({'hours': 0})",
        "replace({'genre': {'jazz': 'J'}})",
        "genre.map({'jazz': 'J', 'folk': 'F'})",
        "plays.between(60, 120)",
        "genre.isin(['jazz'])",
        "groupby('genre').size().reset_index(name='n')",
        "agg(['count'])",
    ],
)
def test_what_people_write_is_followed(text: str) -> None:
    table = music.artists()
    for link in read_chain(text):
        table = moment_of(table, link.written).after
