"""A link in words: a heading, and the sentence of its caption."""

from __future__ import annotations

from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.numbered import as_frame
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.tables.models.reshaping import as_list
from mlanim.subjects.tables.models.trace import Moment

__all__ = ["code_of", "heading_of", "sentence_of"]


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def code_of(link: Link) -> str:
    """A link as a line of Python.

    >>> from mlanim.subjects.tables.models.chain import read_chain
    >>> [code_of(link) for link in read_chain("[df.a > 1].head(2)")]
    ['df[df.a > 1]', 'df.head(2)']
    """
    if link.name == "concat" and "df" in link.written:
        return f"pd.{link.written}"
    return f"df{'' if link.written.startswith('[') else '.'}{link.written}"


def heading_of(moment: Moment) -> str:
    """A few words about what the link did.

    >>> from mlanim.subjects.tables.models.chain import read_chain
    >>> from mlanim.subjects.tables.models.pandas_extra import pd
    >>> from mlanim.subjects.tables.models.trace import follow
    >>> heading_of(follow(pd.DataFrame({"a": [3, 1]}), read_chain("query('a > 1')"))[0])
    '1 of 2 rows'
    """
    (rows, columns), (now, wide) = as_frame(moment.before).shape, as_frame(moment.after).shape
    manner, name = moment.link.manner, moment.link.name
    if name in ("sort_values", "sort_index"):
        of_columns = moment.link.given.get("axis") in (1, "columns")
        return f"{'Columns' if of_columns else 'Rows'} in their new order"
    if manner == "dropna" and moment.link.given.get("axis") in (1, "columns"):
        return f"{wide:,} of {_counted(columns, 'column')}"
    if manner in ("mask", "rows", "dropna"):
        return f"{now:,} of {_counted(rows, 'row')}"
    if name == "fillna":
        return "What is missing gets a value"
    if manner == "reset_index" and moment.link.given.get("drop"):
        return "A new index"
    if manner == "assign":
        known = list(as_frame(moment.before).columns)
        new = [name for name in moment.link.given if name not in known]
        few = "A new column" if len(new) == 1 else "New columns"
        return few if new else "A column computed anew"
    if manner in ("columns", "column", "kinds", "labels", "located"):
        return f"{_counted(now, 'row')}, {_counted(wide, 'column')}"
    if manner == "group":
        by = " and ".join(map(str, _keys(moment)))
        return f"{_counted(now, 'group')} by {by}" if len(by) < 16 else _counted(now, "group")
    if manner == "reduce" and isinstance(moment.after, pd.DataFrame):
        return "Each aggregate becomes a row"
    return {
        "renamed": "New names",
        "cells": "Every cell in its place",
        "text": "Every text in its place",
        "shifted": "Cells from their neighbours",
        "running": "Cells from those above",
        "set_index": "Columns become the index",
        "reset_index": "The index becomes columns",
        "pivot": "Values become a header",
        "pivot_table": "Values that meet are one",
        "melt": "Columns become rows",
        "stack": "The header becomes index",
        "unstack": "The index becomes header",
        "transpose": "Rows become columns",
        "to_frame": "A column becomes a table",
        "transform": "To each its group's value",
        "reduce": "Each column becomes one value",
        "value_counts": "How often each value occurs",
        "merge": f"{_counted(now, 'row')} of two tables",
        "concat": "Two tables become one",
    }[manner]


def _keys(moment: Moment) -> list[object]:
    return as_list(moment.link.given.get("by"))


def sentence_of(moment: Moment) -> str:
    """What the caption says: the link, and the size of the table before and after."""
    (rows, wide), (now, new) = as_frame(moment.before).shape, as_frame(moment.after).shape
    before = f"{_counted(rows, 'row')} of {_counted(wide, 'column')}"
    after = f"{_counted(now, 'row')} of {_counted(new, 'column')}"
    return f"{heading_of(moment)}: {before} become {after}."
