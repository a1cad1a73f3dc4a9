import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT, Area
from mlanim.primitives.recurrent.unrolled_rnn import UnrolledRNN

LONG = [
    *("la", "zone", "économique", "européenne", "est", "grande", "et", "le", "petit", "chat"),
    *("noir", "ne", "mange", "pas", "la", "pomme", "rouge", "mais", "Anne", "heureuse"),
    *("lit", "un", "livre", "intéressant", "et", "nous", "aimons", "beaucoup", "la", "maison"),
]
FRAMES = [(128 / 9, 8), (8, 8), (8, 128 / 9)]


def boxes(mobjects):
    return np.array(
        [[*m.get_corner([-1, -1, 0])[:2], *m.get_corner([1, 1, 0])[:2]] for m in mobjects]
    )


def overlaps(a, b):
    return (a[0] < b[2]) & (b[0] < a[2]) & (a[1] < b[3]) & (b[1] < a[3])


def along(wire):
    """Points on the wire, (k, 3)."""
    t = np.linspace(0, 1, 12)[:, None, None]
    a, b, c, d = wire.line.points.reshape(-1, 4, 3).swapaxes(0, 1)
    curves = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return curves.reshape(-1, 3)


@pytest.fixture(scope="module")
def states():
    return np.random.default_rng(0).normal(size=(len(LONG), 12))


@pytest.mark.parametrize("frame", FRAMES)
def test_thirty_words_fit_the_frame_legibly(frame, states):
    assert len(LONG) == 30
    area = Area.of_frame(*frame).rows(1, 9)[1]
    rnn = UnrolledRNN(LONG, states, width=area.width, height=area.height)
    assert rnn.width <= area.width
    assert rnn.height <= area.height
    assert all(word.cap_height >= MINIMUM_CAP_HEIGHT for word in rnn.tokens)


@pytest.mark.parametrize("frame", FRAMES)
def test_nothing_lies_over_a_word_or_a_state(frame, states):
    area = Area.of_frame(*frame).rows(1, 9)[1]
    rnn = UnrolledRNN(LONG, states, width=area.width, height=area.height)
    solid = [*rnn.tokens, *rnn.states, *rnn.cells]
    corners = boxes(solid)
    for index, box in enumerate(corners):
        assert not overlaps(box, corners[index + 1 :].T).any(), solid[index]
    # Wires that lead to the next row bend: each of their points is looked at.
    for wire in rnn.wires:
        points = along(wire)
        for left, bottom, right, top in boxes([*rnn.tokens, *rnn.states]):
            x, y = points[:, 0], points[:, 1]
            assert not ((left < x) & (x < right) & (bottom < y) & (y < top)).any()


def test_part_i_belongs_to_word_i(states):
    rnn = UnrolledRNN(LONG, states, width=7, height=7)
    for index, word in enumerate(LONG):
        assert rnn.tokens[index].text == word
        assert (rnn.states[index].values == states[index]).all()
        x = rnn.cells[index].get_x()
        assert rnn.tokens[index].get_x() == pytest.approx(x, abs=0.02)
        assert rnn.states[index].get_x() == pytest.approx(x, abs=1e-6)
        assert rnn.tokens[index].get_top()[1] < rnn.cells[index].get_bottom()[1]
        assert np.allclose(rnn.wires[index].end, rnn.cells[index].hidden_in_port)
        if index:
            assert np.allclose(rnn.wires[index].start, rnn.cells[index - 1].hidden_out_port)
    assert [index for row in rnn.rows for index in row] == list(range(30))
    assert len(rnn.rows) > 1


def test_all_states_share_one_scale(states):
    rnn = UnrolledRNN(LONG[:5], states[:5])
    assert {state.limit for state in rnn.states} == {np.abs(states[:5]).max()}


def test_words_stand_on_one_line():
    rnn = UnrolledRNN(["âge", "ou", "pays"], np.eye(3))
    assert len({round(word.baseline[1], 6) for word in rnn.tokens}) == 1


def test_downward_the_words_stand_left_and_the_states_right(states):
    rnn = UnrolledRNN(LONG, states, direction="down", height=13.4)
    assert rnn.height <= 13.4 + 0.2
    for word, cell, state in zip(rnn.tokens, rnn.cells, rnn.states, strict=True):
        assert word.get_right()[0] < cell.get_left()[0]
        assert state.get_left()[0] > cell.get_right()[0]
    assert rnn.cells[1].get_y() < rnn.cells[0].get_y()


@pytest.mark.parametrize(
    ("size", "message"),
    [({"width": 3, "height": 2}, "do not fit 3 x 2 units"), ({"width": 1}, "do not fit")],
)
def test_too_many_words_for_the_room_are_told(states, size, message):
    with pytest.raises(UsageError, match=message):
        UnrolledRNN(LONG, states, **size)


def test_each_word_has_one_state():
    with pytest.raises(UsageError, match="one state"):
        UnrolledRNN(["je", "suis"], np.eye(3))
    with pytest.raises(UsageError, match="one or more words"):
        UnrolledRNN([], np.zeros((0, 3)))
