"""Transcripts: a heading, a still with its alternative, and the words of each step."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.conftest import Call

NESTED = '''
from mlanim import Explainer
from mlanim import primitives as show


class Nested(Explainer):
    """Nested steps: *one* [inside] another."""

    def construct(self):
        box = show.TensorBox([1.0, 2.0], theme=self.theme, cell=1)
        with self.step("outer", say="Two things follow."):
            with self.step("row", say="A row of numbers."):
                self.turn_to("Numbers in a row", box)
            with self.step("words", say="And a <word>."):
                self.play(self.retitle("Words"))
                self.add(show.Label("cat", theme=self.theme).shift([0, -2, 0]))
                self.wait(0.2)
'''


def test_each_step_has_a_heading_a_picture_and_its_words(call: Call, desk: Path) -> None:
    (desk / "scenes/nested.py").write_text(NESTED)
    result = call("transcript", "nested", "-o", "draft", "-r", "160,90", "--fps", "5")
    assert result.exit_code == 0, result.stderr
    pictures = ["01-outer-row.png", "02-outer-words.png"]
    names = ["transcript.md", *pictures]
    assert result.stdout.split() == [f"draft/{name}" for name in names]
    assert (desk / "draft/transcript.md").read_text().split("\n\n") == [
        "# Nested steps",
        "\\*one\\* \\[inside\\] another.",
        "## Outer",
        "Two things follow.",
        "### Numbers in a row",
        "![Numbers in a row. In the picture: a column of 2 numbers: 1.00, 2.00.](01-outer-row.png)",
        "A row of numbers.",
        "### Words",
        "![Words. In the picture: a column of 2 numbers: 1.00, 2.00. Words: cat.]"
        "(02-outer-words.png)",
        "And a &lt;word&gt;.\n",
    ]
    assert all(Image.open(desk / "draft" / name).size == (160, 90) for name in pictures)


def test_a_failing_scene_leaves_nothing(call: Call, desk: Path) -> None:
    (desk / "scenes/nested.py").write_text(NESTED.replace("self.wait(0.2)", "self.lose()"))
    result = call("transcript", "nested", "-o", "draft", "-r", "160,90")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert not (desk / "draft").exists()


def test_where_no_folder_can_be(call: Call, desk: Path) -> None:
    (desk / "file").write_text("")
    for words in (("-o", "file"), ("-o", ""), ("-o", "file/draft"), ()):
        result = call("transcript", "demo", *words)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
