"""TensorBox: what is drawn is the array, also after it was changed, moved, copied and animated."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from manim import RIGHT, Mobject, linear

from mlanim.errors import UsageError
from mlanim.primitives import TensorBox, format_number
from mlanim.theme import DARK, LIGHT, PRINT, THEMES, Theme

TENSORS = arrays(
    float, array_shapes(max_dims=3, max_side=3), elements=st.floats(-100, 100, allow_nan=False)
)


def colours(box: TensorBox) -> np.ndarray:
    return np.array([cell.fill_rgbas[0, :3] for cell in box.cells])


def due(box: TensorBox) -> np.ndarray:
    return box.theme.signed(box.shown_values, box.limit, box.role).reshape(-1, 3)


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


@settings(max_examples=15, deadline=None)
@given(TENSORS, st.sampled_from(sorted(THEMES)))
def test_every_cell_has_the_colour_and_the_number_of_its_value(
    values: np.ndarray, name: str
) -> None:
    box = TensorBox(values, theme=THEMES[name], cell=1.2, numbers=True)
    assert len(box.cells) == values.size
    assert np.array_equal(box.values, values)
    assert np.allclose(colours(box), due(box), atol=1e-12)
    front = (
        values.reshape(-1, *values.shape[-2:])[0].ravel() if values.ndim == 3 else values.ravel()
    )
    assert [number.text for number in box.numbers] == [format_number(v, 2) for v in front]
    assert [number.value for number in box.numbers] == list(front)
    for number, cell in zip(box.numbers, box.cells, strict=False):
        assert number.width < cell.width and number.height < cell.height
        assert np.allclose(number.get_center()[:2], cell.get_center()[:2], atol=0.05)
        assert number.color_hex.upper() == box.theme.on(cell.fill_rgbas[0, :3]).upper()


@settings(max_examples=8, deadline=None)
@given(TENSORS, st.floats(0, 1))
def test_values_on_the_way_agree_with_everything_drawn(values: np.ndarray, share: float) -> None:
    box = TensorBox(values, cell=1.2, limit=100)
    goal = -values[::-1]
    move = box.animate(rate_func=linear).set_values(goal).build()
    move.begin()
    move.interpolate(share)
    assert np.allclose(box.values, (1 - share) * values + share * goal)
    assert np.allclose(colours(box), due(box), atol=1e-12)
    shown = box.shown_values.ravel()
    assert [n.text for n in box.numbers] == [format_number(v, 2) for v in shown[: len(box.numbers)]]
    move.finish()
    assert np.array_equal(box.values, goal)
    assert np.allclose(colours(box), due(box), atol=1e-12)


def test_replaced_digits_leave_nothing_on_the_picture() -> None:
    box = TensorBox([0.5, -1.0], cell=0.8)
    listed = box.get_family()  # as a scene lists it when an animation begins
    move = box.animate.set_values([-0.25, 1.0]).build()
    move.begin()
    move.finish()
    kept = {id(part) for part in box.get_family()}
    assert not [part for part in listed if id(part) not in kept and len(part.points)]
    assert [number.text for number in box.numbers] == ["−0.25", "1.00"]


def test_a_box_changes_where_it_was_moved_scaled_and_copied_to() -> None:
    box = TensorBox([[0.5, -1.0], [0.25, 0.0]], cell=0.8, label="h")
    moved = box.copy().scale(2).shift(3 * RIGHT)
    moved.set_values([[1.0, 1.0], [-1.0, 0.5]])
    assert np.array_equal(box.values, [[0.5, -1.0], [0.25, 0.0]])
    assert np.allclose(colours(moved), due(moved), atol=1e-12)
    for number, cell in zip(moved.numbers, moved.cells, strict=True):
        assert np.linalg.norm(number.get_center() - cell.get_center()) < 0.05
    assert moved.numbers[0].cap_height == pytest.approx(2 * box.numbers[0].cap_height)
    with pytest.raises(ValueError, match="read-only"):
        moved.values[0, 0] = 3


def test_a_copied_stack_has_cells_of_its_own() -> None:
    box = TensorBox(np.ones((2, 2, 2)), limit=1)
    twin = box.copy().set_values(-np.ones((2, 2, 2)))
    assert {id(cell) for cell in twin.cells} <= {id(part) for part in twin.get_family()}
    assert np.allclose(colours(twin), due(twin), atol=1e-12)
    assert np.allclose(colours(box), due(box), atol=1e-12)


def test_numbers_keep_room_for_what_may_come() -> None:
    for first, options in [([0.0, 0.0], {"limit": 10.0}), ([-0.1, 0.5], {"limit": 99.0})]:
        box = TensorBox(first, cell=1.1, **options)
        box.set_values([-box.limit, box.limit])
        assert all(n.width < c.width for n, c in zip(box.numbers, box.cells, strict=True))


def test_opacity_survives_new_values() -> None:
    box = TensorBox([1.0, 2.0]).set_opacity(0.3)
    box.set_values([2.0, 1.0])
    assert [cell.fill_rgbas[0, 3] for cell in box.cells] == [0.3, 0.3]


def test_the_first_layer_of_a_stack_lies_in_front() -> None:
    box = TensorBox(np.arange(24).reshape(2, 3, 4), cell=0.5)
    order = [id(part) for part in box.get_family()]
    assert order.index(id(box.cell_at(0, 0, 0))) > order.index(id(box.cell_at(1, 0, 0)))
    behind, before = box.cell_at(1, 2, 3).get_center(), box.cell_at(0, 2, 3).get_center()
    assert (behind > before)[:2].all()


def test_cells_lie_as_the_array_is_read() -> None:
    box = TensorBox([[1, 2], [3, 4]])
    left, right, below = (box.cell_at(*index).get_center() for index in [(0, 0), (0, 1), (1, 0)])
    assert right[0] - left[0] == pytest.approx(0.3) and right[1] == pytest.approx(left[1])
    assert below[1] - left[1] == pytest.approx(-0.3) and below[0] == pytest.approx(left[0])
    assert box.cell_at(-1, -1) is box.cells[3]


@pytest.mark.parametrize("orientation", ["row", "column"])
def test_an_abbreviation_shows_the_first_cells_and_tells_the_true_size(orientation: str) -> None:
    values = np.linspace(-1, 1, 64)
    box = TensorBox(values, shown=8, orientation=orientation)  # type: ignore[arg-type]
    assert len(box.cells) == 7 and len(box.ellipsis) == 3
    assert np.array_equal(box.shown_values, values[:7])
    assert box.shape_label.text == "(64,)"
    assert not overlaps(list(box.ellipsis), list(box.cells))
    assert max(box.frame.width, box.frame.height) == pytest.approx(8 * 0.3, abs=0.1)
    box.set_values(-values)
    assert np.allclose(colours(box), due(box), atol=1e-12)


def test_a_short_vector_is_not_abbreviated() -> None:
    box = TensorBox([1, 2, 3], shown=8)
    assert len(box.cells) == 3 and len(box.ellipsis) == 0 and len(box.shape_label) == 0


def test_numbers_appear_where_they_are_legible() -> None:
    assert len(TensorBox([0.5, 0.25], cell=0.3).numbers) == 0
    for size in (0.75, 0.8, 2.0):
        box = TensorBox([0.5, -0.25], cell=size)
        assert len(box.numbers) == 2
        assert min(number.cap_height for number in box.numbers) >= LIGHT.sizes.small - 1e-6
    assert [number.text for number in TensorBox([13, 9], cell=0.6, decimals=0).numbers] == [
        "13",
        "9",
    ]


@pytest.mark.parametrize("cell", [0.15, 0.3, 0.8])
@pytest.mark.parametrize("shape", [(6, 6), (2, 6, 6)])
def test_labels_never_overlap_nor_shrink(cell: float, shape: tuple[int, ...]) -> None:
    words = ["la", "zone", "économique", "européenne", "Ägypten", "grande"]
    box = TensorBox(
        np.ones(shape),
        cell=cell,
        row_labels=words,
        column_labels=words,
        label="x",
        shape_label=True,
    )
    texts = [*box.row_labels, *box.column_labels, box.label, box.shape_label]
    assert not overlaps(texts, texts)
    assert not overlaps(texts, [*box.cells, box.frame])
    assert min(text.cap_height for text in texts) >= LIGHT.sizes.small - 1e-6


def test_neighbours_labels_stand_level() -> None:
    low, deep = TensorBox([1.0], label="h"), TensorBox([1.0], label="g")
    assert low.label.baseline[1] - low.frame.get_top()[1] == pytest.approx(
        deep.label.baseline[1] - deep.frame.get_top()[1]
    )


def test_print_marks_negative_cells_without_colour() -> None:
    box = TensorBox([0.5, -1.0, -0.25], theme=PRINT)
    assert len(box.marks) == 2
    assert np.allclose(box.marks[0].get_center(), box.cells[1].get_center())
    assert len(box.set_values([-0.5, 1.0, 0.0]).marks) == 1
    assert len(TensorBox([0.5, -1.0]).marks) == 0
    assert len(TensorBox([0.5, -1.0], theme=PRINT, cell=0.9).marks) == 0  # its number has a minus


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_weights_have_a_scale_of_their_own(theme: Theme) -> None:
    box = TensorBox([0.0, 0.5, 1.0], scale="weight", role="score", theme=theme)
    assert np.allclose(colours(box), theme.weight([0.0, 0.5, 1.0], "score", 1.0))


@pytest.mark.parametrize(
    ("values", "options", "says"),
    [
        ([1.0, np.nan], {}, r"nan at index \(1,\)"),
        ([[1.0], [np.inf]], {}, "finite"),
        ([], {}, "not empty"),
        (3.0, {}, r"shape \(\)"),
        (np.ones((1, 1, 1, 1)), {}, "stack"),
        ("abc", {}, "cannot read str"),
        ([[1, 2], [3]], {}, "same length"),
        ([1, 2], {"orientation": "colum"}, "did you mean 'column'"),
        ([1, 2], {"scale": "log"}, "signed"),
        ([1, -2], {"scale": "weight"}, "not negative"),
        ([1, 2], {"limit": 0}, "greater than 0"),
        ([1, 2], {"cell": 0}, "greater than 0"),
        ([1, 2], {"role": "hiden"}, "hidden"),
        ([1, 2], {"row_labels": ["a"]}, "1 texts"),
        ([1, 2], {"row_labels": "ab"}, "list of 2"),
        ([1, 2], {"numbers": True}, "legibly"),
        ([1, 2], {"shown": 1}, "2 or more"),
        (np.ones((2, 2, 2)), {"shown": 5}, "vector or a matrix"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(
    values: object, options: dict, says: str
) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        TensorBox(values, **options)
    assert "\n" not in str(caught.value)


def test_new_values_must_have_the_old_shape() -> None:
    box = TensorBox([1, 2, 3])
    with pytest.raises(UsageError, match=r"\(2,\)"):
        box.set_values([1, 2])
    with pytest.raises(UsageError, match="nan"):
        box.animate.set_values([1, 2, np.nan])
    with pytest.raises(UsageError, match="not negative"):
        TensorBox([1, 2], scale="weight").set_values([1, -1])
    with pytest.raises(UsageError, match="one index for each dimension"):
        box.cell_at(0, 0)
    assert np.array_equal(box.values, [1, 2, 3])
