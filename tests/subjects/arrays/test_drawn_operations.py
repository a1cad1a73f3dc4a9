"""What is drawn at the end of each operation is NumPy's result, cell by cell."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from manim import Animation

from mlanim.errors import UsageError
from mlanim.primitives import Area
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.printed import printed
from mlanim.subjects.arrays.motion import fill, gather, stretch
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.operation_page import OperationPage
from tests.subjects.arrays.random_expressions import ARRAYS, expressions

WIDE, TALL = Area(-6.7, -3.6, 13.4, 6.6), Area(-3.6, -6.7, 7.2, 12.6)


def played(animation: Animation) -> None:
    """Bring an animation to its end, by way of its middle."""
    animation._setup_scene(None)
    animation.begin()
    animation.interpolate(0.5)
    animation.finish()


def read_back(grid: ArrayGrid) -> dict[int, str]:
    """The numbers upon the cells that can be seen, by the number of the cell."""
    return {
        place.number: number.text
        for place, cell, number in zip(grid.places, grid.cells, grid.numbers, strict=True)
        if cell.get_fill_opacity() == 1 and (not len(number) or number[0].get_fill_opacity() == 1)
    }


def due(grid: ArrayGrid, values: np.ndarray) -> dict[int, str]:
    shown = [place.number for place in grid.places]
    return dict(zip(shown, printed(values.ravel()[shown]), strict=True))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions)
def test_every_operation_ends_with_numpys_cells(text):
    try:
        found = evaluate(text, ARRAYS)
    except UsageError:
        assume(False)
    assume(found.operations)
    for operation in islice(found.operations, 3):
        page = OperationPage(operation, area=WIDE)
        assert read_back(page.result) == {}
        if page.operands:
            played(gather(page.operands, page.origins, page.result))
        else:
            played(fill(page.result))
        assert read_back(page.result) == due(page.result, operation.result)
        for grid, operand in zip(page.operands, operation.operands, strict=False):
            seen = np.broadcast_to(operand.values, grid.values.shape)
            assert read_back(grid) == due(grid, seen)


@pytest.mark.parametrize("area", [WIDE, TALL])
@pytest.mark.parametrize(
    "text",
    [
        "a + b",
        "a @ m",
        "a.sum(axis=0)",
        "a[a > 2]",
        "np.stack([a, a])",
        "np.arange(24).reshape(2, 3, 4).sum(axis=0)",
        "np.arange(100000.5) * 1000",
        "np.where(a > 2, a, c)",
        "np.zeros(0) + 1",
        "np.ones((3, 2, 2, 2)) + 0.25",
    ],
)
def test_a_page_keeps_to_its_area(text, area):
    for operation in evaluate(text, ARRAYS).operations:
        page = OperationPage(operation, area=area)
        assert page.get_left()[0] > area.left - 0.15 and page.get_right()[0] < area.right + 0.15
        assert page.get_bottom()[1] > area.bottom - 0.15 and page.get_top()[1] < area.top + 0.15
        for grid in (*page.operands, page.result):
            assert all(number.cap_height > 0.12 for number in grid.numbers)


def test_a_stretched_operand_is_whole_after_its_copies_came():
    operation = evaluate("a + b", ARRAYS).operations[0]
    page = OperationPage(operation, area=WIDE)
    grid = page.operands[1]
    assert grid.copies == (3, 4, 5) and grid.shape_label.text == "(3,) → (2, 3)"
    for number in grid.copies:
        grid.show_cell(number, 0.0)
    played(stretch(grid, np.broadcast_to(np.arange(3), (2, 3))))
    assert len(read_back(grid)) == 6


@pytest.mark.parametrize(
    ("code", "copies"),
    [
        ("np.where(a > 2, a, -a)", [(), (), ()]),
        ("np.where(a > 2, b, 0)", [(), (3, 4, 5), (1, 2, 3, 4, 5)]),
    ],
)
def test_of_a_choice_only_what_is_stretched_is_drawn_as_a_copy(code, copies):
    page = OperationPage(evaluate(code, ARRAYS).operations[-1], area=WIDE)
    assert [grid.copies for grid in page.operands] == copies


def test_cells_fly_from_where_they_were_to_where_they_belong():
    operation = evaluate("a.T", ARRAYS).operations[0]
    page = OperationPage(operation, area=WIDE)
    flights = gather(page.operands, page.origins, page.result).animations[0].flights
    values = operation.operands[0].values.ravel()
    places = {
        tuple(np.round(page.result.cell_of(place.number).get_center(), 6)): place.number
        for place in page.result.places
    }
    for flight in flights:
        number = places[tuple(np.round(flight.goal, 6))]
        assert operation.result.ravel()[number] == values[flight.number]
    assert len(flights) == 6
