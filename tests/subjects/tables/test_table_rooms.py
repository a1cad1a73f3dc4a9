"""Tables beside each other or below: all of them is drawn where a page holds it, and inside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.primitives.area import Area
from mlanim.subjects.tables.acts.joins import join_tables
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.trace import follow_link
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.tables.primitives.table_layout import USUAL
from mlanim.subjects.tables.primitives.table_rooms import Sheet, table_rooms
from mlanim.theme import LIGHT

SQUARE, WIDE = Area(-3.6, -3.6, 7.2, 4.9), Area(-6.7, -3.6, 13.4, 5.2)


def drawn(sheets: list[Sheet], area: Area) -> list[DataTable]:
    *before, after = sheets
    placed = table_rooms(before, after, area, LIGHT)
    return [DataTable(sheet.table, breaks=sheet.breaks, **sheet.style()) for sheet in placed]


def pages() -> list[list[Sheet]]:
    artists, seasons = music.artists(), music.seasons()
    wide = seasons.pivot(index="artist", columns="season", values="plays")
    long = wide.reset_index().melt(id_vars="artist", value_name="plays")
    sums = artists.groupby("genre").sum(numeric_only=True)
    more = music.newcomers()
    return [
        [Sheet(artists), Sheet(artists[["artist", "plays"]])],
        [Sheet(artists, breaks=(2, 5)), Sheet(sums)],
        [Sheet(seasons), Sheet(wide)],
        [Sheet(wide.reset_index()), Sheet(long)],
        [Sheet(wide), Sheet(wide.stack())],
        [Sheet(artists.head(3)), Sheet(more), Sheet(pd.concat([artists.head(3), more]))],
    ]


@pytest.mark.parametrize("sheets", pages())
@pytest.mark.parametrize("area", [SQUARE, WIDE])
def test_nothing_of_the_tours_tables_is_left_out(sheets: list[Sheet], area: Area) -> None:
    for table, sheet in zip(drawn(sheets, area), sheets, strict=True):
        assert not len(table.dots) and not len(table.count)
        assert table.view.frame.shape == pd.DataFrame(sheet.table).shape
        assert table.cap >= 0.999 * LIGHT.sizes.small


def test_a_wide_page_keeps_dtypes_and_air() -> None:
    artists = music.artists()
    placed = table_rooms([Sheet(artists)], Sheet(artists[["plays"]]), WIDE, LIGHT)
    assert all(sheet.dtypes and sheet.spacing is USUAL for sheet in placed)
    one, other = (DataTable(sheet.table, **sheet.style()) for sheet in placed)
    assert one.cap == pytest.approx(other.cap, rel=0.02)


shapes = st.tuples(st.integers(1, 30), st.integers(1, 12))


@settings(max_examples=15, deadline=None)
@given(st.lists(shapes, min_size=2, max_size=3), st.sampled_from([SQUARE, WIDE]))
def test_tables_of_any_shape_stand_inside_and_apart(shapes: list, area: Area) -> None:
    sheets: list[Any] = [Sheet(pd.DataFrame([[7] * n] * m)) for m, n in shapes]
    rooms = [sheet.area for sheet in table_rooms(sheets[:-1], sheets[-1], area, LIGHT)]
    for i, room in enumerate(rooms):
        assert room.left >= area.left - 1e-9 and room.right <= area.right + 1e-9
        assert room.bottom >= area.bottom - 1e-9 and room.top <= area.top + 1e-9
        for other in rooms[:i]:
            beside = room.left >= other.right or other.left >= room.right
            assert beside or room.bottom >= other.top or other.bottom >= room.top


def test_wide_tables_that_are_joined_stand_inside_a_narrow_page() -> None:
    names = [f"a_long_name_of_number_{i}" for i in range(9)]
    wide = pd.DataFrame({"customer_number": range(1000, 1006)} | dict.fromkeys(names, 7578.79))
    days = pd.date_range("2024-01-01", periods=6)  # which cannot be cut
    other = pd.DataFrame({"customer_number": range(1000, 1006), "order": 77, "on": 9.9, "at": days})
    moment = follow_link(wide, read_chain("merge(other, on='customer_number')")[0], other)
    page: Any = SimpleNamespace(theme=LIGHT)
    for table in join_tables(moment, other, Area(-3.6, -3.6, 7.2, 11.3), page):
        assert table.get_left()[0] > -3.62 and table.get_right()[0] < 3.62
