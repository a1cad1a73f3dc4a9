"""Headings in other languages keep to the lines that their page leaves them."""

from dataclasses import replace

import pytest

from mlanim.primitives.area import Area
from mlanim.primitives.heading import Heading
from mlanim.theme import LIGHT
from mlanim.words.table import Words


def test_a_translation_takes_no_more_lines_than_its_english() -> None:
    english = "Join the heads, multiply by Wo"
    page = Area(0, 0, Heading(english, area=Area(0, 0, 20, 8)).width + 0.1, 8)
    german = Words({english: "Köpfe verbinden, mit Wo multiplizieren"})
    theme = replace(LIGHT, words=german)
    wanted = Heading.lines_of(english, page)
    assert wanted == 1 and Heading(english, area=page, theme=theme).extent[1] > 0  # it would wrap
    smaller = Heading(english, area=page, theme=theme, lines=wanted)
    assert smaller.extent[1] == 0 and smaller.width <= page.width
    assert LIGHT.sizes.body <= smaller.cap_height < LIGHT.sizes.title
    same = Heading(english, area=page, lines=wanted)
    assert same.cap_height == pytest.approx(LIGHT.sizes.title)
