"""Rising through a stack, and bars that grow: what is left on the screen is what was computed."""

import numpy as np
import pytest
from manim import Square

from mlanim.errors import UsageError
from mlanim.motion import grow, matmul, rise, swell
from mlanim.primitives import Area, LayerStack, LogitBars, Matmul, TensorBox


def test_states_come_out_of_every_layer(stage):
    stack = LayerStack(2, "encoder", area=Area(-2, -3, 4, 6))
    states = [TensorBox([float(i), 1.0]) for i in range(3)]
    places = [state.get_center() for state in states]
    stage.add(stack, states[0])
    stage.play(rise(stack, states))
    shown = stage.get_mobject_family_members()
    assert all(state in shown for state in states)
    assert len([m for m in shown if isinstance(m, TensorBox)]) == 3
    assert all(np.allclose(s.get_center(), p) for s, p in zip(states, places, strict=True))
    with pytest.raises(UsageError, match="2 layers"):
        rise(stack, [Square()])


def test_a_stack_that_swells_is_as_it_was(stage):
    stack = LayerStack(3, "encoder", area=Area(-2, -3, 4, 6))
    before = [layer.width for layer in stack.layers]
    stage.add(stack)
    stage.play(swell(stack))
    assert [layer.width for layer in stack.layers] == before


@pytest.mark.parametrize("scale", ["logits", "probabilities"])
def test_bars_reach_their_values(stage, scale):
    values = np.array([0.7, 0.2, 0.1])
    bars = LogitBars(values, area=Area(0, 0, 4, 2), scale=scale)
    stage.play(grow(bars))
    assert np.array_equal(bars.values, values)


@pytest.mark.parametrize("slowly", [True, False])
def test_every_cell_is_there_after_the_product(stage, slowly):
    page = Matmul(
        np.eye(3, 2),
        [[1.0, 2.0], [3.0, 4.0]],
        bias=[1.0, 2.0],
        names=("A", "B", "C"),
        area=Area(-6, -3, 12, 6),
    )
    stage.add(page.a, page.b)
    stage.play(matmul(page, slowly=slowly))
    shown = stage.get_mobject_family_members()
    assert page.c in shown and page.bias in shown
    assert all(cell.get_fill_opacity() == 1 for cell in page.c.cells)
    assert all(glyph.get_fill_opacity() == 1 for number in page.c.numbers for glyph in number)
    extra = {id(m) for m in shown} - {
        id(m) for part in (page.a, page.b, page.c, page.bias) for m in part.get_family()
    }
    assert not extra
