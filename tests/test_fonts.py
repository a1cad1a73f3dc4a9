"""The fonts that ship along are those that are drawn, whatever was drawn before."""

import subprocess
import sys

CODE = """
from manim import Text
{before}
from mlanim.primitives.text import Label, Number
print(Label("hello").width, Number(-100.0).width, Label("mono", mono=True).width)
"""


def test_labels_are_the_same_behind_a_text_of_manims():
    told = {
        subprocess.run(
            [sys.executable, "-c", CODE.format(before=before)],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for before in ("", 'Text("hello")')
    }
    assert len(told) == 1
