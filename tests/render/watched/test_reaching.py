"""Things that are the same have one digest, others another; tables are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.render.watched.reaching import Walk

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4)
THINGS = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(PLAIN, inner, max_size=3)
    ),
    max_leaves=8,
)


class Cell:
    """Something of a reader's, which no table is made of."""

    def __init__(self, value: object) -> None:
        self.value = value


def state(thing: object) -> str:
    walk = Walk()
    walk.take(thing)
    return walk.digest()


@given(THINGS, THINGS)
@settings(max_examples=150, deadline=None)
def test_digests_are_the_same_where_things_are(one: object, other: object) -> None:
    assert state(one) == state(deepcopy(one))
    assert (state(one) == state(other)) == (repr(one) == repr(other))
    assert (state(Cell([one])) == state(Cell([other]))) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    "table",
    [
        {"words": [["a", 1], ["b", 2]], "count": 2},
        [(1, 2.0), [3, Cell([4])]],
        {"rows": [{"n": 1}, {"n": 2}], Cell: "kind"},
        {("a", "b"): [1, 2, 3]},
        [np.arange(3), [1, 2]],
    ],
)
def test_a_change_in_any_row_is_seen(table: object) -> None:
    def innermost(thing):
        inside = list(thing.values()) if isinstance(thing, dict) else list(thing)
        lists = [one for one in inside if isinstance(one, list | tuple)]
        return innermost(lists[-1]) if lists else thing

    stood = state(table)
    row = innermost(table)
    last = row[-1]
    if isinstance(last, Cell):
        last.value.append(5)
    elif isinstance(last, dict):
        last["n"] = 7
    else:
        row[-1] = 7
    assert state(table) != stood


def test_what_lies_behind_a_long_table_is_seen() -> None:
    table, cell = list(range(450_000)), Cell(1)
    stood = state([table, cell])
    cell.value = 2
    assert state([table, cell]) != stood


def turns() -> Iterator[None]:
    """A variable that comes first in the code has a value only in a later turn."""
    for turn in range(2):
        if turn:
            late = turn  # noqa: F841
        soon = turn  # noqa: F841
        yield


def test_variables_are_told_alike_whenever_they_were_looked_at_before() -> None:
    """Of the processes that share a film one looks at plays at which the others do not look."""
    looked_at, other = turns(), turns()
    for generator in (looked_at, other):
        next(generator)
    state(looked_at)
    for generator in (looked_at, other):
        next(generator)
    assert state(looked_at) == state(other)
