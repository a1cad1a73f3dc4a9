"""Cells that belong together have one colour, from the tables to their result."""

from __future__ import annotations

import pytest

from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.music import artists, homes
from mlanim.subjects.tables.models.numbered import Place
from mlanim.subjects.tables.models.trace import follow_link
from mlanim.subjects.tables.primitives.family_roles import after_roles, before_roles


@pytest.mark.parametrize(
    "code",
    [
        "merge(other, on='artist', how='outer')",
        "merge(other, how='cross')",
        "[df.artist.isin(other.artist)]",
        "[~df.artist.isin(other.artist)]",
    ],
)
def test_a_key_keeps_its_colour_in_every_kind_of_join(code: str) -> None:
    table, other = artists(), homes()
    keys, moment = (
        follow_link(table, read_chain(one)[0], other)
        for one in ("merge(other, on='artist', how='inner')", code)
    )
    colours = {}
    for frame, roles in zip((table, other), before_roles(keys), strict=True):
        column = frame.columns.get_loc("artist")
        for row, name in enumerate(frame.artist):
            colours[name] = roles[Place("body", row, column)]
    after = after_roles(moment, keys)
    shown = 0
    for column, name in enumerate(moment.after.columns):
        for row in range(len(moment.after) if name.startswith("artist") else 0):
            text = moment.after.iat[row, column]
            assert after[Place("body", row, column)] == colours[text]
            shown += 1
    assert shown == len(moment.after) * sum(n.startswith("artist") for n in moment.after.columns)
    assert len(set(colours.values())) == min(len(colours), 6)


def test_a_margin_is_of_no_family() -> None:
    code = "pivot_table(index='genre', columns='artist', values='plays', margins=True)"
    moment = follow_link(artists(), read_chain(code)[0])
    roles = after_roles(moment)
    rows, columns = moment.after.shape
    assert Place("body", rows - 1, 0) in roles  # of one artist
    assert Place("body", rows - 1, columns - 1) not in roles  # of all
