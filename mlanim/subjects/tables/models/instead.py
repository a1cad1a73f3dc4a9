"""What to write in place of what a chain does not know: of a method, or of an argument of one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["INSTEAD"]

_NO_FUNCTIONS = "no functions run here: agg('mean'), transform('mean') or assign(new=df.plays * 2)"
_NO_CHANCE = "what a draw gives cannot be told beforehand: head(5), or iloc[[0, 3]]"
_CONDITION = "write assign(...), or a condition in brackets: [df.plays > 60]"
_BY_ORDER = "sort_values and assign show an order"

INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "apply": _NO_FUNCTIONS,
        "applymap": _NO_FUNCTIONS,
        "pipe": _NO_FUNCTIONS,
        "combine": _NO_FUNCTIONS,
        "groupby.apply": _NO_FUNCTIONS,
        "groupby.filter": "filter the rows before: [df.plays > 60], or the groups after",
        "groupby.head": "sort_values and drop_duplicates('genre') keep the first of each group",
        "groupby.describe": "write agg(['count', 'mean', 'min', 'max'])",
        "groupby.group_keys": "it is for apply, which is not followed: leave it out",
        "groupby.level": "name the level: groupby('genre')",
        "describe": "write agg(['count', 'mean', 'min', 'max']) of columns of numbers",
        "sample": _NO_CHANCE,
        "join": "write merge(other, how='left', on='artist')",
        "merge.left_index": "reset_index() makes a column of it; then left_on=, or on=",
        "merge.right_index": "give other's index as a column of its file; then right_on=, or on=",
        "merge.indicator": "leave it out: rows without a partner are seen, and have gaps",
        "merge.validate": "leave it out: keys that occur twice are seen to multiply",
        "fillna.method": "pandas has taken it out: write ffill() or bfill()",
        "fillna.inplace": "each link gives a new table: leave it out",
        "sort_values.inplace": "each link gives a new table: leave it out",
        "drop.inplace": "each link gives a new table: leave it out",
        "rename.inplace": "each link gives a new table: leave it out",
        "sort_values.key": "assign a column to sort by: assign(size=df.plays.abs())",
        "value_counts.bins": "no bins are cut here: leave it out",
        "unique": "write drop_duplicates()",
        "duplicated": "write drop_duplicates('genre')",
        "where": _CONDITION,
        "mask": _CONDITION,
        "rank": _BY_ORDER,
        "insert": "write assign(new=...)",
        "pop": "write drop(columns='plays')",
        "copy": "each link gives a new table: leave it out",
        "reindex": "write loc[['a', 'b']], or [['plays', 'artist']] for columns",
        "crosstab": "write pivot_table(index=, columns=, aggfunc='size')",
        "filter.regex": "filter(like='pl') looks for letters",
        "mean.axis": "rows are computed by assign(mean=(df.a + df.b) / 2)",
        "sum.axis": "rows are computed by assign(sum=df.a + df.b)",
        "concat.keys": "assign(from_='a') before tells the tables apart",
    }
)
