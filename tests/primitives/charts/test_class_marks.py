"""Marks of classes: a shape and a colour each."""

import numpy as np

from mlanim.primitives import ClassMarks


def test_six_classes_have_six_shapes_and_colours():
    marks = ClassMarks(np.zeros((6, 3)), np.arange(6), classes=6)
    assert len({part.points.round(4).tobytes() for part in marks.classes}) == 6
    assert len({part.get_fill_color().to_hex() for part in marks.classes}) == 6
