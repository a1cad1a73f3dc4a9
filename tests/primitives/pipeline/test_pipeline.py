"""Pipelines and packets: what is drawn is what was put in, and verbs leave it where they say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import Scene

from mlanim import motion as do
from mlanim.errors import UsageError
from mlanim.models.system.system import SystemBox
from mlanim.primitives import Area, Packet, Pipeline
from mlanim.primitives.area import MINIMUM_CAP_HEIGHT
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render

BOXES = (SystemBox("in"), SystemBox("sure?", kind="gate"), SystemBox("out", kind="counter"))
WIRES = (("in", "sure?"), ("sure?", "out"), ("sure?", "in"))


def page(width: float = 14, height: float = 5) -> Pipeline:
    return Pipeline(BOXES, WIRES, area=Area(-width / 2, -height / 2, width, height))


def test_wires_end_at_their_boxes_and_loops_are_known():
    made = page()
    for (start, end), wire in zip(WIRES, made.wires, strict=True):
        for name, point in ((start, wire.start), (end, wire.end)):
            shape = made.box(name).shape
            away = np.abs(point - shape.get_center())[:2] - [shape.width / 2, shape.height / 2]
            assert away.max() == pytest.approx(0, abs=1e-6)
    assert made.loops == ((1, 0),)
    assert made.wire("sure?", "in").role == "output"


@pytest.mark.parametrize(("width", "height"), [(15, 7), (7.2, 6.6), (7.2, 12.6)])
def test_twelve_boxes_are_legible_in_every_shape(width, height):
    names = [f"station {letter}" for letter in "abcdefghijkl"]
    made = Pipeline(names, list(pairwise(names)), area=Area(0, 0, width, height))
    assert min(box.label.cap_height for box in made.boxes) >= MINIMUM_CAP_HEIGHT - 1e-9
    for box in made.boxes:
        assert box.label.width < box.shape.width and box.tray.height > 0.3


def test_what_there_is_no_room_for_is_told():
    boxes = [SystemBox(str(i), "many words about this box", f"lane {i % 3}") for i in range(9)]
    wires = [(str(i), str(i + 1)) for i in range(8)]
    made = Pipeline(boxes, wires, area=Area(0, 0, 7.2, 6.6))
    assert "left out" in made.told
    with pytest.raises(UsageError, match="do not fit"):
        Pipeline(boxes, wires, area=Area(0, 0, 3, 2))


def test_unknown_boxes_and_wires_are_answered_with_known_ones():
    with pytest.raises(UsageError, match="did you mean 'sure\\?'"):
        page().box("sure")
    with pytest.raises(UsageError, match="from in wires lead to sure"):
        page().wire("in", "out")


def test_a_packet_is_drawn_as_what_it_is():
    made = {value: Packet(value, width=3, height=1) for value in ("word", "two words", 0.25, 12345)}
    assert [packet.kind for packet in made.values()] == ["token", "text", "number", "number"]
    assert made[0.25].content.text == "0.25" and made[12345].content.text == "12345"
    array = np.array([[0.5, -1.0], [0.0, 2.0]])
    tensor = Packet(array, width=2, height=1)
    assert np.array_equal(tensor.content.values, array)
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    picture = Packet(pixels, width=2, height=1)
    assert np.array_equal(picture.content.pixel_array[..., :3], pixels)
    assert picture.content.width == pytest.approx(picture.content.height)
    for packet in (*made.values(), tensor, picture):
        assert packet.width <= 3 + 0.05 and packet.height <= 1 + 0.05


def test_a_text_that_is_too_long_is_cut_and_legible():
    packet = Packet("the robot looked under the table but the key was not there", width=2, height=1)
    assert packet.cut and packet.content.text.startswith("the robot")
    assert packet.content.text.endswith("…")
    assert packet.content.cap_height >= MINIMUM_CAP_HEIGHT - 1e-9
    assert packet.content.width <= 2 and packet.height <= 1.05


@pytest.mark.parametrize("value", ["  ", True, float("nan"), np.zeros((2, 2, 2)), np.zeros(0)])
def test_what_no_packet_can_carry_is_refused(value):
    with pytest.raises(UsageError):
        Packet(value, width=2, height=1)


class Run(Scene):
    """Two packets: one passes, one is refused."""

    def construct(self):
        self.page = made = page()
        self.add(made)
        for value, passes in (("cat", True), (0.4, False)):
            self.play(do.change(made, "in", value))
            self.play(do.send(made, "in", "sure?"))
            if passes:
                self.play(do.send(made, "sure?", "out", count_as="passed"))
            else:
                self.play(do.refuse(made, "sure?"))
        type(self).ended = self


def test_packets_are_sent_counted_and_refused():
    render(Run, RenderSpec(width=32, height=18, fps=2, format="none"))
    made = Run.ended.page  # type: ignore[attr-defined]
    assert made.box("in").held.value == 0.4
    assert made.box("sure?").held is None
    counts = {name: n.text for name, n in made.box("sure?").counts.items()}
    assert counts == {"passed": "1", "refused": "1"}
    assert made.box("out").counts["count"].text == "1"
    shown = [m for m in Run.ended.mobjects if isinstance(m, Packet)]  # type: ignore[attr-defined]
    assert shown == [made.box("in").held]


def test_verbs_refuse_what_is_not_there():
    made = page()
    with pytest.raises(UsageError, match="in holds no packet"):
        do.send(made, "in", "sure?")
    with pytest.raises(UsageError, match="holds nothing to refuse"):
        do.refuse(made, "sure?")
    with pytest.raises(UsageError, match="no count 'passed'"):
        do.count(made, "out", "passed")
