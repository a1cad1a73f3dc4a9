import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.primitives.wire import Wire


def test_a_wire_points_where_it_was_sent_also_after_it_moved():
    wire = Wire((0, 0), (2, 0), (2, 1))
    assert np.allclose(wire.start, [0, 0, 0])
    assert np.allclose(wire.end, [2, 1, 0])
    wire.shift([1, 1, 0])
    assert np.allclose(wire.start, [1, 1, 0])
    assert np.allclose(wire.end, [3, 2, 0])


def test_corners_are_round_and_the_line_stays_on_its_way():
    wire = Wire((0, 0), (2, 0), (2, 2), corner=0.5, tip=False)
    middle = wire.line.point_from_proportion(0.5)
    assert 0.05 < np.linalg.norm(middle - [2, 0, 0]) < 0.5
    assert wire.line.width == pytest.approx(2)
    assert not wire.tip.has_points()


def test_a_wire_without_length_is_refused():
    with pytest.raises(UsageError, match="two or more points"):
        Wire((1, 1), (1, 1))
