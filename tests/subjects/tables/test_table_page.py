"""The code of a link stands on the page, however long its words are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mlanim.primitives import Area
from mlanim.subjects.tables.acts.table_page import TablePage
from mlanim.theme import LIGHT


@pytest.mark.parametrize(
    "code",
    [
        "df.groupby('genre').agg(total=('plays', 'sum'), best=('plays', 'max'))",
        "df.query('hours>2')",
        f"df['{'a_column_with_a_name_that_never_ends_' * 3}']",
    ],
)
@pytest.mark.parametrize("width", [5.4, 6.4, 13.2])
def test_a_code_is_within_the_page_and_of_one_size(code: str, width: float) -> None:
    shown: list[Any] = []
    scene: Any = SimpleNamespace(
        theme=LIGHT,
        body=Area(-width / 2, -3, width, 6),
        area=Area(-width / 2, -4, width, 8),
        turn_to=lambda *page: shown.extend(page),
    )
    TablePage(scene).open("A title", code)
    label = shown[1]
    assert label.width <= width + 0.01 and label.get_left()[0] >= -width / 2 - 0.01
    assert label.cap_height == pytest.approx(0.24, rel=0.1)
