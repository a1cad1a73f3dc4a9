"""Grids of cells: what is printed and coloured is the array, whatever its shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.primitives import Area
from mlanim.primitives.cells import rgb_of
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.code_line import CodeLine
from mlanim.subjects.arrays.primitives.grid_plan import GridPlan
from mlanim.subjects.arrays.primitives.pixel_picture import PixelPicture
from mlanim.theme import DARK, LIGHT, PRINT

SHAPES = [(), (1,), (5,), (2, 3), (4, 1), (2, 2, 3), (2, 2, 2, 2), (1, 2, 1, 2, 2), (0,), (3, 0)]


EXAMPLES = Path(__file__).parents[4] / "docs" / "examples" / "arrays"


@pytest.mark.parametrize("name", ["array_grid", "operation_page"])
def test_an_example_makes_its_noun(name):
    names: dict[str, Any] = {}
    exec((EXAMPLES / f"{name}.py").read_text(), names)
    assert type(names["shown"]).__module__.endswith(f".{name}")
    whole = names["shown"] if name == "array_grid" else names["shown"].result
    assert all(cell.get_fill_opacity() == 1 for cell in whole.cells)


LONG = "1 / n * np.sum(np.square(predictions - labels))"


@pytest.mark.parametrize("width", [13.4, 7.2, 4.0])
def test_code_is_broken_where_it_may_be_and_loses_nothing(width):
    line = CodeLine(LONG, area=Area(-width / 2, -3, width, 6))
    assert line.width <= width + 0.05
    assert "".join(line.text.split()) == "".join(LONG.split())
    line.point_at((0, 5))
    assert [glyph.get_fill_color().to_hex() == LIGHT.ink for glyph in line][:5] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_prints_its_value(shape):
    values = np.arange(int(np.prod(shape))).reshape(shape)
    grid = ArrayGrid(values)
    assert [number.text for number in grid.numbers] == [str(v) for v in values.ravel()]
    assert grid.shape_label.text == str(shape)
    places = {tuple(np.round(cell.get_center(), 6)) for cell in grid.cells}
    assert len(places) == values.size


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT])
def test_colour_is_the_values_own_scale(theme):
    grid = ArrayGrid(np.array([-2.0, 0.0, 1.0, np.nan, np.inf]), theme=theme)
    due = theme.signed([-2, 0, 1, np.nan, np.inf], 2.5, grid.role)
    for cell, colour in zip(grid.cells, due, strict=True):
        np.testing.assert_allclose(rgb_of(cell), colour)


def test_what_does_not_fit_is_cut_and_told():
    values = np.arange(10_000).reshape(100, 100)
    grid = ArrayGrid(values, plan=GridPlan(values.shape, most=(4, 5)))
    shown = values[np.ix_([0, 1, 99], [0, 1, 2, 99])]
    np.testing.assert_array_equal(grid.shown_values.reshape(3, 4), shown)
    assert grid.shape_label.text == "(100, 100)" and len(grid.dots) > 0
    assert grid.has(9999) and not grid.has(5000)


def test_neighbours_are_neighbours_and_slabs_have_their_index():
    grid = ArrayGrid(np.arange(12).reshape(2, 2, 3))
    first, right, below = (grid.cell_of(n).get_center() for n in (0, 1, 3))
    assert right[0] > first[0] and right[1] == pytest.approx(first[1])
    assert below[1] < first[1] and below[0] == pytest.approx(first[0])
    assert {"[0]", "[1]"} <= {part.text for part in grid.dots if hasattr(part, "text")}


def test_copies_are_pale_and_dashed():
    grid = ArrayGrid([[1, 2], [1, 2]], copied=np.array([[False, False], [True, True]]))
    assert grid.copies == (2, 3) and len(grid.dashes) == 2
    assert not np.allclose(rgb_of(grid.cell_of(0)), rgb_of(grid.cell_of(2)))


def test_other_values_take_the_same_places():
    grid = ArrayGrid([1, 2])
    grid.set_values([7, -8])
    assert [number.text for number in grid.numbers] == ["7", "−8"]
    with pytest.raises(UsageError, match="shape"):
        grid.set_values([1])


def test_blank_cells_come_back_one_by_one():
    grid = ArrayGrid([1, 2]).blank()
    grid.show_cell(1, 1.0)
    assert [float(cell.get_fill_opacity()) for cell in grid.cells] == [0.0, 1.0]


def test_text_is_no_array_to_draw():
    with pytest.raises(UsageError, match="numbers"):
        ArrayGrid(np.array(["a"]))


def test_a_part_of_the_code_is_in_ink():
    line = CodeLine("a + bc", area=Area(-4, -3, 8, 6))
    line.point_at((4, 6))
    inks = [glyph.get_fill_color().to_hex() for glyph in line]
    assert inks == [LIGHT.muted] * 2 + [LIGHT.ink] * 2


def test_a_picture_is_its_numbers():
    values = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    picture = PixelPicture(values, height=2)
    np.testing.assert_array_equal(picture.pixel_array[..., :3], values)
    with pytest.raises(UsageError, match="uint8"):
        PixelPicture(np.ones((2, 2)), height=1)
