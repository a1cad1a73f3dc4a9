"""The scene `numpy`: its steps, the storyboard's values on screen, the reader's own, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from manim import Scene

from mlanim.cli import cli
from mlanim.errors import UsageError
from mlanim.primitives.label import Label
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.arrays.acts.covariance import ROWS
from mlanim.subjects.arrays.models.printed import printed
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid

SCENE = Path(__file__).parents[3] / "scenes" / "numpy.py"
STEPS = (
    "create",
    "arithmetic",
    "broadcast",
    "index",
    "aggregate",
    "dot",
    "transpose-reshape",
    "nd",
    "formula",
    "data",
    "einsum",
    "covariance",
)


class Watch(Observer):
    """Keeps what stood on screen after each play, and whether numbers were their array's."""

    def __init__(self) -> None:
        self.arrays: dict[str, list[np.ndarray]] = {}
        self.texts: dict[str, set[str]] = {}
        self.untrue: list[str] = []

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step
        for part in scene.get_mobject_family_members():
            if isinstance(part, Label):
                self.texts.setdefault(step, set()).add(part.text)
            if isinstance(part, ArrayGrid) and len(part.cells):
                self._look(step, part)

    def _look(self, step: str, grid: ArrayGrid) -> None:
        due = printed(grid.shown_values)
        for number, text, cell in zip(grid.numbers, due, grid.cells, strict=True):
            if cell.get_fill_opacity() > 0 and number.text != text:
                self.untrue.append(f"{step}: {number.text} is {text}")
        if all(cell.get_fill_opacity() == 1 for cell in grid.cells):
            self.arrays.setdefault(step, []).append(np.array(grid.values))

    def has(self, step: str, wanted: Any) -> bool:
        """Whether such an array stood there whole."""
        wanted = np.asarray(wanted)
        return any(
            one.shape == wanted.shape and np.allclose(one, wanted) for one in self.arrays[step]
        )


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    return render(run_file(SCENE).Numpy, settings, observer=observer)


@pytest.fixture(scope="module")
def tour():
    watch = Watch()
    return film(watch), watch


def test_the_steps_are_the_storyboards(tour):
    assert tuple(step.path for step in tour[0].steps) == STEPS


def test_every_number_on_a_cell_is_its_arrays(tour):
    assert tour[1].untrue == [] and set(tour[1].arrays) == set(STEPS)


def test_published_values_are_on_screen(tour):
    watch = tour[1]
    assert watch.has("dot", [30201, 302010])
    assert watch.has("einsum", [0, 22, 76])
    assert watch.has("broadcast", [1.6, 3.2])
    assert watch.has("formula", 5 / 3)
    assert watch.has("covariance", np.cov(ROWS))
    assert "each of 16 bits: from −32768 to 32767" in watch.texts["data"]


def test_a_view_is_written_through_and_a_copy_is_not(tour):
    assert tour[1].has("index", [4, 99, 1, 7, 3]) and tour[1].has("index", [99, 1, 7])
    last = [one for one in tour[1].arrays["index"] if one.shape == (5,)][-1]
    assert last.tolist() == [4, 8, 1, 7, 3]


def test_a_readers_expression_ends_with_its_value():
    watch = Watch()
    values = {"expression": "(a - a.mean()) / a.std()", "a": "[[1,2],[3,6]]"}
    result = film(watch, values=values)
    a = np.array([[1, 2], [3, 6]])
    assert [step.path for step in result.steps] == ["expression"] and watch.untrue == []
    assert watch.has("expression", (a - a.mean()) / a.std())


def test_the_step_of_an_expression_can_be_asked_for_without_one():
    watch = Watch()
    film(watch, steps=("expression",))
    a = np.array([[1, 2], [3, 4]])
    shown = watch.arrays["expression"]
    assert any(np.array_equal(found, (a - a.mean(axis=0)) / a.std(axis=0)) for found in shown)


def test_a_refusal_can_be_a_film():
    values = {"expression": "a + b", "a": "[1,2,3]", "b": "[1,2,3,4]"}
    with pytest.raises(UsageError, match="show_error=true"):
        film(values=values)
    watch = Watch()
    film(watch, values={**values, "show_error": True})
    said = "ValueError: operands could not be broadcast together with shapes (3,) (4,)"
    assert {said, "(3,)", "(4,)"} <= watch.texts["expression"]


def test_subscripts_of_a_readers_own():
    watch = Watch()
    film(watch, values={"einsum": "ij,j", "a": "[[1,2],[3,4]]", "b": "[10,1]"})
    assert watch.has("einsum", [12, 34])
    assert any("out[i] += a[i, j] * b[j]" in text for text in watch.texts["einsum"])


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["render", "numpy", *words])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["expression=__import__('os').system('true')"], "__import__"),
        (["expression=10**10**10"], "digits"),
        (["expression=zeros((50000, 50000))"], "2,500,000,000 cells"),
        (["expression=a.tofile('x')", "a=[1]"], "tofile"),
        (["expression=a + q", "a=[1]"], "--set q="),
        (["expression=a + 1", "a=[1]", "b=[2]"], "b is given"),
        (["expression=a + b", "a=[1,2,3]", "b=[1,2]"], "could not be broadcast"),
        (["expresion=a + 1", "a=[1]"], "did you mean 'expression'"),
        (["a=[1]"], "no expression uses it"),
        (["expression=a", "a=[1]"], "computes nothing"),
        (["einsum=ij,jk", "a=[1]", "b=[2]"], "einsum"),
        (["expression=a + 1", "a=nowhere.npy"], "no file nowhere.npy"),
        (["expression=" + "a" * 1_000_000], "1,000,000"),
        (["expression=a\0", "a=[1]"], "printable"),
    ],
)
def test_a_refusal_is_a_line_and_writes_nothing(words, told, tmp_path):
    path = tmp_path / "x.mp4"
    options = [option for word in words for option in ("--set", word)]
    done = call(*options, "-q", "l", "-o", str(path))
    assert done.exit_code == 2 and told in done.output, done.output
    assert len(done.output.strip().splitlines()) == 1 and len(done.output) < 500
    assert list(tmp_path.iterdir()) == []


def test_its_parameters_are_told():
    done = CliRunner().invoke(cli, ["show", "numpy"])
    assert done.exit_code == 0
    assert "--set NAME=... with names of your own" in " ".join(done.output.split())


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_its_pages_are_clean(aspect):
    options = ["-q", "l", "--fps", "2", "--aspect", aspect, "--steps", "broadcast,index,covariance"]
    done = CliRunner().invoke(cli, ["check", "numpy", *options])
    assert done.exit_code == 0, done.output
