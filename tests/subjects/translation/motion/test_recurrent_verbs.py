"""Unrolling, reading and opening leave whole networks on the screen and no copies."""

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.motion import unroll, vanish
from mlanim.primitives.recurrent.cell_inside import CellInside
from mlanim.primitives.recurrent.rnn_cell import RNNCell
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN
from mlanim.subjects.translation import read_word
from mlanim.subjects.translation.motion.open_cell import open_cell


def on_screen(scene):
    return [id(part) for mobject in scene.mobjects for part in mobject.get_family()]


def ids(*groups):
    return {id(part) for group in groups for part in group.get_family()}


@pytest.fixture
def rnn():
    return UnrolledRNN(["je", "suis", "étudiant"], np.eye(3, 4))


def test_the_rolled_cell_becomes_the_row(stage, rnn):
    rolled = RNNCell(looped=True)
    stage.add(rolled)
    stage.play(unroll(rolled, rnn))
    shown = on_screen(stage)
    assert len(shown) == len(set(shown))
    parts = [*rnn.cells, *rnn.wires, *rnn.tokens, *rnn.inputs]
    assert set(shown) == ids(*parts)


def test_unrolling_needs_a_loop(rnn):
    with pytest.raises(UsageError, match="looped=True"):
        unroll(RNNCell(), rnn)


def test_reading_every_word_puts_the_whole_network_on_the_screen(stage, rnn):
    where = rnn.states[2].get_center()
    for index in range(3):
        stage.play(read_word(rnn, index))
    shown = on_screen(stage)
    assert len(shown) == len(set(shown))
    groups = ids(rnn.cells, rnn.wires, rnn.tokens, rnn.inputs, rnn.outputs, rnn.states)
    containers = {
        id(g) for g in (rnn.cells, rnn.wires, rnn.tokens, rnn.inputs, rnn.outputs, rnn.states)
    }
    assert set(shown) == groups - containers
    assert np.allclose(rnn.states[2].get_center(), where)


def test_there_are_only_as_many_words_to_read(rnn):
    with pytest.raises(UsageError, match="0 to 2"):
        read_word(rnn, 3)


def test_a_network_whose_parts_came_one_by_one_vanishes_whole(stage, rnn):
    stage.play(read_word(rnn, 0))
    stage.play(vanish(rnn))
    assert stage.mobjects == []


def test_an_opened_cell_is_one_diagram(stage):
    z, n, h = np.array([0.25]), np.array([0.8]), np.array([0.4])
    gates = {"reset": z, "update": z, "candidate": n}
    inside = CellInside("gru", gates, previous=h, state=(1 - z) * n + z * h)
    cell, beside = RNNCell(), RNNCell(kind="rnn")
    stage.add(cell, beside)
    stage.play(open_cell(cell, inside, beside))
    assert stage.mobjects == [inside]
