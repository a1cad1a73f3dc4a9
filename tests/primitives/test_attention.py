"""Arrows, matrix and bars: what they show grows with the weights, and only with them."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from manim import PI, RIGHT, UP, Mobject, Square, VGroup, linear

from mlanim.errors import UsageError
from mlanim.primitives import AttentionArrows, AttentionMatrix, SoftmaxBars, format_number
from mlanim.theme import DARK, LIGHT

SCORES = st.floats(-5, 5)
VECTORS = arrays(float, st.integers(1, 7), elements=SCORES)
MATRICES = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=SCORES)
WORDS = ["la", "zone", "économique", "européenne", "Ägypten", "grande", "qui", "réglementation"]


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def bounds(part: Mobject) -> np.ndarray:
    """Lower left and upper right corner (2, 2)."""
    points = part.get_all_points()[:, :2]
    return np.array([points.min(axis=0), points.max(axis=0)])


def overlaps(parts: list[Mobject], others: list[Mobject]) -> list[tuple[Mobject, Mobject]]:
    """Pairs that share an area."""
    these, those = [(p, bounds(p)) for p in parts], [(p, bounds(p)) for p in others]
    return [
        (one, other)
        for (one, a), (other, b) in product(these, those)
        if one is not other and (a[0] < b[1]).all() and (b[0] < a[1]).all()
    ]


def row_of(n: int, y: float = 0.0) -> VGroup:
    return VGroup(*(Square(0.5) for _ in range(n))).arrange(RIGHT, buff=0.3).shift(y * UP)


def assert_grows(sizes: list[float], weights: np.ndarray) -> None:
    order = np.argsort(weights)
    for low, high in pairwise(order):
        if weights[high] - weights[low] > 1e-9:
            assert sizes[high] > sizes[low]


def test_arrows_grow_in_thickness_opacity_and_tip() -> None:
    first = softmax(np.array([0.3, -2.0, 1.0, -6.0, 2.0]))
    arrows = AttentionArrows(row_of(5), Square().shift(2 * UP), first, theme=DARK)
    for weights in (first, first[::-1]):
        arrows.set_weights(weights)
        assert np.array_equal(arrows.weights, weights)
        assert_grows([a.curve.get_stroke_width() for a in arrows.arrows], weights)
        assert_grows([a.curve.get_stroke_opacity() for a in arrows.arrows], weights)
        assert_grows([a.tip.get_fill_opacity() for a in arrows.arrows], weights)
        assert_grows([a.tip.height for a in arrows.arrows], weights)


@settings(max_examples=20, deadline=None)
@given(VECTORS, VECTORS.map(lambda v: v[::-1]), st.floats(0, 1))
def test_arrows_on_the_way_show_the_weights_of_the_moment(
    one: np.ndarray, other: np.ndarray, share: float
) -> None:
    n = min(len(one), len(other))
    start, end = softmax(one[:n]), softmax(other[:n])
    arrows = AttentionArrows(row_of(n), [0, 2, 0], start, max_width=10)
    move = arrows.animate(rate_func=linear).set_weights(end).build()
    move.begin()
    move.interpolate(share)
    now = (1 - share) * start + share * end
    assert np.allclose(arrows.weights, now)
    assert np.allclose([a.curve.get_stroke_width() for a in arrows.arrows], 0.5 + 9.5 * now)
    move.finish()
    assert np.array_equal(arrows.weights, end)


def test_a_weight_of_zero_is_almost_invisible() -> None:
    faint = AttentionArrows(row_of(2), [0, 2, 0], [1.0, 0.0]).arrows[1]
    assert 0 < faint.curve.get_stroke_width() <= 0.5
    assert 0 < faint.curve.get_stroke_opacity() < 0.1
    assert faint.tip.height < 0.05


@pytest.mark.parametrize(
    ("target", "sides", "leaves", "arrives"),
    [
        ([0, 3, 0], None, [0, 1], [0, 1]),
        ([0, -3, 0], None, [0, -1], [0, -1]),
        ([9, 0, 0], None, [1, 0], [1, 0]),
        ([-9, 0, 0], None, [-1, 0], [-1, 0]),
        ([9, 0, 0], ("top", "left"), [0, 1], [1, 0]),
        ([9, 3, 0], ("right", "bottom"), [1, 0], [0, 1]),
    ],
)
def test_curves_leave_and_arrive_perpendicular(
    target: list, sides: tuple | None, leaves: list, arrives: list
) -> None:
    box = Square().move_to(target)
    arrows = AttentionArrows(row_of(3), box, [0.5, 0.3, 0.2], sides=sides)
    for arrow in arrows.arrows:
        points = arrow.curve.points
        for step, way in [(points[1] - points[0], leaves), (points[-1] - points[-2], arrives)]:
            assert np.allclose(step[:2] / np.linalg.norm(step), way, atol=1e-6)
        apex = arrow.tip.points[0]
        assert max(abs(apex - box.get_center())[:2]) == pytest.approx(1.06, abs=1e-6)


def test_arrows_to_one_side_do_not_cross() -> None:
    arrows = AttentionArrows(row_of(5), Square(2).shift(3 * UP), softmax(np.zeros(5))).arrows
    for share in (0.0, 0.5, 1.0):
        across = [arrow.curve.point_from_proportion(share)[0] for arrow in arrows]
        assert across == sorted(across) and len(set(across)) == 5


def test_arrows_keep_their_pose_when_weights_change() -> None:
    plain = AttentionArrows(row_of(3), [0, 2, 0], [0.6, 0.3, 0.1])
    turned = (
        plain.copy().scale(0.5, about_point=np.zeros(3)).rotate(PI / 3, about_point=np.zeros(3))
    )
    turned.set_weights([0.1, 0.1, 0.8])
    plain.set_weights([0.1, 0.1, 0.8])
    plain.scale(0.5, about_point=np.zeros(3)).rotate(PI / 3, about_point=np.zeros(3))
    for one, other in zip(plain.arrows, turned.arrows, strict=True):
        assert np.allclose(one.curve.points, other.curve.points)
        assert np.allclose(one.tip.points, other.tip.points)


def test_arrows_of_a_matrix_follow_it_in_order() -> None:
    weights = softmax(np.array([[1.0, 0.0], [0.0, 2.0], [0.5, 0.0]]))
    sources, targets = row_of(2), row_of(3, y=3)
    arrows = AttentionArrows(sources, targets, weights).arrows
    assert len(arrows) == 6
    for (row, column), arrow in zip(np.ndindex(3, 2), arrows, strict=True):
        assert arrow.weight == weights[row, column]
        assert abs(arrow.curve.points[0] - sources[column].get_center())[0] < 0.25
        assert abs(arrow.tip.points[0] - targets[row].get_center())[0] < 0.25


@settings(max_examples=25, deadline=None)
@given(VECTORS, st.sampled_from(["horizontal", "vertical"]), st.floats(0.3, 3))
def test_bars_are_as_long_as_their_weights(
    scores: np.ndarray, orientation: str, scale: float
) -> None:
    weights = softmax(scores)
    bars = SoftmaxBars(
        softmax(scores[::-1]),
        orientation=orientation,
        width=5.0,
        height=4.0,  # type: ignore[arg-type]
    )
    bars.scale(scale).shift(RIGHT).set_weights(weights)
    lengths = [b.width if orientation == "horizontal" else b.height for b in bars.bars]
    full = (5.0 if orientation == "horizontal" else 4.0) * scale
    assert np.allclose(lengths, weights * full)
    drawn = np.array([bar.fill_rgbas[0, :3] for bar in bars.bars])
    assert np.allclose(drawn, LIGHT.weight(weights, "score", 1.0))
    if len(bars.numbers):
        assert [n.text for n in bars.numbers] == [format_number(w, 2) for w in weights]


@pytest.mark.parametrize("orientation", ["horizontal", "vertical"])
def test_numbers_stand_at_the_ends_of_bars_and_roll(orientation: str) -> None:
    bars = SoftmaxBars(
        [0.9647, 0.0177, 0.0176],
        decimals=4,
        orientation=orientation,
        width=3,
        height=3,  # type: ignore[arg-type]
    )
    axis = 0 if orientation == "horizontal" else 1
    move = bars.animate(rate_func=linear).set_weights([0.0, 0.5, 0.5]).build()
    move.begin()
    for share in (0.0, 0.3, 1.0):
        move.interpolate(share)
        assert bars.weights.sum() == pytest.approx(1, abs=1e-3)
        for bar, number, weight in zip(bars.bars, bars.numbers, bars.weights, strict=True):
            assert number.text == format_number(weight, 4)
            end = bar.get_edge_center(np.eye(3)[axis])[axis]
            assert 0.03 < number.get_edge_center(-np.eye(3)[axis])[axis] - end < 0.15
        assert not overlaps(list(bars.numbers), list(bars.numbers))


def test_numbers_that_would_overlap_are_left_out() -> None:
    even = softmax(np.zeros(30))
    assert len(SoftmaxBars(even, orientation="vertical", width=5).numbers) == 0
    with pytest.raises(UsageError, match="overlap"):
        SoftmaxBars(even, orientation="vertical", width=5, numbers=True)


@settings(max_examples=20, deadline=None)
@given(MATRICES, st.floats(0.3, 1.2))
def test_matrix_cells_have_the_colour_and_the_number_of_their_weight(
    scores: np.ndarray, cell: float
) -> None:
    weights = softmax(scores)
    rows, columns = weights.shape
    matrix = AttentionMatrix(weights, WORDS[:rows], WORDS[:columns], cell=cell, role="context")
    drawn = np.array([c.fill_rgbas[0, :3] for c in matrix.cells]).reshape(rows, columns, 3)
    assert np.allclose(drawn, LIGHT.weight(weights, "context", 1.0))
    assert [n.text for n in matrix.numbers] in ([], [format_number(w, 2) for w in weights.flat])
    assert len(matrix.rows) == rows
    assert matrix.cell_at(rows - 1, 0) is matrix.cells[(rows - 1) * columns]


def test_rows_that_are_not_revealed_are_absent_and_come_in_place() -> None:
    weights = softmax(np.arange(12.0).reshape(4, 3) / 5)
    whole = AttentionMatrix(weights, WORDS[:4], WORDS[:3])
    matrix = AttentionMatrix(weights, WORDS[:4], WORDS[:3], revealed=1)
    hidden = matrix.cell_at(2, 0)
    assert hidden not in matrix.get_family() and matrix.row_labels[2] not in matrix.get_family()
    for each in (whole, matrix):
        each.scale(1.7).move_to([2, -1, 0], aligned_edge=RIGHT)
    matrix = matrix.copy()
    row = matrix.reveal_row(2)
    assert row in matrix.rows and matrix.reveal_row(2) is row and len(matrix.rows) == 2
    assert [matrix.is_revealed(i) for i in range(4)] == [True, False, True, False]
    offset = whole.frame.get_center() - matrix.frame.get_center()
    for column in range(3):
        there = whole.cell_at(2, column).get_center() - offset
        assert np.allclose(matrix.cell_at(2, column).get_center(), there)


@pytest.mark.parametrize(
    ("n", "cell", "cell_height"),
    [(8, 0.8, 0.8), (8, 0.6, 0.3), (8, 0.4, 0.4), (40, 0.28, 0.14), (16, 0.13, 0.13)],
)
def test_matrix_labels_never_overlap_nor_shrink(n: int, cell: float, cell_height: float) -> None:
    words = (WORDS * 5)[:n]
    matrix = AttentionMatrix(np.eye(n), words, words, cell=cell, cell_height=cell_height)
    texts = [*matrix.row_labels, *matrix.column_labels]
    assert [text.text for text in texts] == words * 2
    assert not overlaps(texts, texts)
    assert not overlaps(texts, [matrix.frame])
    leaders = [part for part in matrix.leaders if part.get_length() > 0]
    assert not overlaps(leaders, texts)
    assert min(text.cap_height for text in texts) >= LIGHT.sizes.small - 1e-6


def test_forty_words_need_two_levels_beside_rows_and_one_above_columns() -> None:
    words = ["la", "réglementation", "économique", "grande"] * 10
    matrix = AttentionMatrix(np.eye(40), words, words, cell=0.28, cell_height=0.14)
    assert len([part for part in matrix.leaders if part.get_length() > 0]) == 20
    assert len({round(label.get_bottom()[1], 1) for label in matrix.column_labels}) == 1


DRAWERS = {
    "arrows": lambda w: AttentionArrows(row_of(2), [0, 2, 0], w),
    "bars": lambda w: SoftmaxBars(w),
    "matrix": lambda w: AttentionMatrix([w], ["a"], ["b", "c"]),
}


@pytest.mark.parametrize("draw", DRAWERS.values(), ids=DRAWERS)
@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([0.5, np.nan], "nan"),
        ([0.5, 0.6], "sum to 1.1 in row 0"),
        ([1.5, -0.5], "between 0 and 1"),
        ([], "not empty|sources|shape"),
        (["a", "b"], "cannot read"),
    ],
)
def test_what_is_no_distribution_is_refused(draw: object, weights: list, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        draw(weights)  # type: ignore[operator]
    assert "\n" not in str(caught.value)


def test_counts_must_agree() -> None:
    with pytest.raises(UsageError, match="3 sources and 1 targets"):
        AttentionArrows(row_of(3), [0, 2, 0], [0.5, 0.5])
    with pytest.raises(UsageError, match="did you mean 'bottom'"):
        AttentionArrows(row_of(1), [0, 2, 0], [1.0], sides=("botom", "top"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="row_labels has 1 texts"):
        AttentionMatrix(np.eye(2), ["a"], ["b", "c"])
    with pytest.raises(UsageError, match="0 to 2"):
        AttentionMatrix(np.eye(2), ["a", "b"], ["c", "d"], revealed=3)
    with pytest.raises(UsageError, match="rows are 0 to 1"):
        AttentionMatrix(np.eye(2), ["a", "b"], ["c", "d"]).reveal_row(2)
    with pytest.raises(UsageError, match="2 x 2 cells"):
        AttentionMatrix(np.eye(2), ["a", "b"], ["c", "d"]).cell_at(2, 0)
    with pytest.raises(UsageError, match="there are 2 bars"):
        SoftmaxBars([0.5, 0.5]).set_weights([1.0])
    with pytest.raises(UsageError, match="SoftmaxBars labels"):
        SoftmaxBars([0.5, 0.5], labels=["a"])
    with pytest.raises(UsageError, match=r"draw \(2,\)"):
        AttentionArrows(row_of(2), [0, 2, 0], [0.5, 0.5]).set_weights([1.0])
