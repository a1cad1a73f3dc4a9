import pytest

from mlanim.errors import UsageError
from mlanim.primitives.recurrent.rnn_cell import RNNCell


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_a_cell_says_what_it_is_inside_its_box(kind):
    cell = RNNCell(kind=kind, size=0.5)
    assert cell.label.text == kind.upper()
    assert cell.label.width < cell.box.width
    assert not len(cell.loop)


def test_the_loop_leaves_the_cell_and_comes_back_to_it():
    cell = RNNCell(looped=True)
    side = cell.hidden_out_port[0]
    assert cell.loop.start[0] == pytest.approx(side)
    assert cell.loop.end[0] == pytest.approx(side)
    assert cell.loop.get_right()[0] > side + 0.3


def test_ports_lie_on_the_four_sides_of_the_box():
    cell = RNNCell(size=1.2, looped=True).shift([2, 1, 0])
    assert cell.output_port[1] - cell.input_port[1] == pytest.approx(1.2)
    assert cell.hidden_out_port[0] - cell.hidden_in_port[0] == pytest.approx(cell.box.width)


def test_an_unknown_kind_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'lstm'"):
        RNNCell(kind="ltsm")
