"""The plan of a system: wires that bend and cross little, and run through no box."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mlanim.errors import UsageError
from mlanim.models.system.plan import Plan, plan_system
from mlanim.models.system.system import MOST_BOXES, System, SystemBox, loops_of

ROOMS = ((15.0, 7.0), (7.2, 6.6), (7.2, 12.6))


def side(width: float, height: float) -> float:
    return min(width / 2, height, 0.8)


@some.composite
def systems(draw: some.DrawFn) -> System:
    count = draw(some.integers(1, MOST_BOXES))
    lanes = draw(some.sampled_from([1, 1, 2, 3]))
    boxes = tuple(
        SystemBox(str(i), lane=str(draw(some.integers(1, lanes))) if lanes > 1 else "")
        for i in range(count)
    )
    names = some.sampled_from([box.name for box in boxes])
    wires = draw(some.lists(some.tuples(names, names), unique=True, max_size=2 * count))
    return System(boxes, tuple(wires))


def through(way: np.ndarray, box: np.ndarray) -> bool:
    """Whether a wire runs through the inside of a box."""
    left, bottom, width, height = box
    for a, b in pairwise(way):
        low, high = np.minimum(a, b) + 1e-9, np.maximum(a, b) - 1e-9
        across = low[0] < left + width - 1e-6 and high[0] > left + 1e-6
        if across and low[1] < bottom + height - 1e-6 and high[1] > bottom + 1e-6:
            return True
    return False


def lie_upon_each_other(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two wires share a piece of a line."""
    for a, b in pairwise(one):
        for c, d in pairwise(other):
            for axis in (0, 1):
                level = [p[axis] for p in (a, b, c, d)]
                if np.ptp(level) > 1e-6:
                    continue
                first, second = (sorted((p[1 - axis], q[1 - axis])) for p, q in ((a, b), (c, d)))
                if min(first[1], second[1]) - max(first[0], second[0]) > 1e-6:
                    return True
    return False


@settings(max_examples=40, deadline=None)
@given(systems(), some.sampled_from(ROOMS))
def test_no_wire_crosses_a_box_and_none_lies_upon_another(system, room):
    plan = plan_system(system, room, side)
    if not plan.worth:
        return
    for (start, end), way in zip(system.ends, plan.ways, strict=True):
        assert ((np.abs(np.diff(way, axis=0)) < 1e-9).sum(axis=1) == 1).all(), "level or plumb"
        assert not any(through(way, box) for box in plan.boxes)
        assert on_side(way[0], plan.boxes[start]) and on_side(way[-1], plan.boxes[end])
    assert not any(lie_upon_each_other(a, b) for a, b in combinations(plan.ways, 2))
    corners = np.vstack([plan.boxes[:, :2], plan.boxes[:, :2] + plan.boxes[:, 2:], *plan.ways])
    assert (np.abs(corners) <= np.array(room) / 2 + 1e-6).all(), "inside of the room"
    for one, other in combinations(plan.boxes, 2):
        apart = np.abs(one[:2] - other[:2]) >= one[2:] + 0.1
        assert apart.any(), "boxes keep their distance"


def on_side(point: np.ndarray, box: np.ndarray) -> bool:
    away = np.abs(point - box[:2] - box[2:] / 2) - box[2:] / 2
    return bool(np.isclose(away.max(), 0, atol=1e-6) and away.min() < 0)


def plan_of(*wires: str, room: tuple[float, float] = ROOMS[0]) -> Plan:
    pairs = [tuple(wire.split()) for wire in wires]
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return plan_system(System(tuple(map(SystemBox, names)), tuple(pairs)), room, side)  # type: ignore[arg-type]


def test_a_chain_is_straight_where_there_is_room():
    plan = plan_of("a b", "b c", "c d")
    assert all(len(way) == 2 for way in plan.ways)
    assert (np.diff(plan.boxes[:, 0]) > 0).all() and np.ptp(plan.boxes[:, 1]) == 0


def test_the_flow_runs_down_in_a_tall_room_and_wraps_where_it_is_long():
    assert plan_of("a b", "b c", "c d", room=ROOMS[2]).upright
    long = plan_of(*(f"{i} {i + 1}" for i in range(11)))
    assert len(np.unique(long.boxes[:, 1].round(6))) > 1
    assert all(len(way) == 2 for way in long.ways)


def test_a_box_that_two_lead_to_stands_behind_both():
    a, c, b = plan_of("a c", "b c").boxes
    assert c[0] > max(a[0], b[0]) and a[1] != b[1]


def test_lanes_hold_their_boxes_and_no_others():
    boxes = tuple(SystemBox(n, lane=lane) for n, lane in (("a", "x"), ("b", "y"), ("c", "x")))
    plan = plan_system(System(boxes, (("a", "b"), ("b", "c"))), ROOMS[0], side)
    low, high = plan.lanes[:, 1], plan.lanes[:, 1] + plan.lanes[:, 3]
    middle = plan.boxes[:, 1] + plan.boxes[:, 3] / 2
    inside = (low < middle[:, None]) & (middle[:, None] < high)
    assert inside.tolist() == [[True, False], [False, True], [True, False]]


def test_loops_are_the_wires_that_lead_back():
    assert loops_of(3, [(0, 1), (1, 2), (2, 0), (1, 1)]) == (2, 3)
    assert loops_of(2, [(0, 1)]) == ()


@pytest.mark.parametrize(
    ("names", "wires", "told"),
    [
        ((), (), "0 boxes"),
        ([str(i) for i in range(13)], (), "12 fit a page"),
        (("a", "a"), (), "two boxes are called 'a'"),
        (("camera",), (("camera", "camra"),), "did you mean 'camera'"),
        (("a", "b"), (("a", "b"), ("a", "b")), "twice"),
    ],
)
def test_what_is_no_system_is_refused(names, wires, told):
    with pytest.raises(UsageError, match=told):
        System(tuple(map(SystemBox, names)), tuple(wires))
