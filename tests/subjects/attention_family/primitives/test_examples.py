"""Every noun of the room has an example, and what is drawn is read back from where it is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.primitives import Area
from mlanim.subjects import attention_family as room
from mlanim.subjects.attention_family import BarRows, CopyRows, CurveChart

EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "attention_family"


@pytest.mark.parametrize("name", room.__all__)
def test_an_example_makes_it(name: str) -> None:
    path = EXAMPLES / f"{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}.py"
    names: dict = {"__name__": "example"}
    exec(compile(path.read_text(), path.name, "exec"), names)
    made = names["shown"]
    assert type(made) is getattr(room, name)
    assert made.width > 0 and made.height > 0


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 40), st.integers(0, 999), st.booleans(), st.sampled_from([(12, 6), (7, 10)]))
def test_curves_stand_where_their_data_do(count, seed, log, size):
    random = np.random.default_rng(seed)
    steps = np.arange(count)
    curves = {
        name: np.column_stack([steps, 10 ** random.uniform(-9, 0, count)]) for name in ("a", "b")
    }
    chart = CurveChart(curves, y=(1e-9, 1.0), log=log, area=Area(-3, 1, *size))
    for name, points in curves.items():
        drawn = chart.data_drawn(name)
        assert np.allclose(drawn[:, 0], points[:, 0], atol=1e-6)
        assert np.allclose(drawn[:, 1], points[:, 1], rtol=1e-4, atol=0 if log else 1e-6)
    half = chart.set_stage((count - 1) / 2).data_drawn("a")
    assert half[-1, 0] == pytest.approx((count - 1) / 2)
    assert len(half) <= count // 2 + 2


def test_labels_at_one_height_do_not_touch():
    curves = {name: [[0, 0.2], [1, 0.9]] for name in "abcd"}
    chart = CurveChart(curves, y=(0, 1), area=Area(0, 0, 8, 4))
    heights = sorted(label.get_y() for label in chart.labels)
    assert min(np.diff(heights)) > chart.labels[0].height
    with pytest.raises(UsageError, match="5 curves"):
        CurveChart({name: [[0, 1], [1, 1]] for name in "abcde"}, y=(0, 1), area=Area(0, 0, 8, 4))


def test_what_is_held_back_is_not_there_but_moves_on():
    curves = {name: [[0, 0.2], [4, 0.9]] for name in "ab"}
    chart = CurveChart(curves, y=(0, 1), area=Area(0, 0, 8, 4))
    head, label = chart.hold_back("b")
    family = chart.get_family()
    assert head not in family and label not in family and len(chart.heads) == 1
    before = head.get_x()
    chart.set_stage(1)
    assert head.get_x() < before


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 24), st.integers(0, 999), st.sampled_from([(13, 6), (7, 10)]))
def test_bars_are_as_high_as_their_values(count, seed, size):
    values = np.random.default_rng(seed).uniform(0, 1, (3, count))
    style = {"roles": ["query", "key", "output"], "area": Area(0, 0, *size)}
    rows = BarRows("a" * count, ["one", "two", "three"], values, **style)
    assert np.allclose(rows.values_drawn(), values, atol=1e-6)
    half = BarRows("a" * count, ["one", "two", "three"], values / 2, tops=[0.5] * 3, **style)
    for one, other in zip(rows.bars[1], half.bars[1], strict=True):
        assert one.height == pytest.approx(other.height, abs=1e-3)
    assert np.allclose(rows.set_values(values[::-1]).values_drawn(), values[::-1], atol=1e-6)


def test_wrong_letters_are_marked_and_counted():
    rows = CopyRows("abcd", {"bad": "abba", "good": "abcd"}, area=Area(0, 0, 9, 4))
    assert rows.wrong == [[2, 3], []]
    assert [share.text for share in rows.shares] == ["2 of 4", "4 of 4"]
    assert [len(part) for part in rows.rows[1][2:]] == [2, 2]  # the letter, and its bar
