"""The page of tastes and traits has its numbers in every shape, what a logo leaves of one too."""

from __future__ import annotations

import pytest

from mlanim.primitives import Area
from mlanim.subjects.attention_family import FactorPage
from mlanim.subjects.attention_family.models.ratings import factorise
from mlanim.theme import LIGHT

MADE = factorise(1, steps=3)


@pytest.mark.parametrize(("width", "height"), [(13.4, 6.4), (7.2, 6.4), (7.2, 5.7), (7.2, 12.6)])
def test_all_numbers_are_there_and_legible(width: float, height: float) -> None:
    page = FactorPage(MADE, area=(area := Area(0, 0, width, height)))
    for box in (page.ratings, page.tastes, page.traits, page.products):
        assert len(box.numbers) == box.values.size
        assert min(n.cap_height for n in box.numbers if len(n)) >= LIGHT.sizes.small - 1e-6
    assert page.get_left()[0] >= -1e-6 and page.get_right()[0] <= area.right + 1e-6
    assert page.get_top()[1] <= area.top + 1e-6
    title, names = page.titles[0], page.ratings.column_labels
    above = title.get_bottom()[1] >= names.get_top()[1] - 1e-6
    assert above or title.get_right()[0] < names.get_left()[0]
