"""The parts of a page: shapes told once, depths, thinned rows, passes, choices."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Circle, Line, RoundedRectangle, Square

from mlanim.errors import UsageError
from mlanim.models.page_pass import PagePass
from mlanim.models.softmax import softmax
from mlanim.primitives import Area, Label, LossCurve, Number
from mlanim.primitives.charts.chart import Chart
from mlanim.primitives.charts.class_marks import ClassMarks
from mlanim.publish.page.asking import Asker, content_of
from mlanim.publish.page.choices import Choice, asked_choices
from mlanim.publish.page.depth import Depths
from mlanim.publish.page.marking import ALONG, WHOLE, marks_of
from mlanim.publish.page.shapes import GRID, ShapeTable
from mlanim.publish.page.stills import path_of
from mlanim.publish.page.thinning import thinned, told_rows
from mlanim.review.drawn_values import data_of
from mlanim.subjects.arrays.primitives.sample_wave import SampleWave
from mlanim.subjects.attention_family.primitives.curve_chart import CurveChart
from mlanim.subjects.boundary.primitives.error_curve import ErrorCurve
from mlanim.subjects.networks.primitives.loss_surface import LossSurface
from mlanim.subjects.systems.primitives.error_chart import ErrorChart
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.transformer.primitives.wave_plot import WavePlot


def restored(table: ShapeTable, points: np.ndarray) -> np.ndarray:
    """The ends of curves, from a table and a box."""
    number, (x, y, width, height) = table.place(points)
    size, *paths = table.outlines[number]
    ends = []
    for _, *away in paths:
        at = np.cumsum(np.reshape(away, (-1, 2)), axis=0)[::size]
        ends.append(at * (width / 2 / GRID, height / 2 / GRID) + (x, y))
    return np.concatenate(ends)


@pytest.mark.parametrize(
    "mobject", [Square(), Circle(), Line([0, 0, 0], [3, 0, 0]), RoundedRectangle()], ids=str
)
def test_a_shape_is_told_to_a_part_of_a_pixel(mobject: Square) -> None:
    moved = mobject.copy().scale(0.7).shift([2, 1, 0])
    table = ShapeTable()
    ends = restored(table, moved.points)
    wanted = np.concatenate([moved.points[:1], moved.points[3::4]])[:, :2]
    assert np.abs(ends - wanted).max() < 1e-3
    table.place(mobject.points)
    assert len(table.outlines) == 1, "wherever and however large"


def test_a_glyph_is_the_same_shape_at_any_size() -> None:
    table = ShapeTable()
    for size in ("body", 0.3, "title"):
        for glyph in Label("noon", size=size).family_members_with_points():
            table.place(glyph.points)
    assert len(table.outlines) == 2


def test_straight_curves_are_lines_and_closed_ones_say_so() -> None:
    table = ShapeTable()
    number, _ = table.place(Square().points)
    assert table.outlines[number][0] == 1 and table.outlines[number][1][0] == 1
    number, _ = table.place(Circle().points)
    assert table.outlines[number][0] == 3
    assert path_of(table.outlines[0], 0, 0, 1 / GRID, 1 / GRID, places=0).endswith("Z")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.permutations(range(7)).map(lambda order: order[:5]), min_size=1, max_size=6))
def test_depths_give_every_order(orders: list[list[int]]) -> None:
    depths, of = Depths(), dict[int, float]()
    for order in orders:
        of.update(depths.arrange(order))
        assert all(of[low] < of[high] for low, high in pairwise(order))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=30), st.floats(0.01, 1))
def test_thinned_rows_miss_none_by_more_than_is_allowed(values: list[float], slack: float) -> None:
    times, rows = np.arange(len(values), dtype=float), np.array(values)[:, np.newaxis]
    kept = thinned(times, rows, np.zeros(len(values)), np.array([slack]))
    between = np.interp(times, times[kept], rows[kept, 0])
    assert kept[0] == 0 and kept[-1] == len(values) - 1
    assert np.abs(between - rows[:, 0]).max() <= slack + 1e-9


def test_where_the_kind_changes_both_rows_stay() -> None:
    kept = thinned(np.arange(6.0), np.zeros((6, 1)), np.array([0, 0, 0, 1, 1, 1]), np.ones(1))
    assert kept == [0, 2, 3, 5]


def test_what_rests_does_not_drift_towards_what_comes_next() -> None:
    of = {"states": [0, 1, 2, 40], "times": [*range(0, 3600, 83)], "kinds": np.zeros(4, int)}
    table = np.array([[0], [100], [102], [105]])
    told = np.array(told_rows(of["states"], of["times"], table, of["kinds"], np.array([6.0])))
    rows = told.reshape(-1, 3).cumsum(axis=0)
    assert [rows[-3:, 0].tolist(), rows[-3:, 2].tolist()] == [[166, 3237, 3320], [102, 102, 105]]


def test_every_cell_of_a_table_can_be_asked() -> None:
    frame = pd.DataFrame({"name": ["Wren", "Nova", "Lark"] * 9, "plays": range(27)})
    table = DataTable(frame, area=Area(0, 0, 6, 3))
    asked: list[int] = []
    for part, array in table.drawn_data.items():
        told = [(one, i) for one, i in marks_of((table,), part, array) if i != WHOLE]
        assert [cell.text for cell, _ in told] == [str(array.flat[i]) for _, i in told]
        asked += [id(cell) for cell, _ in told]
    assert sorted(asked) == sorted(map(id, table.cells)), "each once, also where rows are left out"


def test_what_runs_through_an_array_has_a_place_for_each_row_in_their_order() -> None:
    area, losses = Area(0, 0, 6, 4), [3.0, 1.0, 2.0, 0.5]
    grid, places = np.linspace(-1, 1, 9), np.array([[0, 0, 0], [1, 0, 0], [3, 1, 0], [2, 1, 0]])
    ways = {"a way": np.array([[-0.5, 0.5], [0.0, 0.2], [0.3, 0.1]])}
    along = 0
    for thing in (
        LossCurve([0, 1, 5, 9], {"a": losses, "b": losses[::-1]}, area=area, step=7),
        ErrorCurve([10, 20, 40, 90], {"test error": [0.3, 0.1, 0.2, 0.05]}, area=area, stage=2.5),
        CurveChart({"a": [[0, 1], [2, 3], [4, 0]]}, y=(0, 3), area=area).set_stage(3),
        LossSurface(grid, grid, grid**2 + grid[:, None] ** 2, area=area, paths=ways, stage=1.5),
        Chart((0, 3), (0, 3), area=area).curve([[0, 1], [1, 2], [3, 5]]),
        ErrorChart(losses, area=area, count=3),
        ClassMarks(places, np.array([0, 1, 0, 0]), classes=2),
        WavePlot(losses, name="a", area=area),
        SampleWave(losses, limit=4, area=area),
    ):
        for part, values in data_of((thing,)):
            array = np.asarray(values)
            for one, index in marks_of((thing,), part, array):
                if index != ALONG:
                    continue
                outline = ShapeTable()
                outline.place(one.points)
                _, *paths = outline.outlines[0]
                if paths[0][0]:  # marks, the middles of which count; one alone is at the last row
                    at = np.split(one.points[:, 0], len(paths))
                    drawn = np.array([(xs.min() + xs.max()) / 2 for xs in at])
                    across = array[-len(paths) :]
                else:
                    drawn, across = np.append(one.points[::4, 0], one.points[-1, 0]), array
                assert len(drawn) == len(across), (thing, part)
                rows = across[:, 0] if array.ndim > 1 else np.arange(len(across))
                assert (np.argsort(drawn) == np.argsort(rows)).all(), (thing, part)
                along += 1
    assert along == 16


def test_the_nearest_thing_tells_more_of_itself_than_what_it_is_a_part_of() -> None:
    curve = LossCurve([0, 1, 5], {"a": [3, 2, 1], "b": [2, 1, 0]}, area=Area(0, 0, 6, 4))
    told = {id(one): i for one, i in marks_of((curve,), "curve 'b'", np.zeros((3, 2)))}
    assert told[id(curve.curves[1])] == told[id(curve.dots[1])] == ALONG
    assert told[id(curve)] == WHOLE and id(curve.curves[0]) not in told


def test_a_number_that_comes_alone_is_called_by_its_whole_when_that_stands() -> None:
    whole = LossCurve([0, 1], {"a": [2, 1]}, area=Area(0, 0, 6, 4))
    number = whole.amount = Number(0.5)
    recorder = SimpleNamespace(times=[0], copies=[], track_of=lambda _: None)
    asker = Asker(recorder)  # type: ignore[arg-type]
    for shown in (number, whole.add(number), number):
        asker.ask(SimpleNamespace(mobjects=[shown], foreground_mobjects=[]))
    (name,) = (one.name for one in asker.tensors if one.kind == "Number")
    assert name == "LossCurve amount" and len({one.name for one in asker.tensors}) == 2


def test_values_are_one_only_where_they_are_the_same() -> None:
    arrays: list[np.ndarray] = [
        np.zeros(8, np.uint8),
        np.zeros(1),
        np.zeros(1, int),
        np.array(["a", "b"]),
        np.array(["a", 2], object),
        np.array(["a", "2"], object),
    ]
    assert len({content_of(array) for array in arrays}) == len(arrays)
    assert content_of(np.array(["a", 2000], object)) == content_of(np.array(["a", 2000], object))


STORED = {"points": [[0.0], [1.0], [5.0]], "kinds": [0, 1, 1], "place": [0.0], "k": [1]}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6), st.floats(0.1, 5))
def test_passes_are_their_formulas(numbers: list[float], temperature: float) -> None:
    weights = PagePass("softmax", {"scores": numbers}).result(temperature)
    assert np.allclose(weights, softmax(np.array(numbers) / temperature))
    vectors = np.outer(numbers, [1.0, 2.0])
    summed = PagePass("weighted-sum", {"weights": weights, "vectors": vectors}).result()
    assert np.allclose(summed, weights @ vectors)


@pytest.mark.parametrize(
    ("kind", "arrays", "told"),
    [
        ("sum", {}, "allowed: softmax"),
        ("softmax", {"score": [1.0]}, "it takes scores"),
        ("weighted-sum", {"weights": [1.0], "vectors": [[1.0], [2.0]]}, r"vectors \(n, d\)"),
        ("neighbours", STORED | {"k": [4]}, "k = 4 of 3 points: choose a whole number from 1 to 3"),
        ("neighbours", STORED | {"kinds": [0, 0.5, 1]}, "number the classes"),
        ("neighbours", STORED | {"place": [0.0, 1.0]}, r"place \(d\)"),
    ],
)
def test_a_pass_that_cannot_be(kind: str, arrays: dict[str, list[float]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        PagePass(kind, arrays)  # type: ignore[arg-type]


def test_choices_are_counted_before_anything_is_loaded() -> None:
    assert asked_choices(["a=1,2", "b=x,y,z"]) == (
        Choice("a", ("1", "2")),
        Choice("b", ("x", "y", "z")),
    )
    with pytest.raises(UsageError, match=r"makes 25 variants \(5 a x 5 b\)"):
        asked_choices(["a=1,2,3,4,5", "b=1,2,3,4,5"])
