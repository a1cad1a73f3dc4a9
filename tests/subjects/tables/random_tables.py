"""Random tables and random chains, and what Python itself makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

OTHER = pd.DataFrame(
    {"artist": ["Nova", "Nova", "Lark", "Wren"], "town": ["Oslo", "Riga", None, "Bern"]}
)

# Links after which the table still has its four columns.
KEEPING = st.one_of(
    st.builds("query('plays > {}')".format, st.integers(0, 40)),
    st.builds("query(\"genre in ['{}', 'rock']\")".format, st.sampled_from(["jazz", "folk"])),
    st.builds("query('hours < {} | plays == 7')".format, st.integers(0, 9)),
    st.builds("query('{} <= plays < 30 and not hours > 4')".format, st.integers(0, 20)),
    st.builds(
        "sort_values('{}', ascending={})".format,
        st.sampled_from(["plays", "hours", "artist"]),
        st.booleans(),
    ),
    st.builds("sort_values(['genre', 'plays'], ignore_index={})".format, st.booleans()),
    st.builds("head({})".format, st.integers(-2, 6)),
    st.builds("tail({})".format, st.integers(0, 6)),
    st.builds("nlargest({}, 'plays')".format, st.integers(0, 4)),
    st.builds("nsmallest({}, 'hours')".format, st.integers(0, 4)),
    st.builds("drop_duplicates('{}')".format, st.sampled_from(["artist", "genre"])),
    st.builds("iloc[{}:{}]".format, st.integers(-3, 2), st.integers(1, 8)),
    st.builds("iloc[::{}]".format, st.sampled_from([-1, 1, 2])),
    st.builds("fillna({{'hours': {}}})".format, st.integers(0, 3)),
    st.sampled_from(
        [
            "dropna()",
            "dropna(subset=['hours'])",
            "sort_index()",
            "sort_index(ascending=False)",
            "reset_index(drop=True)",
            "ffill()",
            "bfill()",
            "round(1)",
            "astype({'plays': 'float'})",
            "replace('jazz', 'swing')",
            "eval('plays = plays * 2 + 1')",
            "eval('hours = hours / plays')",
        ]
    ),
)
JOINING = st.one_of(
    st.builds(
        "merge(other, on='artist', how='{}')".format,
        st.sampled_from(["inner", "left", "right", "outer"]),
    ),
    st.just("merge(other, how='cross')"),
)
ENDING = st.one_of(
    JOINING,
    st.builds(
        "groupby('{}').{}(numeric_only=True)".format,
        st.sampled_from(["genre", "artist"]),
        st.sampled_from(["sum", "mean", "min", "max", "median"]),
    ),
    st.builds(
        (
            "groupby(['genre', 'artist'], as_index={})"
            ".agg(total=('plays', 'sum'), n=('hours', '{}'))"
        ).format,
        st.booleans(),
        st.sampled_from(["count", "max", "mean"]),
    ),
    st.builds(
        "groupby('{}', sort={}, dropna={})['plays'].{}()".format,
        st.sampled_from(["genre", "artist"]),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["sum", "max", "size", "count"]),
    ),
    st.builds(
        (
            "pivot_table(index='artist', columns='genre', values='plays', aggfunc='{}', margins={})"
        ).format,
        st.sampled_from(["sum", "mean", "max", "count"]),
        st.booleans(),
    ),
    st.builds("melt(id_vars={})".format, st.sampled_from(["'artist'", "['artist', 'genre']"])),
    st.sampled_from(
        [
            "[['plays', 'artist']]",
            "['hours']",
            "T",
            "hours",
            "loc[:, 'genre':'hours']",
            "groupby('genre')[['plays', 'hours']].agg(['sum', 'min'])",
            "groupby('genre').plays.transform('max')",
            "groupby('genre').sum()",
            "pivot(index='artist', columns='genre', values='plays')",
            "pivot(index='artist', columns='genre')",
            "melt(id_vars='artist', value_vars=['plays', 'hours'], ignore_index=False)",
            "set_index(['artist', 'genre'])",
            "set_index(['artist', 'genre']).stack()",
            "set_index(['artist', 'genre']).plays.unstack()",
            "set_index(['artist', 'genre'])[['plays', 'hours']].unstack()",
            "set_index('artist').plays",
            "set_index('artist', append=True).reset_index()",
            "genre.value_counts()",
            "value_counts(['genre', 'artist'])",
            "[['plays', 'hours']].cumsum()",
            "[['plays', 'hours']].shift(1)",
            "plays.mean()",
            "[['plays', 'hours']].max()",
            "hours.isna()",
            "artist.str.upper()",
            "drop(columns=['genre']).rename(columns={'plays': 'times'})",
            "select_dtypes('number')",
            "iloc[0]",
        ]
    ),
)
AFTER = st.sampled_from(["head(2)", "sort_index()", "reset_index()", "T", "dropna()", "isna()"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Up to eight rows of two texts, a whole number, and a float with gaps."""
    rows = draw(st.integers(1, 8))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=rows, max_size=rows))

    hours = st.one_of(st.just(np.nan), st.integers(0, 40).map(lambda n: n / 4))
    frame = pd.DataFrame(
        {
            "artist": pd.Series(column(st.sampled_from(["Nova", "Lark", "Ember"])), dtype="str"),
            "genre": pd.Series(column(st.sampled_from(["jazz", "rock", None])), dtype="str"),
            "plays": pd.Series(column(st.integers(0, 50)), dtype="int64"),
            "hours": pd.Series(column(hours), dtype="float64"),
        }
    )
    return frame.set_axis(draw(st.permutations(range(rows))), axis=0)


@st.composite
def chains(draw: st.DrawFn) -> list[str]:
    """Links as they are written."""
    links = draw(st.lists(KEEPING, max_size=3))
    if draw(st.integers(0, 5)):
        links.append(draw(ENDING))
        links += draw(st.lists(AFTER, max_size=1))
    return links or ["head(3)"]


def by_python(table: Any, link: str) -> Any:
    """The link, run by Python and pandas themselves."""
    dot = "" if link.startswith("[") else "."
    return eval(f"df{dot}{link}", {"df": table, "other": OTHER, "pd": pd})
