"""Two tables before their join: whole, in what room there is."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from mlanim.primitives import Area
from mlanim.subjects.tables.acts.joins import join_tables
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.music import homes, winter_hits
from mlanim.subjects.tables.models.trace import follow_link
from mlanim.theme import LIGHT, Theme

WIDE = replace(LIGHT, fonts=replace(LIGHT.fonts, sans=LIGHT.fonts.mono))


@pytest.mark.parametrize("size", [(6.4, 5.2), (6.4, 11.0)])
def test_texts_are_cut_where_the_page_holds_no_two_columns(size: tuple[float, float]) -> None:
    said = {f"a rather long name, {i}": ["and a text that goes on"] * 3 for i in range(6)}
    table = pd.DataFrame({"key": [1, 2, 3], **said})
    moment = follow_link(table, read_chain("merge(other, on='key')")[0], table)
    scene: Any = SimpleNamespace(theme=LIGHT)
    tables = join_tables(moment, table, Area(-size[0] / 2, -size[1] / 2, *size), scene)
    assert all(
        abs(x) < size[0] / 2 + 0.01 for t in tables for x in (t.get_left()[0], t.get_right()[0])
    )
    assert any(cell.text.endswith("…") for cell in tables[0].cells)


@pytest.mark.parametrize("theme", [LIGHT, WIDE], ids=["narrow letters", "wide letters"])
@pytest.mark.parametrize("size", [(13.4, 5.4), (6.4, 5.2), (6.4, 4.4), (6.4, 11.0)])
def test_both_are_whole_side_by_side_and_inside(size: tuple[float, float], theme: Theme) -> None:
    table, other = winter_hits(), homes()
    moment = follow_link(table, read_chain("merge(other, on='artist')")[0], other)
    area = Area(-size[0] / 2, -size[1] / 2, *size)
    scene: Any = SimpleNamespace(theme=theme)
    left, right = join_tables(moment, other, area, scene)
    for drawn, whole in ((left, table), (right, other)):
        assert list(drawn.view.rows) == list(range(len(whole)))
        assert area.left - 0.01 < drawn.get_left()[0] and drawn.get_right()[0] < area.right + 0.01
        assert area.bottom - 0.01 < drawn.get_bottom()[1] and drawn.get_top()[1] < area.top + 0.01
        assert drawn.cap > 8 / 45  # what the lint finds legible
    assert right.get_left()[0] - left.get_right()[0] > 0.3  # for the lines between rows
