"""Axes: their names have the room that they need."""

from __future__ import annotations

from mlanim.primitives import Area
from mlanim.primitives.charts.chart import Chart


def test_a_long_name_of_an_axis_takes_two_lines_before_it_is_cut() -> None:
    area = Area(0, 0, 3.2, 3)
    long = "weight of size (sq ft), in 1,000s"
    chart = Chart((0, 10), (0, 1), area=area, names=(long, "price"))
    across, up = chart.names
    assert (across.text, up.text) == (long, "price")
    assert across.get_bottom()[1] >= area.bottom - 1e-6 and across.width <= area.width
    assert across.get_top()[1] < min(tick.get_bottom()[1] for tick in chart.ticks)
    plain = Chart((0, 10), (0, 1), area=area, names=("size", "price"))
    assert chart.box.bottom > plain.box.bottom, "the axes make room"
    narrow = Chart((0, 10), (0, 1), area=Area(0, 0, 1.2, 3), names=(long, ""))
    assert narrow.names[0].text.endswith("…")
