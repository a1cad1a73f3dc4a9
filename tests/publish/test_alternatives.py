"""Alternatives say what is seen: names of classes and of bare shapes are no news to a listener."""

from __future__ import annotations

import pytest
from manim import LEFT, RIGHT, Line, Rectangle, RoundedRectangle, Triangle, VMobject

from mlanim.primitives import Label, Number
from mlanim.publish.bare_shapes import told_by_their_place
from mlanim.publish.sayings import alternative
from mlanim.publish.things import Thing
from tests.conftest import Call

BOXES = """
from manim import Line, RIGHT, RoundedRectangle, SurroundingRectangle, UP, VGroup

from mlanim import Explainer
from mlanim.primitives import Label


class Boxes(Explainer):
    \"\"\"Two boxes and a way between.\"\"\"

    def construct(self):
        with self.step("boxes", say="From one to the other."):
            for place, word in enumerate(("encoder", "decoder")):
                box = VGroup(RoundedRectangle(width=3, height=1), Label(word))
                self.add(box.shift(4 * place * RIGHT))
            self.add(Line(1.5 * RIGHT, 2.5 * RIGHT), SurroundingRectangle(box))
            self.wait(1)
"""


def placed(mobject, x: float, y: float):
    return mobject.shift(x * RIGHT + [0, y, 0])


def test_shapes_around_words_are_boxes_and_lines_are_left_out() -> None:
    box, word = RoundedRectangle(width=3, height=1), Label("encoder")
    found = [
        (box, Thing("rounded rectangle")),
        (word, Thing("", "encoder")),
        (Line(LEFT, RIGHT), Thing("line")),
        (VMobject(), Thing("shape")),
    ]
    told = told_by_their_place(found)
    assert [thing for _, thing in told] == [Thing("box", "encoder")]
    assert alternative("Model", [thing for _, thing in told]) == (
        "Model. In the picture: a box: encoder."
    )


def test_bars_have_the_word_and_the_number_beside_them() -> None:
    found = []
    for row, (word, value) in enumerate((("la", 0.88), ("zone", 0.09), ("est", 0.03))):
        bar = Rectangle(width=4 * value, height=0.3)
        found += [
            (placed(bar, 2 * value, -row), Thing("rectangle")),
            (placed(Label(word), -1, -row), Thing("", word)),
            (placed(Number(value), 5, -row), Thing("number", f"{value:.2f}")),
        ]
    (told,) = (thing for _, thing in told_by_their_place(found))
    assert told == Thing("column of 3 bars", "la 0.88, zone 0.09, est 0.03")


def test_a_shape_that_is_all_there_is_stays() -> None:
    alone = [(Triangle(), Thing("triangle"))]
    assert told_by_their_place(alone) == alone


def test_a_frame_around_much_is_no_box() -> None:
    frame = Rectangle(width=9, height=3)
    words = [placed(Label("abcd"[i]), i - 1.5, 0) for i in range(4)]
    found = [(frame, Thing("rectangle")), *((w, Thing("", w.text)) for w in words)]
    assert [t.what for _, t in told_by_their_place(found) if t.detail] == [""] * 4


@pytest.mark.parametrize(
    ("title", "told"),
    [("What is it?", "What is it? Words: a."), ("It is.", "It is. Words: a.")],
)
def test_a_question_keeps_its_mark_alone(title: str, told: str) -> None:
    assert alternative(title, [Thing("", "a")]) == told


def test_a_scenes_picture_is_told_so(call: Call, desk) -> None:
    (desk / "scenes/boxes.py").write_text(BOXES)
    done = call("transcript", "boxes", "-o", "draft", "-q", "l", "--quiet")
    assert done.exit_code == 0, done.stderr
    text = next((desk / "draft").glob("*.md")).read_text()
    assert "2 boxes: encoder, decoder" in text
    assert "rectangle" not in text
