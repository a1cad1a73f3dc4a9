"""What --values writes: all data that is drawn, with step, layer and head, in the data's units."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene

from mlanim.models.captured import CapturedTrace, write_trace
from mlanim.primitives import Area, LossCurve, TensorBox
from mlanim.render.asked.spec import RenderSpec
from mlanim.review.check import look
from mlanim.review.drawn_values import ValueObserver, data_of
from mlanim.scene_module import run_file, scene_classes
from mlanim.subjects.attention_family import CopyRows
from mlanim.subjects.boundary import BoundaryPlane
from mlanim.subjects.tables import DataTable
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.thoughts import LayerGrid, ShadedText, WordTable
from mlanim.subjects.words import WordBars, WordMap

SCENES = Path(__file__).parents[2] / "scenes"
SMALL: dict[str, Any] = {"width": 64, "height": 36, "fps": 2, "format": "none"}


def records(scene: str | type[Scene], **spec: Any) -> list[dict[str, Any]]:
    observer = ValueObserver(at=spec.get("at"))
    found = scene
    if isinstance(scene, str):
        classes = scene_classes(run_file(SCENES / f"{scene}.py"))
        (found,) = (c for c in classes.values() if c.__module__ != "mlanim.explainer")
    look(found, RenderSpec(**{**SMALL, **spec}), observer)  # type: ignore[arg-type]
    return observer.drawn.records


def of(found: list[dict[str, Any]], name: str) -> np.ndarray:
    return np.array(next(r["values"] for r in reversed(found) if r["name"] == name))


@pytest.fixture
def trace(tmp_path: Path) -> tuple[Path, CapturedTrace]:
    random = np.random.default_rng(0)
    scores = np.exp(random.normal(size=(2, 3, 4, 4)))
    made = CapturedTrace(tuple("abcd"), attention=scores / scores.sum(axis=-1, keepdims=True))
    return write_trace(made, tmp_path / "trace.npz"), made


def test_maps_tell_layer_and_head(trace: tuple[Path, CapturedTrace]) -> None:
    path, made = trace
    assert made.attention is not None
    found = records("multi_head", values={"trace": path, "layer": 2, "head": 3})
    grid, one = (next(r for r in found if r["kind"] == k) for k in ("HeadGrid", "AttentionMatrix"))
    np.testing.assert_allclose(grid["values"], made.attention, atol=1e-6)
    assert grid["axes"][:2] == ["layer", "head"]
    assert (one["step"], one["layer"], one["head"]) == ("layers", 2, 3)
    np.testing.assert_allclose(one["values"], made.attention[1, 2], atol=1e-6)


def test_a_single_step_tells_its_own() -> None:
    found = records("gpt2", steps=("kv-cache",))
    assert {r["step"] for r in found} == {"kv-cache"}
    assert {(r["layer"], r["head"]) for r in found} == {(2, 1)}
    assert {"key", "value"} <= {r["role"] for r in found if r["kind"] == "TensorBox"}


def test_points_curves_and_boundaries_are_in_the_datas_units() -> None:
    values = {"sizes": [8, 20], "fits": 0, "model": "lda", "seconds": 1}
    found = records("decision_boundary", values=values, steps=("learn",))
    points = of(found, "LearnedBoundary marks class 0 points")
    assert points.shape[1] == 2
    assert np.abs(points).max() < 20 and of(found, "LearnedBoundary regions").shape == (200, 200)
    curve = of(found, "ErrorCurve curve 'test error'")
    assert curve[:, 0].tolist() == [8, 20] and (curve[:, 1] < 1).all()
    line = next(r for r in reversed(found) if r["name"] == "LearnedBoundary line")
    ends = np.array(line["values"][0])
    # The boundary of two normal distributions with one covariance is straight.
    assert np.linalg.matrix_rank(ends - ends[0], tol=1e-2) == 1


class Plain(Scene):
    """A plain Manim scene with primitives of ours."""

    def construct(self) -> None:
        plane = BoundaryPlane((0, 2, 0, 4), area=Area(-6, -3, 5, 5))
        line = plane.path([plane.place(np.array([[0, 0], [1, 2], [2, 4]]))])
        curve = LossCurve([0, 1, 2], {"loss": [3, 2, 1]}, area=Area(0, -3, 6, 3), step=1)
        self.add(plane, line, curve)
        self.wait(1)
        self.add(TensorBox([1.0, 2.0]))
        self.wait(1)


def test_a_plain_scene_tells_as_much() -> None:
    found = records(Plain)
    (line,) = (r for r in found if r["name"] == "VMobject" and r["step"] == "play 1")
    np.testing.assert_allclose(line["values"], [[[0, 0], [1, 2], [2, 4]]], atol=1e-9)
    assert of(found, "LossCurve curve 'loss'").tolist() == [[0, 3], [1, 2]]
    assert any(r["kind"] == "TensorBox" for r in found)


def test_a_picture_tells_what_stands_on_it() -> None:
    assert not any(r["kind"] == "TensorBox" for r in records(Plain, format="none", at=None)[:2])
    observer = ValueObserver(at=0.5)
    look(Plain, RenderSpec(**SMALL), observer)
    assert not any(r["kind"] == "TensorBox" for r in observer.drawn.records)
    observer = ValueObserver(picture=True)
    look(Plain, RenderSpec(**SMALL), observer)
    assert {r["kind"] for r in observer.drawn.records} >= {"TensorBox", "LossCurve"}


def test_numbers_beside_texts_are_told_as_a_table_holds_them() -> None:
    class Table(Scene):
        def construct(self) -> None:
            frame = pd.DataFrame({"who": ["Ada", "Bo"], "plays": [120.5, None]})
            table = DataTable(frame, area=Area(0, 0, 6, 4))
            self.add(table)
            self.wait(1)
            table.table.loc[0, "plays"] = 7  # another value in the same place
            self.wait(1)

    found = records(Table)
    cells = [r["values"] for r in found if r["name"] == "DataTable cells"]
    assert cells == [[["Ada", 120.5], ["Bo", None]], [["Ada", 7.0], ["Bo", None]]]
    assert json.loads(json.dumps(found)) == found
    assert next(r["values"] for r in found if r["name"].endswith("columns")) == [["who", "plays"]]


def test_letters_and_words_are_data_too() -> None:
    copies = CopyRows("ab", {"none": "aa"}, area=Area(0, 0, 6, 3))
    grid = LayerGrid([["the", "a"]], [[0.2, 0.9]], area=Area(0, -2, 6, 2))
    told = {
        part: np.asarray(found).tolist() for t in (copies, grid) for part, found in data_of((t,))
    }
    assert told == {
        "to copy": ["a", "b"],
        "none": ["a", "a"],
        "cells": [[0.2, 0.9]],
        "texts": [["the", "a"]],
    }


def test_a_value_of_words_tells_which_word() -> None:
    class Words(Scene):
        def construct(self) -> None:
            words, area = ("the", "box"), Area(0, 0, 6, 3)
            self.add(WordMap(words, [[0, 0], [1, 2]], area=area))
            self.add(WordBars(words, [0.9, 0.4], area=area))
            self.add(ShadedText(words, [0.9, 0.4], area=area))
            self.add(WordTable(words, {"gradient": [1.0, -2.0]}, area=area))
            self.wait(1)

    kinds = ("WordMap", "WordBars", "ShadedText", "WordTable")
    told = {r["kind"]: r["labels"] for r in records(Words) if r["kind"] in kinds}
    assert told == {kind: ["the", "box"] for kind in kinds}
