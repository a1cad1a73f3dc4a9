"""`mlanim check` from the command line: what it prints, writes and answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]

FAULTY = '''
from mlanim import Explainer
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label


class Faulty(Explainer):
    """A lie and a cut word."""

    def construct(self):
        box = TensorBox([0.5, -1.0], theme=self.theme, label="h1", cell=1.2)
        box.cells[0].set_fill("#00FF00")
        self.add(box, Label("cut", theme=self.theme).to_edge([1, 0, 0], buff=-0.2))
        with self.step("lie", say="All true."):
            self.wait(1)


class Other(Explainer):
    """Nothing wrong."""

    def construct(self):
        with self.step("only", say="Fine."):
            self.wait(0.5)
'''
CLEAN = FAULTY[: FAULTY.index("class Faulty")] + FAULTY[FAULTY.index("class Other") :]


@pytest.fixture
def faulty(desk: Path) -> Path:
    path = desk / "scenes/faulty.py"
    path.write_text(FAULTY)
    (desk / "scenes/clean.py").write_text(CLEAN)
    return path


def test_a_clean_scene_gives_0(call: Call, faulty: Path) -> None:
    done = call("check", "clean")
    assert done.exit_code == 0, done.output
    assert "clean: nothing found in 1 picture in 0.5 s" in done.stdout


def test_findings_give_3_and_name_step_time_and_things(call: Call, faulty: Path) -> None:
    done = call("check", "faulty")
    assert done.exit_code == 3, done.output
    assert "faulty lie" in done.stdout
    assert "TensorBox 'h1' cell 0: is #00FF00, the scale says" in done.stdout
    assert "Label 'cut': outside the frame: 0.20 units beyond its right edge" in done.stdout
    assert "faulty: 2 findings" in done.stdout


def test_json_tells_the_same(call: Call, faulty: Path) -> None:
    record = json.loads(call("check", "faulty", "--json", "--aspect", "1:1").stdout)
    rules = {finding["rule"] for finding in record["faulty"]["findings"]}
    assert rules == {"untrue", "outside"}
    assert all(finding["advice"] for finding in record["faulty"]["findings"])


def test_values_are_every_tensor_on_screen(call: Call, faulty: Path, desk: Path) -> None:
    call("check", "faulty", "--values", "values.json")
    (record,) = json.loads((desk / "values.json").read_text())
    assert record["name"] == "TensorBox 'h1'"
    assert (record["step"], record["values"]) == ("lie", [0.5, -1.0])


def test_several_scenes_by_name(call: Call, faulty: Path) -> None:
    done = call("check", "clean", "faulty")
    assert done.exit_code == 3
    assert "clean: nothing found" in done.stdout
    assert "faulty: 2 findings" in done.stdout


def test_a_second_word_may_be_a_class(call: Call, faulty: Path) -> None:
    done = call("check", "scenes/faulty.py", "Other")
    assert done.exit_code == 0, done.output
    assert "Other: nothing found" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("dmeo",),
        ("demo", "Dmeo"),
        ("demo", "faulty", "nobody"),
        ("demo", "--values", "values.txt"),
        ("demo", "--theme", "pink"),
    ],
)
def test_wrong_input_is_one_line(call: Call, desk: Path, words: tuple[str, ...]) -> None:
    done = call("check", *words)
    assert done.exit_code == 2, done.output
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in desk.iterdir() if path.name != "scenes"] == []
