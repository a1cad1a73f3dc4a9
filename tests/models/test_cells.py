import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.models.gru import GATES as GRU_GATES
from mlanim.models.gru import gru_step, sigmoid
from mlanim.models.lstm import GATES as LSTM_GATES
from mlanim.models.lstm import lstm_step
from mlanim.models.recurrence import CellWeights, Memory, run

HIDDEN, INPUTS = 3, 2


def cell(step, seed, scale=1.0):
    random = np.random.default_rng(seed)
    rows = HIDDEN * (3 if step is gru_step else 4)
    shapes = ((rows, INPUTS), (rows, HIDDEN), (rows,), (rows,))
    return CellWeights(*(random.normal(scale=scale, size=shape) for shape in shapes))


def biased(step, values):
    """A cell of one unit that sees nothing but its biases: one for each gate."""
    rows = len(values)
    weights = CellWeights(
        np.zeros((rows, 1)), np.zeros((rows, 1)), np.array(values, dtype=float), np.zeros(rows)
    )
    return step(weights, np.ones(1), Memory(state=np.array([0.25]), cell=np.array([0.5])))


def test_an_open_update_gate_keeps_the_old_state_and_a_closed_one_takes_the_candidate():
    reset, update, candidate = 0, 50, 1
    assert biased(gru_step, [reset, update, candidate]).memory.state == pytest.approx([0.25])
    assert biased(gru_step, [reset, -update, candidate]).memory.state == pytest.approx(np.tanh([1]))


def test_an_lstm_forgets_writes_and_shows_as_its_gates_say():
    write, forget, candidate, show = -50, 50, 1, 50
    kept = biased(lstm_step, [write, forget, candidate, show]).memory
    assert kept.cell == pytest.approx([0.5])
    assert kept.state == pytest.approx(np.tanh([0.5]))
    written = biased(lstm_step, [-write, -forget, candidate, show]).memory
    assert written.cell == pytest.approx(np.tanh([1]))
    hidden = biased(lstm_step, [-write, forget, candidate, -show]).memory
    assert hidden.state == pytest.approx([0])
    assert hidden.cell == pytest.approx(0.5 + np.tanh([1]))


@pytest.mark.parametrize(("step", "names"), [(gru_step, GRU_GATES), (lstm_step, LSTM_GATES)])
@given(seed=st.integers(0, 1000), scale=st.floats(0, 100))
def test_gates_lie_between_0_and_1_and_states_between_minus_1_and_1(step, names, seed, scale):
    weights = cell(step, seed, scale)
    inputs = np.random.default_rng(seed).normal(size=(4, INPUTS))
    for taken in run(step, weights, inputs, weights.blank()):
        assert tuple(taken.gates) == names
        assert np.abs(taken.memory.state).max() <= 1
        for name in set(names) - {"candidate"}:
            assert (taken.gates[name] >= 0).all()
            assert (taken.gates[name] <= 1).all()


@pytest.mark.parametrize("step", [gru_step, lstm_step])
def test_unrolling_is_one_step_after_the_other(step):
    weights, inputs = cell(step, 0), np.random.default_rng(1).normal(size=(5, INPUTS))
    whole = run(step, weights, inputs, weights.blank())
    first = run(step, weights, inputs[:2], weights.blank())
    rest = run(step, weights, inputs[2:], first[-1].memory)
    np.testing.assert_array_equal(whole[-1].memory.state, rest[-1].memory.state)


def test_the_sigmoid_is_symmetric_and_never_overflows():
    values = np.array([-1e4, -1.0, 0.0, 1.0, 1e4])
    with np.errstate(all="raise"):
        np.testing.assert_allclose(sigmoid(values) + sigmoid(-values), 1)
