"""Every noun of the room has an example, and what is drawn is read back from where it is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.primitives import Area
from mlanim.subjects import words as room
from mlanim.subjects.words import TextWindow, WordBars, WordMap

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "words"


@pytest.mark.parametrize("name", [n for n in room.__all__ if n[0].isupper()])
def test_an_example_makes_it(name: str) -> None:
    path = EXAMPLES / f"{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}.py"
    names: dict = {"__name__": "example"}
    exec(compile(path.read_text(), path.name, "exec"), names)
    made = names["shown"]
    assert type(made) is getattr(room, name)
    assert made.width > 0 and made.seen.what


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 20), st.integers(0, 999), st.sampled_from([(12, 6), (6, 6), (6, 11)]))
def test_dots_stand_where_the_words_do(count, seed, size):
    places = np.random.default_rng(seed).normal(size=(count, 2)) * (3, 1)
    words = [f"word{i}" for i in range(count)]
    area = Area(-1, 2, *size)
    made = WordMap(words, places, area=area, kinds=[i % 6 for i in range(count)])
    assert np.allclose(made.places_drawn(), places, atol=1e-6)
    moved = places[::-1].copy()
    assert np.allclose(made.set_places(moved).places_drawn(), moved, atol=1e-6)
    for dot in made.dots:
        assert area.left < dot.get_x() < area.right and area.bottom < dot.get_y() < area.top


def test_names_lie_upon_nothing():
    places = np.random.default_rng(0).normal(size=(40, 2))
    made = WordMap([f"word{i}" for i in range(40)], places, area=Area(0, 0, 12, 6))
    boxes = [
        np.array([*part.get_corner((-1, -1, 0))[:2], *part.get_corner((1, 1, 0))[:2]])
        for part in [*made.dots, *(name for name in made.names if len(name.submobjects))]
    ]
    named = boxes[40:]
    assert len(named) > 20
    for i, one in enumerate(named):
        for other in [*boxes[:40], *named[i + 1 :]]:
            assert (one[2:] <= other[:2]).any() or (other[2:] <= one[:2]).any()


def test_few_words_have_names_where_all_would_have_no_room():
    places = np.random.default_rng(0).normal(size=(40, 2))
    made = WordMap([f"word{i}" for i in range(40)], places, area=Area(0, 0, 12, 6))
    nameless = [i for i, name in enumerate(made.names) if not len(name.submobjects)]
    only = [*nameless, 0]
    told = made.name_labels(only=only)
    named = {i: name.text for i, name in enumerate(told) if len(name.submobjects)}
    assert named == {i: f"word{i}" for i in named}
    assert set(named) <= set(only) and len(told) == 40
    assert len(set(named) & set(nameless)) >= len(nameless) / 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8).filter(lambda v: max(map(abs, v)) > 0.1))
def test_bars_are_as_long_as_their_values(values):
    made = WordBars([f"w{i}" for i in range(len(values))], values, area=Area(0, 0, 10, 6))
    zero = made.baseline.get_x()
    ends = [
        bar.get_right()[0] if v >= 0 else bar.get_left()[0]
        for bar, v in zip(made.bars, values, strict=True)
    ]
    lengths = np.array(ends) - zero
    longest = int(np.abs(values).argmax())
    due = np.array(values) * lengths[longest] / values[longest]
    assert np.allclose(lengths, due, atol=2e-3)
    assert [number.value for number in made.numbers] == values


@pytest.mark.parametrize("width", [3.0, 5.0, 6.4, 12.0])
def test_frames_around_words_stay_in_the_page(width):
    words = [*"abcdefg", "likeness", "machine", "human", "mind"]
    area = Area(-width / 2, -2, width, 4)
    text = TextWindow(words, 2, area=area)
    for i in range(len(words)):
        frame = text.centre(i)
        assert area.left - 0.01 < frame.get_left()[0] and frame.get_right()[0] < area.right + 0.01
