from dataclasses import replace

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.models.gru import gru_step
from mlanim.models.lstm import lstm_step
from mlanim.models.recurrence import CellWeights, Memory
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT, Area
from mlanim.primitives.recurrent.cell_inside import CellInside
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT

FRAMES = [(128 / 9, 8), (8, 8), (8, 128 / 9)]


def one_step(kind, size=12):
    """A step of a random cell, as the models compute it."""
    rng = np.random.default_rng(7)
    blocks = 3 if kind == "gru" else 4
    weights = CellWeights(
        rng.normal(size=(blocks * size, 5)),
        rng.normal(size=(blocks * size, size)),
        rng.normal(size=blocks * size),
        rng.normal(size=blocks * size),
    )
    before = Memory(np.tanh(rng.normal(size=size)), rng.normal(size=size))
    step = (gru_step if kind == "gru" else lstm_step)(weights, rng.normal(size=5), before)
    given = {"previous": before.state, "state": step.memory.state}
    if kind == "lstm":
        given |= {"previous_cell": before.cell, "cell": step.memory.cell}
    return dict(step.gates), given


def along(wire):
    """x and y of points on the wire."""
    t = np.linspace(0, 1, 12)[:, None, None]
    a, b, c, d = wire.line.points.reshape(-1, 4, 3).swapaxes(0, 1)
    curves = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return curves.reshape(-1, 3).T[:2]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_the_diagram_fits_the_frame_and_its_numbers_are_legible(kind, frame):
    gates, given = one_step(kind)
    area = Area.of_frame(*frame).rows(1, 9)[1]
    inside = CellInside(kind, gates, **given, word="étudiant", area=area)
    assert inside.width <= area.width + 1e-6
    assert inside.height <= area.height + 1e-6
    for name, values in {**gates, **given}.items():
        tensor = inside.gates[name]
        assert (tensor.values == values).all()
        assert len(tensor.numbers) == len(tensor.cells), name
    labels = [part for part in inside.get_family() if isinstance(part, Label) and part.text]
    assert min(label.cap_height for label in labels) >= MINIMUM_CAP_HEIGHT


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_no_wire_crosses_a_card_or_a_word_and_no_card_another(kind, frame):
    gates, given = one_step(kind)
    area = Area.of_frame(*frame).rows(1, 9)[1]
    inside = CellInside(kind, gates, **given, word="étudiant", area=area)
    solid = [*(card.box for card in inside.cards.values()), inside.word, *inside.nodes]
    corners = [(*m.get_corner([-1, -1, 0])[:2], *m.get_corner([1, 1, 0])[:2]) for m in solid]
    for index, (left, bottom, right, top) in enumerate(corners):
        for other in corners[index + 1 :]:
            assert not (
                left < other[2] and other[0] < right and bottom < other[3] and other[1] < top
            )
        for wire in (part for part in inside.wires.get_family() if isinstance(part, Wire)):
            x, y = along(wire)
            assert not (
                (left + 0.01 < x) & (x < right - 0.01) & (bottom + 0.01 < y) & (y < top - 0.01)
            ).any()


@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_a_square_page_with_a_logo_has_the_gates_below_each_other(kind):
    gates, given = one_step(kind)
    area = Area(-3.6, -2.75, 7.2, 5.5)
    inside = CellInside(kind, gates, **given, word="étudiant", area=area)
    assert inside.width <= 7.2 + 1e-6 and inside.height <= 5.5 + 1e-6
    across = {round(float(inside.cards[name].get_x()), 2) for name in gates}
    down = {round(float(inside.cards[name].get_y()), 2) for name in gates}
    assert len(across) == 1 and len(down) == len(gates)


def test_the_story_tells_every_part_once():
    gates, given = one_step("gru")
    inside = CellInside("gru", gates, **given)
    told = [id(part) for group in inside.story for part in group.family_members_with_points()]
    drawn = {id(part) for part in inside.family_members_with_points()}
    assert len(told) == len(set(told))
    assert drawn - set(told) == {id(inside.box)}


def test_a_state_that_does_not_follow_from_the_gates_is_refused():
    gates, given = one_step("gru")
    with pytest.raises(UsageError, match="not what the gates"):
        CellInside("gru", gates, **{**given, "state": given["state"] + 0.1})


def test_missing_gates_and_unequal_shapes_are_told():
    gates, given = one_step("lstm")
    with pytest.raises(UsageError, match="lacks forget"):
        CellInside("lstm", {k: v for k, v in gates.items() if k != "forget"}, **given)
    with pytest.raises(UsageError, match="lacks its cell states"):
        CellInside("lstm", gates, previous=given["previous"], state=given["state"])
    with pytest.raises(UsageError, match=r"differ in shape.*\(3,\)"):
        CellInside("lstm", {**gates, "input": np.zeros(3)}, **given)
    with pytest.raises(UsageError, match="allowed: gru, lstm"):
        CellInside("rnn", gates, **given)


def test_an_area_that_is_too_small_is_told():
    gates, given = one_step("gru")
    with pytest.raises(UsageError, match="more room"):
        CellInside("gru", gates, **given, area=Area(0, 0, 4, 3))


def test_numbers_stand_in_all_vectors_whatever_the_type():
    gates, given = one_step("gru")
    given["previous"][0] = -0.12
    given["state"] = (1 - gates["update"]) * gates["candidate"] + gates["update"] * given[
        "previous"
    ]
    theme = replace(LIGHT, sizes=replace(LIGHT.sizes, small=0.184))  # as wide as letters may come
    for frame in FRAMES:
        inside = CellInside("gru", gates, **given, area=Area.of_frame(*frame), theme=theme, shown=2)
        assert all(len(tensor.numbers) for tensor in inside.gates.values())
